import type { ParticipantId, RequestId } from '@jaqyn/shared/kernel/ids';
import type { Instant } from '@jaqyn/shared/kernel/time';
import type { Tx } from '../../db/store.ts';
import type { Actor } from '../../kernel/actor.ts';
import { newId } from '../../kernel/ids.ts';
import { auditLog } from '../audit/audit-log.ts';
import { noticeBook } from '../notices/notice-book.ts';
import type { RequestRow } from './consultation.repository.ts';
import { participantRepository } from './participant.repository.ts';

/**
 * The call begins: the other specialists of the appointment have their part in it from here on, and are told. Who was sent out of an
 * earlier call of this request is not let in again by its appointment.
 */
export async function enrolConsilium(
  tx: Tx,
  row: RequestRow,
  { actor, at }: { readonly actor: Actor | null; readonly at: Instant },
): Promise<void> {
  const requestId = row.id as RequestId;
  for (const { userId, practitionerId } of await participantRepository.listNewMembers(tx, requestId)) {
    if (practitionerId === row.practitionerId) continue;
    const id = newId<ParticipantId>();
    await participantRepository.insert(tx, {
      id,
      requestId,
      userId,
      type: 'consultant',
      invitedBy: null,
      invitedAt: at,
      consentBy: null,
      consentAt: null,
      removedBy: null,
      removedAt: null,
    });
    await auditLog.append(tx, {
      at,
      actor,
      action: 'consultation.enrol_participant',
      entityType: 'consultation',
      entityId: requestId,
      detail: { participantId: id, userId, type: 'consultant' },
    });
    await noticeBook.tellInvited(tx, requestId, { key: id, userId }, { at, actorId: actor?.userId ?? null });
  }
}
