import { describe, expect, it } from 'vitest';
import {
  APPOINTMENT_STATES,
  type AppointmentActor,
  type AppointmentEvent,
  appointmentTransitions,
  CLAIMING_STATES,
  isAppointmentIn,
  LIVE_STATES,
  nextAppointmentState,
  possibleAppointmentEvents,
  TENTATIVE_STATES,
} from './appointment.machine.ts';

const ACTORS: AppointmentActor[] = ['station', 'specialist', 'coordinator', 'system'];
const LETTERS: Record<AppointmentActor, string> = { station: 's', specialist: 'p', coordinator: 'c', system: 'y' };

/** The life as agreed, a second time and by hand: event, from, to, who (s tation, p hysician, c oordinator, y the system). */
const AGREED = `
book      waitlist    booked      sc
ask       waitlist    pending     s
confirm   pending     booked      c
offer     waitlist    proposed    cy
accept    proposed    booked      sc
decline   proposed    waitlist    sc
expire    proposed    waitlist    y
expire    pending     waitlist    y
move      booked      booked      sc
move      pending     booked      sc
move      arrived     booked      sc
move      checked-in  booked      sc
put_back  booked      waitlist    c
put_back  pending     waitlist    c
put_back  proposed    waitlist    c
put_back  arrived     waitlist    c
put_back  checked-in  waitlist    c
arrive    booked      arrived     s
check_in  booked      checked-in  s
check_in  arrived     checked-in  s
miss      booked      noshow      spcy
miss      arrived     noshow      spcy
miss      checked-in  noshow      spcy
fulfil    booked      fulfilled   py
fulfil    arrived     fulfilled   py
fulfil    checked-in  fulfilled   py
cancel    proposed    cancelled   scy
cancel    pending     cancelled   scy
cancel    waitlist    cancelled   scy
cancel    booked      cancelled   scy
cancel    arrived     cancelled   scy
cancel    checked-in  cancelled   scy
`;
const agreed = new Map(
  AGREED.trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .map(([event = '', from = '', to = '', by = '']) => [`${from} ${event}`, { to, by }]),
);

describe('the life of an appointment', () => {
  it.each(APPOINTMENT_STATES)('from %s', (from) => {
    for (const event of Object.keys(appointmentTransitions) as AppointmentEvent[]) {
      for (const actor of ACTORS) {
        const entry = agreed.get(`${from} ${event}`);
        const expected = entry?.by.includes(LETTERS[actor]) ? entry.to : undefined;
        expect(nextAppointmentState(from, event, actor), `${from} ${event} ${actor}`).toBe(expected);
      }
    }
  });

  it('ends in three states, and from each other one can be cancelled', () => {
    const final = APPOINTMENT_STATES.filter((state) =>
      ACTORS.every((actor) => possibleAppointmentEvents(state, actor).length === 0),
    );
    expect(final).toEqual(['fulfilled', 'noshow', 'cancelled']);
    expect([...LIVE_STATES].sort()).toEqual(APPOINTMENT_STATES.filter((state) => !final.includes(state)).sort());
    for (const state of LIVE_STATES) expect(nextAppointmentState(state, 'cancel', 'coordinator')).toBe('cancelled');
  });

  it('holds a slot in every state that has one, for a while only before it is booked', () => {
    for (const state of TENTATIVE_STATES) expect(isAppointmentIn(state, CLAIMING_STATES)).toBe(true);
    expect(APPOINTMENT_STATES.filter((state) => !isAppointmentIn(state, CLAIMING_STATES))).toEqual([
      'waitlist',
      'noshow',
      'cancelled',
    ]);
  });
});
