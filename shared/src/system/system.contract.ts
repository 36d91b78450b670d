import * as z from 'zod/mini';
import { endpoint } from '../kernel/endpoint.ts';
import { Instant } from '../kernel/time.ts';

export const getHealth = endpoint({
  method: 'GET',
  path: '/api/health',
  summary: 'Whether this server can take consults; 503 when it cannot',
  response: z.object({
    status: z.enum(['ok', 'degraded']),
    version: z.string(),
    uptimeSeconds: z.number(),
    /** Media workers: how many run, of how many there should be. */
    workers: z.object({ running: z.number(), wanted: z.number() }),
    /** `damaged`: it answers, and reading it through found pages that are no longer what they were. */
    database: z.enum(['ok', 'failing', 'damaged']),
    /** When all of it was read through last; null until the first time since the start. */
    databaseCheckedAt: z.nullable(Instant),
    /** Holds demo data: screens may say so and offer the demo accounts. */
    isDemo: z.boolean(),
  }),
});
