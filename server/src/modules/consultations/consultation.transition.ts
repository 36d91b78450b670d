import {
  type ConsultationEvent,
  type ConsultationState,
  nextState,
} from '@jaqyn/shared/consultations/consultation.machine';
import type { RequestId } from '@jaqyn/shared/kernel/ids';
import type { Instant } from '@jaqyn/shared/kernel/time';
import type { Tx } from '../../db/store.ts';
import type { Actor } from '../../kernel/actor.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { machineActor } from '../../kernel/machine-actor.ts';
import { auditLog } from '../audit/audit-log.ts';
import { noticeBook } from '../notices/notice-book.ts';
import { consultationRepository, type RequestRow } from './consultation.repository.ts';

/**
 * One step of the machine: compare-and-set on the state read before, with its audit row in the same transaction.
 * Throws `consultation.state_conflict` when the event does not apply or somebody was faster. Answers the row as it is now.
 */
export async function transition(
  tx: Tx,
  row: RequestRow,
  step: {
    event: ConsultationEvent;
    actor: Actor | null;
    at: Instant;
    change?: Partial<RequestRow>;
    detail?: Readonly<Record<string, string | number | boolean | null>>;
  },
): Promise<RequestRow> {
  const actor = machineActor(step.actor);
  const to = actor && nextState(row.status, step.event, actor);
  if (to === undefined) throw new DomainError('consultation.state_conflict');
  return applyTransition(tx, row, to, step);
}

async function applyTransition(
  tx: Tx,
  row: RequestRow,
  to: ConsultationState,
  { event, actor, at, change = {}, detail = {} }: Parameters<typeof transition>[2],
): Promise<RequestRow> {
  const moved = await consultationRepository.move(tx, row.id as RequestId, row.status, {
    ...change,
    status: to,
    statusChangedAt: at,
  });
  if (!moved) throw new DomainError('consultation.state_conflict');
  await auditLog.append(tx, {
    at,
    actor,
    action: `consultation.${event}`,
    entityType: 'consultation',
    entityId: row.id,
    detail: { from: row.status, to, ...detail },
  });
  if (to === 'signed' || to === 'amended') {
    await noticeBook.conclusionSigned(tx, row.id as RequestId, row.version + 1, { at, actorId: actor?.userId ?? null });
  }
  return { ...row, ...change, status: to, statusChangedAt: at, version: row.version + 1 };
}
