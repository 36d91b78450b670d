import { describe, expect, test } from 'vitest';
import {
  ballHolder,
  CONSULTATION_STATES,
  type ConsultationActor,
  type ConsultationEvent,
  type ConsultationFacts,
  type ConsultationState,
  consultationTransitions,
  FINAL_STATES,
  isIn,
  nextState,
  possibleEvents,
  RINGING_STATES,
  ROOM_STATES,
  STATION_ROOM_STATES,
} from './consultation.machine.ts';

const ACTORS: ConsultationActor[] = ['station', 'specialist', 'coordinator', 'system'];
const EVENTS = Object.keys(consultationTransitions) as ConsultationEvent[];

/**
 * The life of a request as it was agreed, written down a second time and by hand: event, from, to, and who may, by their
 * first letters (s tation, p hysician, c oordinator, y the system). A change of the machine is a change here.
 */
const AGREED = `
submit                draft                    submitted           s
start_triage          submitted                in_triage           pcy
ask_for_info          in_triage                info_requested      pc
ask_for_info          async_assigned           info_requested      pc
give_info             info_requested           in_triage           s
give_info_for_writing info_requested           async_assigned      s
undo_triage           info_requested           in_triage           pc
undo_triage           declined                 in_triage           pc
undo_triage           redirected               in_triage           pc
undo_triage           accepted                 in_triage           pc
undo_triage           async_assigned           in_triage           pc
decline               in_triage                declined            pc
redirect              in_triage                redirected          pc
resubmit              redirected               in_triage           sc
accept_triage         in_triage                accepted            pcy
call_now              draft                    ringing             spc
call_now              submitted                ringing             spc
call_now              in_triage                ringing             spc
call_now              accepted                 ringing             spc
call_now              interrupted              ringing             spc
call_now              async_assigned           ringing             spc
escalate              ringing                  escalated           spy
escalate              escalated                escalated           spy
exhaust_ladder        ringing                  in_triage           py
exhaust_ladder        escalated                in_triage           py
answer                ringing                  in_call             p
answer                escalated                in_call             p
book                  accepted                 booked              spcy
book                  waitlisted               booked              spcy
book                  interrupted              booked              spcy
book                  no_show                  booked              spcy
put_on_waitlist       accepted                 waitlisted          cy
unbook                async_assigned           accepted            scy
unbook                booked                   accepted            scy
unbook                checked_in               accepted            scy
unbook                waitlisted               accepted            scy
assign_async          accepted                 async_assigned      spcy
assign_async          in_call                  async_assigned      spcy
assign_async          interrupted              async_assigned      spcy
give_back             async_assigned           in_triage           pc
turn_into_booking     async_assigned           accepted            spc
turn_into_booking     interrupted              accepted            spc
check_in              booked                   checked_in          sy
undo_check_in         checked_in               booked              sc
miss                  booked                   no_show             spcy
miss                  checked_in               no_show             spcy
start_booked_call     checked_in               in_call             sp
interrupt             in_call                  interrupted         y
reconnect             interrupted              in_call             y
resume_call           interrupted              in_call             sp
resume_call           async_assigned           in_call             sp
resume_call           conclusion_draft         in_call             sp
resume_call           awaiting_signature       in_call             sp
end_call              in_call                  conclusion_draft    p
end_call              interrupted              conclusion_draft    p
end_call              async_assigned           conclusion_draft    p
present_for_signature conclusion_draft         awaiting_signature  p
back_to_draft         awaiting_signature       conclusion_draft    p
sign                  awaiting_signature       signed              p
deliver               signed                   delivered           sy
deliver               amended                  delivered           sy
acknowledge           delivered                acknowledged        s
open_follow_up        acknowledged             follow_up_open      sy
close                 acknowledged             closed              scy
close                 follow_up_open           closed              scy
amend                 signed                   amended             p
amend                 delivered                amended             p
amend                 acknowledged             amended             p
amend                 follow_up_open           amended             p
amend                 closed                   amended             p
amend                 amended                  amended             p
cancel                draft                    cancelled           sc
cancel                submitted                cancelled           sc
cancel                in_triage                cancelled           sc
cancel                info_requested           cancelled           sc
cancel                redirected               cancelled           sc
cancel                accepted                 cancelled           sc
cancel                ringing                  cancelled           sc
cancel                escalated                cancelled           sc
cancel                booked                   cancelled           sc
cancel                waitlisted               cancelled           sc
cancel                async_assigned           cancelled           sc
cancel                checked_in               cancelled           sc
cancel                no_show                  cancelled           sc
cancel                in_call                  cancelled           sc
cancel                interrupted              cancelled           sc
cancel                conclusion_draft         cancelled           sc
cancel                awaiting_signature       cancelled           sc
`;
const LETTERS: Record<ConsultationActor, string> = { station: 's', specialist: 'p', coordinator: 'c', system: 'y' };
const agreed = new Map(
  AGREED.trim()
    .split('\n')
    .map((line) => line.split(/\s+/))
    .map(([event = '', from = '', to = '', by = '']) => [`${from} ${event}`, { to, by }]),
);

/** States one event after this one, whoever causes it. */
function followers(state: ConsultationState): ConsultationState[] {
  return ACTORS.flatMap((actor) => possibleEvents(state, actor).map((event) => nextState(state, event, actor)))
    .filter((next) => next !== undefined)
    .filter((next, index, all) => all.indexOf(next) === index);
}

function reachableFrom(start: ConsultationState, without: readonly ConsultationState[] = []): Set<ConsultationState> {
  const seen = new Set<ConsultationState>([start]);
  for (const state of seen) {
    for (const next of followers(state)) if (!without.includes(next)) seen.add(next);
  }
  return seen;
}

describe('every state × event × actor', () => {
  test.each(CONSULTATION_STATES)('%s', (from) => {
    for (const event of EVENTS) {
      const row = agreed.get(`${from} ${event}`);
      for (const actor of ACTORS) {
        const expected = row?.by.includes(LETTERS[actor]) ? row.to : undefined;
        expect(nextState(from, event, actor), `${event} by ${actor}`).toBe(expected);
      }
    }
  });

  test('possibleEvents lists what nextState allows', () => {
    for (const from of CONSULTATION_STATES) {
      for (const actor of ACTORS) {
        const allowed = EVENTS.filter((event) => agreed.get(`${from} ${event}`)?.by.includes(LETTERS[actor]));
        expect(possibleEvents(from, actor)).toEqual(allowed);
      }
    }
  });
});

describe('the shape of a life', () => {
  test('every state can come about', () => {
    expect([...reachableFrom('draft')].sort()).toEqual([...CONSULTATION_STATES].sort());
  });

  test('whatever may still be signed may still be cancelled, and nothing that was signed', () => {
    for (const state of CONSULTATION_STATES) {
      const isAfterSignature = reachableFrom('signed').has(state);
      const mayBeSigned = reachableFrom(state).has('signed') && state !== 'signed';
      for (const actor of ['station', 'coordinator'] as const) {
        const next = nextState(state, 'cancel', actor);
        expect(next, `${state} by ${actor}`).toBe(
          mayBeSigned && !isAfterSignature && !isIn(state, FINAL_STATES) ? 'cancelled' : undefined,
        );
      }
    }
  });

  test('nobody gets to a signature without a call or a written assignment', () => {
    const withoutExamination = reachableFrom('draft', ['in_call', 'async_assigned']);
    expect(withoutExamination.has('signed')).toBe(false);
  });

  test('nothing is unsigned: after the signature only delivery, correction and the end', () => {
    expect([...reachableFrom('signed')].sort()).toEqual(
      ['signed', 'delivered', 'acknowledged', 'follow_up_open', 'closed', 'amended'].sort(),
    );
  });

  test('no event leaves a final state, but the correction of a closed one', () => {
    // A refusal that was a slip is taken back within seconds; nothing else revives a request.
    const leaving: Record<(typeof FINAL_STATES)[number], ConsultationState[]> = {
      closed: ['amended'],
      declined: ['in_triage'],
      cancelled: [],
    };
    for (const state of FINAL_STATES) expect(followers(state)).toEqual(leaving[state]);
    expect(nextState('declined', 'undo_triage', 'coordinator', facts({ isFresh: false }))).toBeUndefined();
  });

  test('there is no dead end but the final states', () => {
    for (const state of CONSULTATION_STATES) {
      const canEnd = FINAL_STATES.some((final) => reachableFrom(state).has(final));
      expect(canEnd, state).toBe(true);
      expect(followers(state).length > 0 || isIn(state, FINAL_STATES), state).toBe(true);
    }
  });

  test('a dropped link or a hang-up never closes a request', () => {
    for (const event of ['interrupt', 'end_call'] as const) {
      const { to } = consultationTransitions[event];
      expect(isIn(to, FINAL_STATES)).toBe(false);
      expect(reachableFrom(to).has('in_call')).toBe(true);
    }
  });
});

/** A booked routine request of a known patient, unless said otherwise. */
function facts(changes: Partial<ConsultationFacts> = {}): ConsultationFacts {
  return {
    isEmergency: false,
    hasPatient: true,
    hasSpecialist: true,
    askedFrom: null,
    isFresh: false,
    ...changes,
  };
}

describe('guards', () => {
  test.each([
    ['draft', 'submit', 'station', { hasPatient: false }],
    ['draft', 'call_now', 'station', { hasPatient: false }],
    ['ringing', 'answer', 'specialist', { hasSpecialist: false }],
    ['accepted', 'assign_async', 'coordinator', { hasSpecialist: false }],
    ['interrupted', 'resume_call', 'specialist', { hasSpecialist: false }],
    ['interrupted', 'turn_into_booking', 'station', { hasPatient: false }],
    ['info_requested', 'give_info', 'station', { askedFrom: 'async_assigned' }],
    ['info_requested', 'give_info_for_writing', 'station', { askedFrom: 'in_triage' }],
    ['declined', 'undo_triage', 'coordinator', { isFresh: false }],
    ['awaiting_signature', 'sign', 'specialist', { hasPatient: false }],
  ] as const)('in %s, %s by the %s is refused for what is missing', (state, event, actor, missing) => {
    expect(nextState(state, event, actor)).toBeDefined();
    expect(nextState(state, event, actor, facts(missing))).toBeUndefined();
  });

  test('an emergency rings before its card is there', () => {
    expect(nextState('draft', 'call_now', 'station', facts({ isEmergency: true, hasPatient: false }))).toBe('ringing');
  });

  test('an answered question leads back to where it was asked, and to one place only', () => {
    for (const askedFrom of ['in_triage', 'async_assigned'] as const) {
      const ways = possibleEvents('info_requested', 'station', facts({ askedFrom })).filter((event) =>
        event.startsWith('give_info'),
      );
      expect(ways.map((event) => consultationTransitions[event].to)).toEqual([askedFrom]);
    }
  });
});

describe('sets and helpers', () => {
  test('the room is open to the station exactly while the specialist may come into it', () => {
    expect([...STATION_ROOM_STATES].sort()).toEqual([...RINGING_STATES, ...ROOM_STATES].sort());
  });

  test('somebody holds the ball until it is over', () => {
    for (const state of CONSULTATION_STATES) {
      expect(ballHolder(state) === 'nobody', state).toBe(isIn(state, FINAL_STATES));
    }
  });

  test('who holds the ball can do something, or a call is on its way', () => {
    for (const state of CONSULTATION_STATES) {
      const holder = ballHolder(state);
      if (holder === 'nobody') continue;
      expect(possibleEvents(state, holder), `${state}: ${holder}`).not.toEqual([]);
    }
  });
});
