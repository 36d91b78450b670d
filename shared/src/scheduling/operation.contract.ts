import * as z from 'zod/mini';
import { AppointmentId, OperationId, PractitionerId } from '../kernel/ids.ts';
import { Instant } from '../kernel/time.ts';
import { APPOINTMENT_STATES } from './appointment.machine.ts';
import { CONFLICT_CODES } from './placement.ts';

/** For how long a move, a booking or a cancellation can be taken back. */
export const UNDO_SECONDS = 10;

/**
 * What one change did. Stored with the change: the same operation sent again answers the same receipt and has no second effect;
 * the same id with another content, or from another user, is `idempotency.key_reused`.
 */
export const Receipt = z.object({
  operationId: OperationId,
  at: Instant,
  /** Appointments as the operation left them. */
  appointments: z.array(
    z.object({
      id: AppointmentId,
      status: z.enum(APPOINTMENT_STATES),
      version: z.number(),
      startsAt: z.nullable(Instant),
    }),
  ),
  /** Until when it can be undone; null: it cannot. */
  undoUntil: z.nullable(Instant),
  /** How many of something else it made, for example templates of an import. */
  added: z.optional(z.number()),
});
export type Receipt = z.infer<typeof Receipt>;

/** One thing that stands against a placement, or that somebody should know of it. */
export const Conflict = z.object({
  code: z.enum(CONFLICT_CODES),
  severity: z.enum(['refuses', 'warns']),
  /** Whose time it is about. */
  practitionerId: z.optional(PractitionerId),
  practitionerName: z.optional(z.string()),
  /** What is there already, where the caller may know. */
  startsAt: z.optional(Instant),
  endsAt: z.optional(Instant),
  appointmentId: z.optional(AppointmentId),
  /** Until when somebody else holds it. */
  heldUntil: z.optional(Instant),
  /** Equipment that the station lacks. */
  equipment: z.optional(z.array(z.string())),
});
export type Conflict = z.infer<typeof Conflict>;

/** Body fields of every change. */
export const operationFields = { operationId: OperationId };
