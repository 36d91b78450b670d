/**
 * The life of a request (FHIR ServiceRequest), one pure table for both sides. The database's CHECK constraint
 * lists the same states, and a test holds the two equal.
 */
export const CONSULTATION_STATES = [
  'draft',
  'submitted',
  'in_triage',
  'info_requested',
  'declined',
  'redirected',
  'accepted',
  'ringing',
  'escalated',
  'booked',
  'waitlisted',
  'async_assigned',
  'checked_in',
  'no_show',
  'in_call',
  'interrupted',
  'conclusion_draft',
  'awaiting_signature',
  'signed',
  'delivered',
  'acknowledged',
  'follow_up_open',
  'closed',
  'cancelled',
  'amended',
] as const;
export type ConsultationState = (typeof CONSULTATION_STATES)[number];

/** Who can cause a transition: the station's staff, the specialist, the coordinator, or the system's own clocks. */
export type ConsultationActor = 'station' | 'specialist' | 'coordinator' | 'system';

/** What a guard may ask of a request, as it will be after the event's own change. */
export interface ConsultationFacts {
  readonly isEmergency: boolean;
  readonly hasPatient: boolean;
  readonly hasSpecialist: boolean;
  /** Where a question was asked from, which is where its answer leads back to. */
  readonly askedFrom: ConsultationState | null;
  /** The last decision is fresh, nothing has happened since and its own maker takes it back. */
  readonly isFresh: boolean;
}

interface Transition {
  readonly from: readonly ConsultationState[];
  readonly to: ConsultationState;
  readonly by: readonly ConsultationActor[];
  /** Beyond state and actor; a pure function, so that both sides answer the same. */
  readonly guard?: (facts: ConsultationFacts) => boolean;
}

/** Only an emergency goes anywhere before its card is there. */
const isKnown = ({ isEmergency, hasPatient }: ConsultationFacts) => isEmergency || hasPatient;

const BEFORE_SIGNED = [
  'draft',
  'submitted',
  'in_triage',
  'info_requested',
  'redirected',
  'accepted',
  'ringing',
  'escalated',
  'booked',
  'waitlisted',
  'async_assigned',
  'checked_in',
  'no_show',
  'in_call',
  'interrupted',
  'conclusion_draft',
  'awaiting_signature',
] as const satisfies readonly ConsultationState[];

export const consultationTransitions = {
  submit: { from: ['draft'], to: 'submitted', by: ['station'], guard: ({ hasPatient }) => hasPatient },
  start_triage: { from: ['submitted'], to: 'in_triage', by: ['coordinator', 'specialist', 'system'] },
  // The waiting clock stops until the station has answered; then the request is back where it was asked.
  ask_for_info: { from: ['in_triage', 'async_assigned'], to: 'info_requested', by: ['coordinator', 'specialist'] },
  give_info: {
    from: ['info_requested'],
    to: 'in_triage',
    by: ['station'],
    guard: ({ askedFrom }) => askedFrom === 'in_triage',
  },
  give_info_for_writing: {
    from: ['info_requested'],
    to: 'async_assigned',
    by: ['station'],
    guard: ({ askedFrom, hasSpecialist }) => askedFrom === 'async_assigned' && hasSpecialist,
  },
  decline: { from: ['in_triage'], to: 'declined', by: ['coordinator', 'specialist'] },
  redirect: { from: ['in_triage'], to: 'redirected', by: ['coordinator', 'specialist'] },
  resubmit: { from: ['redirected'], to: 'in_triage', by: ['coordinator', 'station'] },
  // A slip of the finger: harmless as long as nobody has acted on it.
  undo_triage: {
    from: ['info_requested', 'declined', 'redirected', 'accepted', 'async_assigned'],
    to: 'in_triage',
    by: ['coordinator', 'specialist'],
    guard: ({ isFresh }) => isFresh,
  },
  // By the system: a station asks for a service that is open to it.
  accept_triage: { from: ['in_triage'], to: 'accepted', by: ['coordinator', 'specialist', 'system'] },
  // A call now rings at once; triage, card and consent may follow. One that broke off, or waits for an answer in writing, rings again.
  call_now: {
    from: ['draft', 'submitted', 'in_triage', 'accepted', 'interrupted', 'async_assigned'],
    to: 'ringing',
    by: ['station', 'specialist', 'coordinator'],
    guard: isKnown,
  },
  // The next rung of the ladder; the ladder loops, so escalated goes to escalated.
  escalate: { from: ['ringing', 'escalated'], to: 'escalated', by: ['system', 'specialist', 'station'] },
  // No rung is left: the request waits for people, it is not lost.
  exhaust_ladder: { from: ['ringing', 'escalated'], to: 'in_triage', by: ['system', 'specialist'] },
  answer: {
    from: ['ringing', 'escalated'],
    to: 'in_call',
    by: ['specialist'],
    guard: ({ hasSpecialist }) => hasSpecialist,
  },
  book: {
    from: ['accepted', 'waitlisted', 'interrupted', 'no_show'],
    to: 'booked',
    by: ['coordinator', 'station', 'specialist', 'system'],
  },
  put_on_waitlist: { from: ['accepted'], to: 'waitlisted', by: ['coordinator', 'system'] },
  // The slot is given back; the request is not lost, somebody finds another.
  unbook: {
    from: ['booked', 'checked_in', 'waitlisted', 'async_assigned'],
    to: 'accepted',
    by: ['coordinator', 'station', 'system'],
  },
  // Out of a call, too: its line is too thin to talk over.
  assign_async: {
    from: ['accepted', 'in_call', 'interrupted'],
    to: 'async_assigned',
    by: ['coordinator', 'specialist', 'station', 'system'],
    guard: ({ hasSpecialist }) => hasSpecialist,
  },
  // Whoever was to answer in writing cannot: it is sorted anew, and nothing is lost.
  give_back: { from: ['async_assigned'], to: 'in_triage', by: ['specialist', 'coordinator'] },
  // Neither now nor in writing: somebody finds a time.
  turn_into_booking: {
    from: ['async_assigned', 'interrupted'],
    to: 'accepted',
    by: ['specialist', 'station', 'coordinator'],
    guard: ({ hasPatient }) => hasPatient,
  },
  // By the system: a no-show that was marked by mistake is taken back.
  check_in: { from: ['booked'], to: 'checked_in', by: ['station', 'system'] },
  undo_check_in: { from: ['checked_in'], to: 'booked', by: ['station', 'coordinator'] },
  miss: { from: ['booked', 'checked_in'], to: 'no_show', by: ['coordinator', 'specialist', 'station', 'system'] },
  start_booked_call: { from: ['checked_in'], to: 'in_call', by: ['specialist', 'station'] },
  // Hanging up or a dropped link never closes a request.
  interrupt: { from: ['in_call'], to: 'interrupted', by: ['system'] },
  // Both are back in the room by themselves.
  reconnect: { from: ['interrupted'], to: 'in_call', by: ['system'] },
  // A person calls again, also after the call had been ended or instead of writing.
  resume_call: {
    from: ['interrupted', 'async_assigned', 'conclusion_draft', 'awaiting_signature'],
    to: 'in_call',
    by: ['specialist', 'station'],
    guard: ({ hasSpecialist }) => hasSpecialist,
  },
  end_call: { from: ['in_call', 'interrupted', 'async_assigned'], to: 'conclusion_draft', by: ['specialist'] },
  present_for_signature: { from: ['conclusion_draft'], to: 'awaiting_signature', by: ['specialist'] },
  back_to_draft: { from: ['awaiting_signature'], to: 'conclusion_draft', by: ['specialist'] },
  sign: { from: ['awaiting_signature'], to: 'signed', by: ['specialist'], guard: ({ hasPatient }) => hasPatient },
  deliver: { from: ['signed', 'amended'], to: 'delivered', by: ['station', 'system'] },
  acknowledge: { from: ['delivered'], to: 'acknowledged', by: ['station'] },
  open_follow_up: { from: ['acknowledged'], to: 'follow_up_open', by: ['station', 'system'] },
  close: { from: ['acknowledged', 'follow_up_open'], to: 'closed', by: ['station', 'coordinator', 'system'] },
  amend: {
    from: ['signed', 'delivered', 'acknowledged', 'follow_up_open', 'closed', 'amended'],
    to: 'amended',
    by: ['specialist'],
  },
  cancel: { from: BEFORE_SIGNED, to: 'cancelled', by: ['station', 'coordinator'] },
} as const satisfies Record<string, Transition>;

export type ConsultationEvent = keyof typeof consultationTransitions;

/**
 * The state after `event`, or undefined when the event does not apply in `from`, `actor` may not cause it or its guard says no.
 * Without `facts` guards are not asked: what could be, as far as state and actor go.
 */
export function nextState(
  from: ConsultationState,
  event: ConsultationEvent,
  actor: ConsultationActor,
  facts?: ConsultationFacts,
): ConsultationState | undefined {
  const { from: states, by, to, guard }: Transition = consultationTransitions[event];
  if (!states.includes(from) || !by.includes(actor)) return undefined;
  return facts === undefined || guard === undefined || guard(facts) ? to : undefined;
}

/** Events `actor` may cause now, for screens that show only what works. */
export function possibleEvents(
  from: ConsultationState,
  actor: ConsultationActor,
  facts?: ConsultationFacts,
): ConsultationEvent[] {
  return (Object.keys(consultationTransitions) as ConsultationEvent[]).filter(
    (event) => nextState(from, event, actor, facts) !== undefined,
  );
}

/**
 * States in which the two sides may be in the room: a call lives, may come back, is being written up, or has just been signed:
 * signing throws nobody out of a conversation.
 */
export const ROOM_STATES = [
  'in_call',
  'interrupted',
  'conclusion_draft',
  'awaiting_signature',
  'signed',
  'delivered',
] as const;
/** The room opens while it rings, so that the station is connected before the answer. */
export const STATION_ROOM_STATES = ['ringing', 'escalated', ...ROOM_STATES] as const;

export const RINGING_STATES = ['ringing', 'escalated'] as const;

/** Nothing more is expected of anybody. */
export const FINAL_STATES = ['declined', 'cancelled', 'closed'] as const;

export function isIn<const S extends ConsultationState>(state: ConsultationState, set: readonly S[]): state is S {
  return (set as readonly ConsultationState[]).includes(state);
}

/** Who has to act next. The waiting clock stops only in `info_requested`. */
export function ballHolder(state: ConsultationState): ConsultationActor | 'nobody' {
  switch (state) {
    case 'draft':
    case 'info_requested':
    case 'signed':
    case 'amended':
    case 'delivered':
    case 'acknowledged':
    case 'follow_up_open':
    case 'booked':
      return 'station';
    case 'ringing':
    case 'escalated':
    case 'async_assigned':
    case 'checked_in':
    case 'in_call':
    case 'interrupted':
    case 'conclusion_draft':
    case 'awaiting_signature':
      return 'specialist';
    case 'submitted':
    case 'in_triage':
    case 'redirected':
    case 'accepted':
    case 'waitlisted':
    case 'no_show':
      return 'coordinator';
    case 'declined':
    case 'closed':
    case 'cancelled':
      return 'nobody';
  }
}
