import type { CalendarDate } from '@jaqyn/shared/kernel/time';
import { TemplateInput } from '@jaqyn/shared/scheduling/roster.contract';
import type { HealthcareService } from '@jaqyn/shared/scheduling/service.contract';
import { describe, expect, it } from 'vitest';
import { blankWindow, readWindow, type WindowForm, windowOf } from './window-form.ts';

const TODAY = '2026-11-22' as CalendarDate;
const SERVICE = {
  code: 'cardiology-video',
  mode: 'video',
  slotMinutes: 20,
  bufferMinutes: 5,
  retiredFrom: null,
} as unknown as HealthcareService;
const read = (part: Partial<WindowForm>, service = SERVICE) =>
  readWindow({ ...blankWindow([service], TODAY), ...part }, [service], TODAY);
const problemsOf = (part: Partial<WindowForm>) => Object.keys(read(part).problems);

describe('a window as it is typed', () => {
  it('becomes the template that the server takes', () => {
    const { template, problems } = read({ weekdays: [3, 1], start: '9', end: '13.30', validTo: '31.12.2026' });
    expect(problems).toEqual({});
    expect(TemplateInput.parse(template)).toEqual({
      service: 'cardiology-video',
      mode: 'video',
      weekdays: [1, 3],
      startMinute: 540,
      endMinute: 810,
      slotMinutes: 20,
      bufferMinutes: 5,
      worksOnHolidays: false,
      rank: null,
      validFrom: '2026-11-22',
      validTo: '2026-12-31',
    });
  });

  it('on call has no slots and may end on the next morning', () => {
    const { template } = read({ isOnCall: true, start: '20:00', end: '08:00', slotMinutes: 'x', rank: '2' });
    expect(template).toMatchObject({ mode: 'on_call', startMinute: 1200, endMinute: 1920, slotMinutes: 0, rank: 2 });
  });

  it('opens on the weekdays that nobody works yet', () => {
    const days = (...taken: { mode: 'video' | 'on_call'; weekdays: number[] }[]) =>
      blankWindow([SERVICE], TODAY, taken).weekdays;
    expect(days()).toEqual([1, 2, 3, 4, 5]);
    expect(days({ mode: 'video', weekdays: [1, 3, 6] })).toEqual([2, 4, 5]);
    expect(days({ mode: 'on_call', weekdays: [1, 2] })).toEqual([1, 2, 3, 4, 5]);
    expect(days({ mode: 'video', weekdays: [1, 2, 3, 4, 5] })).toEqual([1, 2, 3, 4, 5]);
  });

  it('marks the field that is wrong', () => {
    expect(problemsOf({ weekdays: [] })).toEqual(['weekdays']);
    expect(problemsOf({ start: '25:00' })).toEqual(['start']);
    expect(problemsOf({ start: '13:00', end: '09:00' })).toEqual(['end']);
    expect(problemsOf({ start: '09:00', end: '09:15' })).toEqual(['slotMinutes']);
    expect(problemsOf({ slotMinutes: '2' })).toEqual(['slotMinutes']);
    expect(problemsOf({ bufferMinutes: '61' })).toEqual(['bufferMinutes']);
    expect(problemsOf({ validFrom: '30.02.2026' })).toEqual(['validFrom']);
    expect(problemsOf({ validFrom: '21.11.2026' })).toEqual(['validFrom']);
    expect(problemsOf({ validTo: '21.11.2026' })).toEqual(['validTo']);
    expect(problemsOf({ service: 'gone' })).toEqual(['service']);
  });

  it('refuses a service that is no longer offered then', () => {
    const retired = { ...SERVICE, retiredFrom: '2026-12-01' as CalendarDate };
    expect(read({}, retired).template).toBeDefined();
    expect(Object.keys(read({ validFrom: '01.12.2026' }, retired).problems)).toEqual(['service']);
  });

  it('is read back from a stored template without a change, from today on', () => {
    const { template } = read({ start: '10:00', end: '12:00' });
    if (template === undefined) throw new Error('no template');
    const stored = { ...template, validFrom: '2026-09-01' as CalendarDate, id: 'i', practitionerId: 'p' } as never;
    expect(readWindow(windowOf(stored, TODAY), [SERVICE], TODAY).template).toEqual(template);
  });
});
