import {
  type ConsultationEvent,
  type ConsultationState,
  consultationTransitions,
  nextState,
} from '@jaqyn/shared/consultations/consultation.machine';
import type { PractitionerId, RequestId } from '@jaqyn/shared/kernel/ids';
import { type Instant, localDate } from '@jaqyn/shared/kernel/time';
import type { Tx } from '../../db/store.ts';
import type { Actor } from '../../kernel/actor.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { machineActor } from '../../kernel/machine-actor.ts';
import type { Outbox } from '../../kernel/outbox.ts';
import { auditLog } from '../audit/audit-log.ts';
import { assertLicensed } from '../staff/licence-check.ts';
import { changed } from './calling.service.ts';
import { consultationRepository, FRESH_LIFE, type RequestRow } from './consultation.repository.ts';
import { transition } from './consultation.transition.ts';

/** Events by which an appointment takes its request along, in the order they are preferred. */
const SCHEDULING_EVENTS = [
  'book',
  'unbook',
  'put_on_waitlist',
  'check_in',
  'undo_check_in',
  'start_booked_call',
  'miss',
  'cancel',
  'start_triage',
  'accept_triage',
  'assign_async',
] as const satisfies ConsultationEvent[];
type SchedulingEvent = (typeof SCHEDULING_EVENTS)[number];

interface Step {
  readonly event: SchedulingEvent;
  readonly isBySystem: boolean;
}

/** Where an appointment can bring its request. */
type RequestStage =
  | 'accepted'
  | 'waitlisted'
  | 'booked'
  | 'async_assigned'
  | 'checked_in'
  | 'in_call'
  | 'no_show'
  | 'cancelled';

/**
 * The request's side of an appointment, the port `request-life.ts` of scheduling, filled here because modules lean one way.
 * Every step is one of the request's machine, compared and set, and audited.
 */
export class BookedRequestService {
  /** There already, only its specialist changes. Throws `consultation.state_conflict`, `consultation.specialist_busy`, `licence.ended`. */
  async bring(
    tx: Tx,
    outbox: Outbox,
    to: {
      requestId: RequestId;
      stage: RequestStage;
      actor: Actor | null;
      at: Instant;
      practitionerId: PractitionerId | null;
    },
  ): Promise<void> {
    const { requestId, stage, actor, at, practitionerId } = to;
    let row = await consultationRepository.find(tx, requestId);
    if (row === undefined) throw new DomainError('consultation.not_found');
    if (row.status === stage) {
      if (row.practitionerId === practitionerId) return;
      row = await this.#reassign(tx, row, practitionerId, actor, at);
    } else {
      const steps = findSteps(row.status, stage, actor);
      if (steps === undefined) throw new DomainError('consultation.state_conflict');
      for (const { event, isBySystem } of steps) {
        if (event === 'start_booked_call') await this.#assertCanBegin(tx, practitionerId, at);
        row = await transition(tx, row, {
          event,
          actor: isBySystem ? null : actor,
          at,
          change: changeOf(event, practitionerId, row, at),
        });
      }
      // A check-in that came or went says nothing of the specialist; the move it went with does.
      if (practitionerId !== null && row.practitionerId !== practitionerId) {
        row = await this.#reassign(tx, row, practitionerId, actor, at);
      }
    }
    outbox.push(changed(row, actor));
  }

  /**
   * A request for a later date of a series: patient, question and urgency of its source, and a life of its own. Accepted, as a part of
   * what was accepted; its appointment brings it on.
   */
  async createFollowUp(
    tx: Tx,
    outbox: Outbox,
    from: { sourceId: RequestId; requestId: RequestId; actor: Actor; at: Instant },
  ): Promise<void> {
    const { sourceId, requestId, actor, at } = from;
    const source = await consultationRepository.find(tx, sourceId);
    if (source === undefined) throw new DomainError('consultation.not_found');
    if ((await consultationRepository.find(tx, requestId)) !== undefined)
      throw new DomainError('idempotency.key_reused');
    const year = Number(localDate(at).slice(0, 4));
    const sequence = await consultationRepository.takeNumber(tx, year);
    const row: RequestRow = {
      ...source,
      ...FRESH_LIFE,
      isPlanned: true,
      region: source.region,
      isWritten: false,
      id: requestId,
      number: `${year}-${String(sequence).padStart(6, '0')}`,
      // As if the coordinator had accepted it: it is a part of what was accepted.
      status: 'accepted',
      version: 1,
      requestedBy: actor.userId,
      practitionerId: null,
      ringDeadline: null,
      createdAt: at,
      statusChangedAt: at,
      answeredAt: null,
      endedAt: null,
      cancelReason: null,
    };
    await consultationRepository.insert(tx, row);
    await auditLog.append(tx, {
      at,
      actor,
      action: 'consultation.create_follow_up',
      entityType: 'consultation',
      entityId: requestId,
      detail: { sourceId },
    });
    outbox.push(changed(row, actor));
  }

  async #reassign(
    tx: Tx,
    row: RequestRow,
    practitionerId: PractitionerId | null,
    actor: Actor | null,
    at: Instant,
  ): Promise<RequestRow> {
    await consultationRepository.touch(tx, row.id as RequestId, { practitionerId });
    await auditLog.append(tx, {
      at,
      actor,
      action: 'consultation.reassign',
      entityType: 'consultation',
      entityId: row.id,
      detail: { from: row.practitionerId, to: practitionerId },
    });
    return { ...row, practitionerId, version: row.version + 1 };
  }

  async #assertCanBegin(tx: Tx, practitionerId: PractitionerId | null, at: Instant): Promise<void> {
    if (practitionerId === null) return;
    if (await consultationRepository.isInCall(tx, practitionerId))
      throw new DomainError('consultation.specialist_busy');
    await assertLicensed(tx, practitionerId, at);
  }
}

/** The specialist of a booked request is who it is booked with; of one that waits, nobody. */
function changeOf(
  event: SchedulingEvent,
  practitionerId: PractitionerId | null,
  row: RequestRow,
  at: Instant,
): Partial<RequestRow> {
  switch (event) {
    case 'book':
    case 'assign_async':
      return { practitionerId };
    case 'unbook':
    case 'put_on_waitlist':
      return { practitionerId: null };
    case 'start_booked_call':
      return { answeredAt: row.answeredAt ?? at, endedAt: null };
    case 'cancel':
      return { cancelReason: '—', endedAt: at };
    case 'check_in':
    case 'undo_check_in':
    case 'miss':
    case 'start_triage':
    case 'accept_triage':
      return {};
  }
}

/** The shortest way through the machine by events of scheduling; a step the actor may not take is the system's where it may. */
function findSteps(from: ConsultationState, to: RequestStage, actor: Actor | null): Step[] | undefined {
  const part = machineActor(actor);
  if (part === undefined) return undefined;
  const ways = new Map<ConsultationState, Step[]>([[from, []]]);
  for (const [state, way] of ways) {
    if (state === to) return way;
    for (const event of SCHEDULING_EVENTS) {
      const mine = nextState(state, event, part);
      const next = mine ?? nextState(state, event, 'system');
      // What only people may say is not said by the way: a call begins, a patient is missed, a request ends when that was asked for.
      const isEnd = consultationTransitions[event].to === to;
      const isByTheWay = event !== 'start_booked_call' && event !== 'miss' && event !== 'cancel';
      if (next === undefined || ways.has(next) || !(isEnd || isByTheWay)) continue;
      ways.set(next, [...way, { event, isBySystem: mine === undefined }]);
    }
  }
  return undefined;
}
