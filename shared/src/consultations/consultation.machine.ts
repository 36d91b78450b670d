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

interface Transition {
  readonly from: readonly ConsultationState[];
  readonly to: ConsultationState;
  readonly by: readonly ConsultationActor[];
}

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
  submit: { from: ['draft'], to: 'submitted', by: ['station'] },
  start_triage: { from: ['submitted'], to: 'in_triage', by: ['coordinator', 'specialist', 'system'] },
  ask_for_info: { from: ['in_triage'], to: 'info_requested', by: ['coordinator', 'specialist'] },
  give_info: { from: ['info_requested'], to: 'in_triage', by: ['station'] },
  decline: { from: ['in_triage'], to: 'declined', by: ['coordinator', 'specialist'] },
  redirect: { from: ['in_triage'], to: 'redirected', by: ['coordinator', 'specialist'] },
  resubmit: { from: ['redirected'], to: 'in_triage', by: ['coordinator', 'station'] },
  // By the system: a station asks for a service that is open to it.
  accept_triage: { from: ['in_triage'], to: 'accepted', by: ['coordinator', 'specialist', 'system'] },
  // A call now rings at once; triage, card and consent may follow.
  call_now: {
    from: ['draft', 'submitted', 'in_triage', 'accepted'],
    to: 'ringing',
    by: ['station', 'specialist', 'coordinator'],
  },
  // The next rung of the ladder; the ladder loops, so escalated goes to escalated.
  escalate: { from: ['ringing', 'escalated'], to: 'escalated', by: ['system', 'specialist', 'station'] },
  // No rung is left: the request waits for people, it is not lost.
  exhaust_ladder: { from: ['ringing', 'escalated'], to: 'in_triage', by: ['system', 'specialist'] },
  answer: { from: ['ringing', 'escalated'], to: 'in_call', by: ['specialist'] },
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
  assign_async: {
    from: ['accepted', 'interrupted'],
    to: 'async_assigned',
    by: ['coordinator', 'specialist', 'station', 'system'],
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
  // A person calls again, also after the call had been ended.
  resume_call: {
    from: ['interrupted', 'conclusion_draft', 'awaiting_signature'],
    to: 'in_call',
    by: ['specialist', 'station'],
  },
  end_call: { from: ['in_call', 'interrupted', 'async_assigned'], to: 'conclusion_draft', by: ['specialist'] },
  present_for_signature: { from: ['conclusion_draft'], to: 'awaiting_signature', by: ['specialist'] },
  back_to_draft: { from: ['awaiting_signature'], to: 'conclusion_draft', by: ['specialist'] },
  sign: { from: ['awaiting_signature'], to: 'signed', by: ['specialist'] },
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

/** The state after `event`, or undefined when the event does not apply in `from` or `actor` may not cause it. */
export function nextState(
  from: ConsultationState,
  event: ConsultationEvent,
  actor: ConsultationActor,
): ConsultationState | undefined {
  const transition: Transition = consultationTransitions[event];
  return transition.from.includes(from) && transition.by.includes(actor) ? transition.to : undefined;
}

/** Events `actor` may cause now, for screens that show only what works. */
export function possibleEvents(from: ConsultationState, actor: ConsultationActor): ConsultationEvent[] {
  return (Object.keys(consultationTransitions) as ConsultationEvent[]).filter(
    (event) => nextState(from, event, actor) !== undefined,
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
    case 'accepted':
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
    case 'waitlisted':
    case 'no_show':
      return 'coordinator';
    case 'declined':
    case 'closed':
    case 'cancelled':
      return 'nobody';
  }
}
