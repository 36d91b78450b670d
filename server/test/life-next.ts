import type { ConsultationState } from '@jaqyn/shared/consultations/consultation.machine';
import { RING_SECONDS } from './build-services.ts';
import { type Decision, PEOPLE, type Person, type Step } from './life-step.ts';

/** What could well come next, as the people at their screens would do it. */
export function listFitting(status: ConsultationState, mine: Person, which: number): Step[] {
  const sort = (decision: Decision, who: Person | 'coordinator' = 'coordinator') =>
    ({ do: 'sort', who, which, decision, isStale: 1 }) as const;
  const turn = (into: 'call' | 'written' | 'booking' | 'triage', who: Person | 'feldsher') =>
    ({ do: 'turn', who, which, into }) as const;
  const by = (what: 'answer' | 'decline' | 'end' | 'save' | 'sign', who = mine) => ({ do: what, who, which }) as const;
  const undo = { do: 'undo', who: 'coordinator', which } as const;
  const enter = (who: Person | 'feldsher', tab = 0) => ({ do: 'enter', who, which, tab }) as const;
  const talk = { do: 'wait', seconds: 70 } as const;
  switch (status) {
    case 'in_triage':
    case 'redirected':
      return [sort('written'), sort('ask'), sort('now'), sort('booked'), sort('redirect'), sort('decline')];
    case 'info_requested':
      return [{ do: 'reply', which }, { do: 'reply', which }, undo];
    case 'declined':
      return [undo];
    case 'accepted':
      return [undo, sort('written'), sort('now')];
    case 'ringing':
    case 'escalated':
      return [
        enter('feldsher'),
        by('answer', 'cardio'),
        by('answer', 'cardioTwin'),
        by('decline', 'cardioBackup'),
        { do: 'wait', seconds: RING_SECONDS },
      ];
    case 'in_call':
      return [
        enter('feldsher'),
        enter('feldsher', 1),
        enter(mine),
        enter(mine, 1),
        talk,
        talk,
        { do: 'presence', which, both: false },
        { do: 'lose', who: mine, which, tab: 0 },
        { do: 'leave', who: 'feldsher', which, tab: 0 },
        by('save'),
        by('save'),
        by('end'),
        by('end'),
        by('end'),
        by('end'),
      ];
    case 'interrupted':
      return [
        { do: 'presence', which, both: true },
        enter('feldsher'),
        enter(mine),
        turn('call', mine),
        turn('call', 'feldsher'),
        turn('written', mine),
        turn('booking', 'feldsher'),
      ];
    case 'async_assigned':
      return [
        sort('ask', mine),
        by('save'),
        by('save'),
        by('sign'),
        by('sign'),
        turn('call', mine),
        turn('triage', mine),
        turn('booking', mine),
        undo,
      ];
    case 'conclusion_draft':
    case 'awaiting_signature':
      return [by('save'), by('sign'), by('sign'), by('answer')];
    case 'delivered':
      return [{ do: 'acknowledge', which }];
    default:
      return [{ do: 'receive', which }];
  }
}

/** The next steps of people who want to end it. */
export function towardsEnd(status: ConsultationState, mine: Person, which: number, mayAsk: boolean): Step[] {
  const by = (what: 'answer' | 'end' | 'save' | 'sign', who = mine): Step => ({ do: what, who, which });
  const sort = (decision: 'written' | 'ask', who: typeof mine | 'coordinator' = 'coordinator'): Step => ({
    do: 'sort',
    who,
    which,
    decision,
    isStale: 1,
  });
  switch (status) {
    case 'ringing':
    case 'escalated':
      return [...PEOPLE.map((who) => by('answer', who)), { do: 'wait', seconds: RING_SECONDS }];
    case 'in_call':
      return [by('save'), by('end')];
    case 'interrupted':
      return [{ do: 'turn', who: mine, which, into: 'written' }];
    case 'async_assigned':
      return mayAsk ? [sort('ask', mine)] : [by('save'), by('sign')];
    case 'info_requested':
      return [{ do: 'reply', which }];
    case 'conclusion_draft':
    case 'awaiting_signature':
      return [by('save'), by('sign')];
    case 'signed':
    case 'amended':
      return [{ do: 'receive', which }];
    case 'delivered':
      return [{ do: 'acknowledge', which }];
    // It was to be booked; it is called after all.
    case 'accepted':
      return [{ do: 'callAgain', which }];
    default:
      return [sort('written')];
  }
}
