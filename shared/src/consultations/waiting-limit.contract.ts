import * as z from 'zod/mini';
import { endpoint } from '../kernel/endpoint.ts';
import { WaitingLimitId } from '../kernel/ids.ts';
import { Instant } from '../kernel/time.ts';
import { URGENCIES, type Urgency } from './consultation.contract.ts';
import { type ConsultationState, isIn } from './consultation.machine.ts';
import type { WaitingPhase } from './progress.contract.ts';

const YEAR_MINUTES = 525_600;
const Minutes = z.number().check(z.int(), z.minimum(1), z.maximum(YEAR_MINUTES));

/** Minutes of waiting from which a clock asks for attention, and after which the limit is passed. */
const Limit = z
  .object({ heed: Minutes, limit: Minutes })
  .check(z.refine(({ heed, limit }) => heed <= limit, { error: 'heed_after_limit', path: ['heed'] }));
const byUrgency = <Schema extends z.core.$ZodType>(schema: Schema) =>
  z.object({ routine: schema, urgent: schema, asap: schema, stat: schema });

/** How long anybody may wait, by urgency. */
export const WaitingLimits = z.object({
  /** From the request until a specialist speaks with the patient. */
  answer: byUrgency(Limit),
  /** From being given to a specialist until the answer in writing is signed. */
  written: byUrgency(Limit),
  /** From the end of the call until the conclusion is signed. */
  conclusion: byUrgency(Limit),
  /** A call that broke off for this long becomes a case for an answer in writing by itself. */
  interruptionMinutes: z.number().check(z.int(), z.minimum(1), z.maximum(1440)),
});
export type WaitingLimits = z.infer<typeof WaitingLimits>;

const HOUR = 60;
const DAY = 24 * HOUR;

/** What holds before anybody has written limits of their own. */
export const BUILT_IN_LIMITS: WaitingLimits = {
  answer: {
    stat: { heed: 2, limit: 5 },
    asap: { heed: 15, limit: HOUR },
    urgent: { heed: 4 * HOUR, limit: 8 * HOUR },
    routine: { heed: 5 * DAY, limit: 10 * DAY },
  },
  written: {
    stat: { heed: 10, limit: 20 },
    asap: { heed: 30, limit: HOUR },
    urgent: { heed: 4 * HOUR, limit: 8 * HOUR },
    routine: { heed: DAY, limit: 2 * DAY },
  },
  conclusion: {
    stat: { heed: 15, limit: 30 },
    asap: { heed: 30, limit: HOUR },
    urgent: { heed: 2 * HOUR, limit: 4 * HOUR },
    routine: { heed: 4 * HOUR, limit: DAY },
  },
  interruptionMinutes: 10,
};

/** What is waited for in a state; undefined while they talk and when it is over. */
export function phaseOf(state: ConsultationState, askedFrom: ConsultationState | null): WaitingPhase | undefined {
  if (state === 'interrupted') return 'interruption';
  if (state === 'async_assigned' || (state === 'info_requested' && askedFrom === 'async_assigned')) return 'written';
  if (isIn(state, ['conclusion_draft', 'awaiting_signature'])) return 'conclusion';
  return isIn(state, BEFORE_THE_TALK) ? 'answer' : undefined;
}

const BEFORE_THE_TALK = [
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
  'checked_in',
  'no_show',
] as const;

/** Minutes of a phase for an urgency. */
export function limitOf(limits: WaitingLimits, phase: WaitingPhase, urgency: Urgency): { heed: number; limit: number } {
  if (phase !== 'interruption') return limits[phase][urgency];
  return { heed: 1, limit: limits.interruptionMinutes };
}

export const WaitingLimitEdition = z.object({
  id: WaitingLimitId,
  effectiveFrom: Instant,
  limits: WaitingLimits,
  createdByName: z.string(),
  createdAt: Instant,
  state: z.enum(['in_force', 'to_come', 'replaced']),
});
export type WaitingLimitEdition = z.infer<typeof WaitingLimitEdition>;

export const listWaitingLimits = endpoint({
  method: 'GET',
  path: '/api/waiting-limits',
  summary: 'Limits of waiting: those in force, those to come, those replaced',
  response: z.object({ current: WaitingLimits, editions: z.array(WaitingLimitEdition) }),
});

export const saveWaitingLimits = endpoint({
  method: 'PUT',
  path: '/api/waiting-limits/:limitId',
  summary:
    'Add an edition of the limits, in force from a moment on; 409 when somebody made one since `seenId`; repeating it with the same id has one effect',
  params: z.object({ limitId: WaitingLimitId }),
  body: z.object({
    /** The edition made last that the writer has seen; null: none. */
    seenId: z.nullable(WaitingLimitId),
    effectiveFrom: Instant,
    limits: WaitingLimits,
  }),
  response: WaitingLimitEdition,
});

/** In the order of the editor's rows, the most urgent first. */
export const URGENCIES_DOWN = [...URGENCIES].reverse();
