import * as z from 'zod/mini';
import { endpoint } from '../kernel/endpoint.ts';
import { EvidenceLimitId } from '../kernel/ids.ts';
import { CalendarDate, Instant } from '../kernel/time.ts';
import { EvidenceLimits } from './judgement.ts';

/** What a consult is judged by, from a moment on. It never changes; a later edition replaces it for the requests after it. */
export const EvidenceLimitEdition = z.object({
  id: EvidenceLimitId,
  effectiveFrom: Instant,
  limits: EvidenceLimits,
  /** Null for what the product brings along. */
  createdByName: z.nullable(z.string()),
  createdAt: Instant,
  state: z.enum(['in_force', 'to_come', 'replaced']),
});
export type EvidenceLimitEdition = z.infer<typeof EvidenceLimitEdition>;

export const listEvidenceLimits = endpoint({
  method: 'GET',
  path: '/api/evidence-limits',
  summary: 'By what consults are judged payable: the limits in force, those to come, those replaced',
  response: z.object({
    current: EvidenceLimits,
    /** The one that begins last first; of the same moment the one made last. */
    editions: z.array(EvidenceLimitEdition),
    /** Made last: what a new edition says it has seen. */
    newestId: z.nullable(EvidenceLimitId),
  }),
});

export const saveEvidenceLimits = endpoint({
  method: 'PUT',
  path: '/api/evidence-limits/:limitId',
  summary:
    'Add an edition of the limits for requests from a day on, today from now on; repeating it with the same id has one effect',
  params: z.object({ limitId: EvidenceLimitId }),
  body: z.object({
    /** The edition made last that the writer has seen. */
    seenId: z.nullable(EvidenceLimitId),
    effectiveFrom: CalendarDate,
    limits: EvidenceLimits,
  }),
  response: EvidenceLimitEdition,
});
