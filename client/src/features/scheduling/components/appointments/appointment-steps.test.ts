import {
  APPOINTMENT_STATES,
  type AppointmentActor,
  possibleAppointmentEvents,
} from '@jaqyn/shared/scheduling/appointment.machine';
import { expect, it } from 'vitest';
import { anAppointment } from '../../test-support.ts';
import { appointmentSteps } from './appointment-steps.ts';

const now = Date.parse('2026-11-22T10:30:00.000Z') / 1000;
const early = Date.parse('2026-11-22T09:00:00.000Z') / 1000;
const steps = (changes: Parameters<typeof anAppointment>[0], actor: AppointmentActor, at = now) =>
  appointmentSteps(anAppointment(changes), actor, at);

it('leads a station from the arrival to the call', () => {
  expect(steps({ status: 'booked' }, 'station', early).first).toBe('check_in');
  expect(steps({ status: 'booked' }, 'station', early).more).toContain('arrive');
  expect(steps({ status: 'arrived' }, 'station').first).toBe('check_in');
  expect(steps({ status: 'checked-in', requestStatus: 'checked_in' }, 'station').first).toBe('start');
  expect(steps({ status: 'checked-in', requestStatus: 'in_call' }, 'station')).toEqual({ first: 'join', more: [] });
});

it('lets a specialist begin, join and miss, and nothing else', () => {
  const all = APPOINTMENT_STATES.flatMap((status) => {
    const { first, more } = steps({ status, requestStatus: 'checked_in' }, 'specialist');
    return [first, ...more];
  });
  expect(new Set(all.filter((step) => step !== undefined))).toEqual(new Set(['start', 'miss']));
});

it('asks nobody to come for an answer in writing, and lets the specialist write it', () => {
  const written = { status: 'booked', requestStatus: 'async_assigned', mode: 'async' } as const;
  expect(steps(written, 'specialist')).toEqual({ first: 'write', more: [] });
  expect(steps(written, 'station')).toEqual({ first: undefined, more: ['move', 'cancel'] });
});

it('offers a no-show only when the time has come', () => {
  expect(steps({ status: 'booked' }, 'station', early).more).not.toContain('miss');
  expect(steps({ status: 'booked' }, 'station').more).toContain('miss');
});

it('offers another slot after a no-show once, and not to the specialist', () => {
  expect(steps({ status: 'noshow', requestStatus: 'no_show' }, 'station').first).toBe('rebook');
  expect(steps({ status: 'noshow', requestStatus: 'no_show' }, 'specialist').first).toBeUndefined();
  expect(
    steps({ status: 'noshow', requestStatus: 'booked', replacedById: 'b' as never }, 'station').first,
  ).toBeUndefined();
});

it('offers nothing that the machine refuses', () => {
  const event = { join: null, start: null, write: null, rebook: null } as const;
  for (const actor of ['station', 'specialist', 'coordinator'] as const) {
    for (const status of APPOINTMENT_STATES) {
      const { first, more } = steps({ status }, actor);
      const possible: readonly string[] = possibleAppointmentEvents(status, actor);
      for (const step of [first, ...more]) {
        if (step === undefined || step in event) continue;
        expect(step === 'book' ? ['book', 'ask'].some((one) => possible.includes(one)) : possible.includes(step)).toBe(
          true,
        );
      }
    }
  }
});
