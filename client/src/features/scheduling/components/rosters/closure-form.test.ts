import type { CalendarDate } from '@jaqyn/shared/kernel/time';
import { expect, it } from 'vitest';
import { blankClosure, type ClosureForm, readClosure } from './closure-form.ts';

const TODAY = '2026-11-22' as CalendarDate;
const read = (part: Partial<ClosureForm>) => readClosure({ ...blankClosure(TODAY), ...part }, TODAY);

it('takes whole days from local midnight to local midnight', () => {
  expect(read({ from: '28.02.2028', to: '29.02.2028', substitute: 's' }).closure).toEqual({
    startsAt: '2028-02-27T19:00:00.000Z',
    endsAt: '2028-02-29T19:00:00.000Z',
    reason: 'vacation',
    substituteId: 's',
  });
});

it('takes hours of one day, whatever stands in the last day', () => {
  expect(read({ isHours: true, to: 'x', start: '9', end: '11:30' }).closure).toMatchObject({
    startsAt: '2026-11-22T04:00:00.000Z',
    endsAt: '2026-11-22T06:30:00.000Z',
    substituteId: null,
  });
});

it('marks the field that is wrong', () => {
  const fields = (part: Partial<ClosureForm>) => Object.keys(read(part).problems);
  expect(fields({ from: '31.11.2026', to: '' })).toEqual(['from']);
  expect(fields({ to: '21.11.2026' })).toEqual(['to']);
  expect(fields({ from: '01.11.2026', to: '02.11.2026' })).toEqual(['to']);
  expect(fields({ isHours: true, start: '13:00', end: '09:00' })).toEqual(['end']);
  expect(fields({ to: '30.11.2027' })).toEqual(['to']);
});
