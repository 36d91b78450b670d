import type { AttachmentState } from '@jaqyn/shared/attachments/attachment.contract';
import type { AttachmentId, PractitionerId, RequestId, SpecialtyCode, StationId } from '@jaqyn/shared/kernel/ids';
import { type Instant, toInstant } from '@jaqyn/shared/kernel/time';
import type { DomainEvents } from '../../kernel/event-bus.ts';

/** A village may be cut off for days: an upload is given up after a week in which nothing came. */
export const UPLOAD_WAIT_MS = 7 * 24 * 3600 * 1000;

export function expiryFrom(time: Date): Instant {
  return toInstant(new Date(time.getTime() + UPLOAD_WAIT_MS));
}

export function attachmentChanged(
  request: { id: string; stationId: string; practitionerId: string | null; specialty: string },
  attachmentId: AttachmentId,
  status: AttachmentState,
): DomainEvents['attachment:changed'] {
  return {
    attachmentId,
    status,
    requestId: request.id as RequestId,
    stationId: request.stationId as StationId,
    practitionerId: request.practitionerId as PractitionerId | null,
    specialty: request.specialty as SpecialtyCode,
  };
}
