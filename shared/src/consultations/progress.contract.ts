import * as z from 'zod/mini';
import { InformationRequestId } from '../kernel/ids.ts';
import { Instant } from '../kernel/time.ts';
import { LadderPhone, RUNG_KINDS, RUNG_OUTCOMES } from '../ladders/ladder.contract.ts';

/** What is waited for: a specialist, an answer in writing, the conclusion of a call, a call that broke off. */
const WAITING_PHASES = ['answer', 'written', 'conclusion', 'interruption'] as const;
export type WaitingPhase = (typeof WAITING_PHASES)[number];

/** A clock that stands only while the station is asked. Times held are not counted: `since` has been moved on by them. */
export const WaitingClock = z.object({
  phase: z.enum(WAITING_PHASES),
  since: Instant,
  /** Set while the clock stands, which it does since then. */
  pausedAt: z.nullable(Instant),
  heedAt: Instant,
  dueAt: Instant,
});
export type WaitingClock = z.infer<typeof WaitingClock>;

/** One rung of a running call, for the station to see: those behind, the one that rings, those ahead. */
export const CallRung = z.object({
  kind: z.enum(RUNG_KINDS),
  /** Null: still ahead. */
  outcome: z.nullable(z.enum(RUNG_OUTCOMES)),
  startedAt: z.nullable(Instant),
  /** Of the rung that rings: when the next one does. */
  endsAt: z.nullable(Instant),
  /** How long it will ring; null where nothing rings. */
  seconds: z.nullable(z.number()),
  people: z.array(
    z.object({
      displayName: z.string(),
      isReachable: z.boolean(),
      outcome: z.nullable(z.enum(['ringing', 'answered', 'answered_elsewhere', 'declined', 'timed_out', 'cancelled'])),
    }),
  ),
  skipped: z.array(z.object({ displayName: z.string(), why: z.enum(['in_call']) })),
  phones: z.array(LadderPhone),
});
export type CallRung = z.infer<typeof CallRung>;

/** A question to the station, with its answer. */
export const StationQuestion = z.object({
  id: InformationRequestId,
  question: z.string(),
  askedBy: z.string(),
  askedAt: Instant,
  answer: z.nullable(z.object({ text: z.string(), by: z.string(), at: Instant })),
});
export type StationQuestion = z.infer<typeof StationQuestion>;

export const DECISION_KINDS = ['accept', 'ask', 'decline', 'redirect', 'turn'] as const;

/** What was decided last, and the words for the station. */
export const TriageDecision = z.object({
  kind: z.enum(DECISION_KINDS),
  by: z.string(),
  at: Instant,
  /** A code of the kind's list. */
  reason: z.nullable(z.string()),
  note: z.string(),
  /** Until when its maker may take it back. */
  undoUntil: Instant,
});
export type TriageDecision = z.infer<typeof TriageDecision>;
