import * as z from 'zod/mini';
import { ROLES } from '../auth/auth.contract.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { Instant } from '../kernel/time.ts';

export const AUDIT_KINDS = ['all', 'readings', 'changes'] as const;
export const AuditKind = z.enum(AUDIT_KINDS);
export type AuditKind = z.infer<typeof AuditKind>;

/** An entry of the log, without what only proves it. */
export const AuditLogEntry = z.object({
  seq: z.number(),
  at: Instant,
  /** Null: the system's own clocks. */
  actor: z.nullable(z.object({ displayName: z.string(), role: z.enum(ROLES) })),
  /** As it stands in the log: `consultation.sign`. */
  action: z.string(),
  entityType: z.string(),
  entityId: z.string(),
  isReading: z.boolean(),
  /** Of the request it is about, where there is one. */
  requestNumber: z.nullable(z.string()),
});
export type AuditLogEntry = z.infer<typeof AuditLogEntry>;

export const listAuditEntries = endpoint({
  method: 'GET',
  path: '/api/audit-entries',
  summary:
    'Who did and saw what, the newest first; of one request, of one person, or of everybody; looking is an entry itself',
  query: z.object({
    /** Number of a request: its entries, those of its conclusion and of its patient. */
    number: z._default(z.string().check(z.maxLength(20)), ''),
    /** Part of the name or of the login of who did it. */
    person: z._default(z.string().check(z.maxLength(80)), ''),
    kind: z._default(AuditKind, 'all'),
    /** Only entries before this one. */
    before: z.optional(z.coerce.number().check(z.int(), z.minimum(1))),
    limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(200)), 50),
  }),
  response: z.object({
    entries: z.array(AuditLogEntry),
    /** Where to go on; null at the beginning of the log. Entries may be none although there is more to look through. */
    next: z.nullable(z.number()),
    /** Entries and root of the tree now. */
    log: z.object({ size: z.number(), root: z.string() }),
    /** What the witness outside the database was told last; null where nothing was yet. */
    checkpoint: z.nullable(z.object({ size: z.number(), at: Instant })),
  }),
});
