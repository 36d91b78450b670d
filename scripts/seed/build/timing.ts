import type { Urgency } from '../../../shared/src/consultations/consultation.contract.ts';
import type { CalendarDate } from '../../../shared/src/kernel/time.ts';
import { localTime } from '../demo-id.ts';
import type { Random } from '../random.ts';

/** Where a consult stands on the day of seeding. */
export type Outcome =
  | 'closed'
  | 'acknowledged'
  | 'delivered'
  | 'signed'
  | 'conclusion_draft'
  | 'in_triage'
  | 'cancelled';

export interface Ladder {
  /** Rungs that did not answer. */
  readonly missed: number;
  /** The last of them declined instead of letting it ring. */
  readonly declined: boolean;
}

/** When things happened. */
export interface Timing {
  readonly createdAt: Date;
  /** Each rung that rang, rank 1 first: from, to. The last one was answered or cancelled, or nobody was left. */
  readonly rings: readonly (readonly [startedAt: Date, endedAt: Date])[];
  /** Undefined: nobody answered. */
  readonly call: CallTiming | undefined;
  /** Both sides are free again. */
  readonly busyUntil: Date;
  /** The last moment of all. */
  readonly lastAt: Date;
}

export interface CallTiming {
  readonly answeredAt: Date;
  readonly recheckAt: Date;
  readonly endedAt: Date;
  /** Saves of the draft, in the call and after it. */
  readonly savedAt: readonly [first: Date, last: Date];
  readonly signedAt: Date | undefined;
  readonly deliveredAt: Date | undefined;
  readonly acknowledgedAt: Date | undefined;
}

/**
 * Hours of the day, local: planned things in working hours, emergencies nearly any time. All after the duty changes at
 * 08:00, so that no ladder runs over that.
 */
const HOURS: Readonly<Record<Urgency, readonly [from: number, to: number]>> = {
  routine: [9, 16.5],
  urgent: [8.5, 18],
  asap: [8.2, 20],
  stat: [8.1, 22.5],
};

/** The default of JAQYN_RING_SECONDS. */
const RING_SECONDS = 45;

export function timing(
  random: Random,
  {
    day,
    urgency,
    outcome,
    ladder,
    isRechecked,
  }: {
    day: CalendarDate;
    urgency: Urgency;
    outcome: Outcome;
    ladder: Ladder;
    /** The medicine needs half an hour before the second measurement, so the call is long. */
    isRechecked: boolean;
  },
): Timing {
  const [from, to] = HOURS[urgency];
  const createdAt = later(random, localTime(day, random.int(from * 60, to * 60)), random.int(0, 59));

  const rings: [Date, Date][] = [];
  let ringing = createdAt;
  for (let rung = 1; rung <= ladder.missed; rung += 1) {
    const isDeclined = ladder.declined && rung === ladder.missed;
    const ended = later(random, ringing, isDeclined ? random.int(6, 30) : RING_SECONDS);
    rings.push([ringing, ended]);
    ringing = ended;
  }
  if (outcome === 'in_triage') return { createdAt, rings, call: undefined, busyUntil: ringing, lastAt: ringing };

  const stopped = later(random, ringing, random.int(5, 32));
  rings.push([ringing, stopped]);
  if (outcome === 'cancelled') return { createdAt, rings, call: undefined, busyUntil: stopped, lastAt: stopped };

  const endedAt = isRechecked ? minutesLater(random, stopped, 38, 46) : minutesLater(random, stopped, 7, 19);
  const call = callTiming(random, stopped, endedAt, urgency, outcome);
  const busyUntil = call.signedAt ?? call.savedAt[1];
  return { createdAt, rings, call, busyUntil, lastAt: call.acknowledgedAt ?? call.deliveredAt ?? busyUntil };
}

function callTiming(random: Random, answeredAt: Date, endedAt: Date, urgency: Urgency, outcome: Outcome): CallTiming {
  const lastSave = minutesLater(random, endedAt, 1, 3);
  const base = {
    answeredAt,
    recheckAt: between(answeredAt, endedAt, 0.83),
    endedAt,
    savedAt: [between(answeredAt, endedAt, 0.93), lastSave] as const,
    signedAt: undefined,
    deliveredAt: undefined,
    acknowledgedAt: undefined,
  };
  if (outcome === 'conclusion_draft') return base;

  const signedAt = minutesLater(random, lastSave, 1, 4);
  if (outcome === 'signed') return { ...base, signedAt };

  const deliveredAt =
    urgency === 'stat' ? minutesLater(random, signedAt, 1, 6) : minutesLater(random, signedAt, 4, 110);
  if (outcome === 'delivered') return { ...base, signedAt, deliveredAt };
  return { ...base, signedAt, deliveredAt, acknowledgedAt: minutesLater(random, deliveredAt, 3, 20) };
}

/** A moment this share of the way between two. */
export function between(from: Date, to: Date, share: number): Date {
  return new Date(Math.round(from.getTime() + (to.getTime() - from.getTime()) * share));
}

/** People and networks keep no round seconds. */
function later(random: Random, at: Date, seconds: number): Date {
  return new Date(at.getTime() + seconds * 1000 + random.int(0, 999));
}

function minutesLater(random: Random, at: Date, low: number, high: number): Date {
  return later(random, at, random.int(low * 60, high * 60));
}
