/** The life of a FHIR Appointment, one table for both sides. The database's CHECK lists the same states; a test holds them equal. */
export const APPOINTMENT_STATES = [
  /** Offered to a waiter: the slot is theirs until the offer expires. */
  'proposed',
  /** Asked for by a station that may not book this service itself: the slot is held until a coordinator says yes. */
  'pending',
  /** Without a slot, waiting for one. */
  'waitlist',
  'booked',
  /** The patient is at the station. */
  'arrived',
  /** And ready for the call. */
  'checked-in',
  'fulfilled',
  'noshow',
  'cancelled',
] as const;
export type AppointmentState = (typeof APPOINTMENT_STATES)[number];

export type AppointmentActor = 'station' | 'specialist' | 'coordinator' | 'system';

interface Transition {
  readonly from: readonly AppointmentState[];
  readonly to: AppointmentState;
  readonly by: readonly AppointmentActor[];
}

export const appointmentTransitions = {
  book: { from: ['waitlist'], to: 'booked', by: ['coordinator', 'station'] },
  ask: { from: ['waitlist'], to: 'pending', by: ['station'] },
  confirm: { from: ['pending'], to: 'booked', by: ['coordinator'] },
  offer: { from: ['waitlist'], to: 'proposed', by: ['coordinator', 'system'] },
  accept: { from: ['proposed'], to: 'booked', by: ['station', 'coordinator'] },
  /** The station does not want the offered slot. */
  decline: { from: ['proposed'], to: 'waitlist', by: ['station', 'coordinator'] },
  /** Nobody answered in time: the slot is free again, the patient waits on. */
  expire: { from: ['proposed', 'pending'], to: 'waitlist', by: ['system'] },
  /** Another slot; also of what is only asked for, which it books. */
  move: { from: ['booked', 'pending', 'arrived', 'checked-in'], to: 'booked', by: ['coordinator', 'station'] },
  put_back: { from: ['booked', 'pending', 'proposed', 'arrived', 'checked-in'], to: 'waitlist', by: ['coordinator'] },
  arrive: { from: ['booked'], to: 'arrived', by: ['station'] },
  check_in: { from: ['booked', 'arrived'], to: 'checked-in', by: ['station'] },
  miss: {
    from: ['booked', 'arrived', 'checked-in'],
    to: 'noshow',
    by: ['coordinator', 'specialist', 'station', 'system'],
  },
  fulfil: { from: ['booked', 'arrived', 'checked-in'], to: 'fulfilled', by: ['specialist', 'system'] },
  cancel: {
    from: ['proposed', 'pending', 'waitlist', 'booked', 'arrived', 'checked-in'],
    to: 'cancelled',
    by: ['coordinator', 'station', 'system'],
  },
} as const satisfies Record<string, Transition>;

export type AppointmentEvent = keyof typeof appointmentTransitions;

/** The state after `event`, or undefined when it does not apply in `from` or `actor` may not cause it. */
export function nextAppointmentState(
  from: AppointmentState,
  event: AppointmentEvent,
  actor: AppointmentActor,
): AppointmentState | undefined {
  const transition: Transition = appointmentTransitions[event];
  return transition.from.includes(from) && transition.by.includes(actor) ? transition.to : undefined;
}

/** Events `actor` may cause now, for screens that show only what works. */
export function possibleAppointmentEvents(from: AppointmentState, actor: AppointmentActor): AppointmentEvent[] {
  return (Object.keys(appointmentTransitions) as AppointmentEvent[]).filter(
    (event) => nextAppointmentState(from, event, actor) !== undefined,
  );
}

/**
 * States in which the appointment has its specialist, its patient and its station's camera for its time. A fulfilled one keeps
 * them: somebody was there. A missed one gives them back.
 */
export const CLAIMING_STATES = ['proposed', 'pending', 'booked', 'arrived', 'checked-in', 'fulfilled'] as const;
/** Held for a while only. */
export const TENTATIVE_STATES = ['proposed', 'pending'] as const;
/** Something is still to come of it; a request has at most one such appointment. */
export const LIVE_STATES = ['proposed', 'pending', 'waitlist', 'booked', 'arrived', 'checked-in'] as const;

export function isAppointmentIn<const S extends AppointmentState>(
  state: AppointmentState,
  set: readonly S[],
): state is S {
  return (set as readonly AppointmentState[]).includes(state);
}
