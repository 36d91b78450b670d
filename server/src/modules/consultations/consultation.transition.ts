import {
  type ConsultationEvent,
  type ConsultationFacts,
  type ConsultationState,
  isIn,
  nextState,
} from '@jaqyn/shared/consultations/consultation.machine';
import { phaseOf } from '@jaqyn/shared/consultations/waiting-limit.contract';
import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { type Instant, toInstant } from '@jaqyn/shared/kernel/time';
import type { Tx } from '../../db/store.ts';
import type { Actor } from '../../kernel/actor.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { machineActor } from '../../kernel/machine-actor.ts';
import { auditLog } from '../audit/audit-log.ts';
import { noticeBook } from '../notices/notice-book.ts';
import { enrolConsilium } from './consilium.ts';
import { consultationRepository, type RequestRow } from './consultation.repository.ts';
import { participantRepository } from './participant.repository.ts';

/** A call that is on, or is being brought back. */
const SAME_CALL = ['in_call', 'interrupted', 'ringing'] as const satisfies readonly ConsultationState[];

/**
 * One step of the machine: compare-and-set on the state read before, with its audit row in the same transaction.
 * Throws `consultation.state_conflict` when the event does not apply, its guard says no or somebody was faster. Answers the row as
 * it is now.
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
    /** Its maker takes a decision back in time. */
    isFresh?: boolean;
  },
): Promise<RequestRow> {
  const actor = machineActor(step.actor);
  const facts = factsOf({ ...row, ...step.change }, row.askedFrom, step.isFresh ?? false);
  const to = actor && nextState(row.status, step.event, actor, facts);
  if (to === undefined) throw new DomainError('consultation.state_conflict');
  return applyTransition(tx, row, to, step);
}

function factsOf(row: RequestRow, askedFrom: ConsultationState | null, isFresh: boolean): ConsultationFacts {
  return {
    isEmergency: row.urgency === 'stat',
    hasPatient: row.patientId !== null,
    hasSpecialist: row.practitionerId !== null,
    askedFrom,
    isFresh,
  };
}

async function applyTransition(
  tx: Tx,
  row: RequestRow,
  to: ConsultationState,
  { event, actor, at, change: asked = {}, detail = {} }: Parameters<typeof transition>[2],
): Promise<RequestRow> {
  const change = { ...asked, ...clockChange(row, to, at) };
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
  // The patient agreed to an interpreter or observer of this call. One that broke off, and rings again, is still the same.
  if (isIn(row.status, ['in_call', 'interrupted']) && !isIn(to, SAME_CALL)) {
    await participantRepository.endAgreed(tx, row.id as RequestId, at);
  }
  if (to === 'in_call') await enrolConsilium(tx, { ...row, ...change }, { actor, at });
  return { ...row, ...change, status: to, statusChangedAt: at, version: row.version + 1 };
}

/**
 * The waiting clock of the state that is entered. It stands while the station is asked, and only then; what it stood is added to
 * its beginning, so that whoever reads it subtracts nothing.
 */
function clockChange(
  row: RequestRow,
  to: ConsultationState,
  at: Instant,
): Pick<RequestRow, 'askedFrom' | 'pausedAt' | 'pausedSeconds' | 'phaseSince'> {
  const askedFrom = to === 'info_requested' ? row.status : null;
  const held = row.pausedAt === null ? 0 : Math.max(0, Math.round((Date.parse(at) - Date.parse(row.pausedAt)) / 1000));
  const pausedSeconds = row.pausedSeconds + held;
  const before = phaseOf(row.status, row.askedFrom);
  const after = phaseOf(to, askedFrom);
  return {
    askedFrom,
    pausedAt: to === 'info_requested' ? at : null,
    pausedSeconds,
    phaseSince: phaseSince(),
  };

  function phaseSince(): string | null {
    if (after === undefined) return null;
    // However often it goes back and forth: who waits for a specialist has waited since the request was made.
    if (after === 'answer') return plus(row.createdAt, pausedSeconds);
    if (after === before && row.phaseSince !== null) return plus(row.phaseSince, held);
    return at;
  }
}

function plus(at: string, seconds: number): string {
  return toInstant(new Date(Date.parse(at) + seconds * 1000));
}
