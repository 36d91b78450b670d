import type { Consultation, DeclineReason } from '@jaqyn/shared/consultations/consultation.contract';
import { isIn, RINGING_STATES } from '@jaqyn/shared/consultations/consultation.machine';
import type { PractitionerId, RequestId, SpecialtyCode } from '@jaqyn/shared/kernel/ids';
import { type Instant, toInstant } from '@jaqyn/shared/kernel/time';
import type { Store, Tx } from '../../db/store.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { Clock } from '../../kernel/clock.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import type { DomainEvents, EventBus, RingStopReason } from '../../kernel/event-bus.ts';
import { newId } from '../../kernel/ids.ts';
import { type Outbox, publishAll } from '../../kernel/outbox.ts';
import { auditLog } from '../audit/audit-log.ts';
import type { OnCallPractitioner, StaffService } from '../staff/staff.service.ts';
import type { ConsultationLoader } from './consultation.loader.ts';
import { consultationRepository, type RequestRow } from './consultation.repository.ts';
import { transition } from './consultation.transition.ts';
import { ringRepository } from './ring.repository.ts';

interface Dependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly bus: EventBus;
  readonly staff: Pick<StaffService, 'listOnCall'>;
  readonly loader: ConsultationLoader;
  /** Seconds a rung rings. */
  readonly ringSeconds: number;
}

/** Ringing, answering, declining, the ladder, and the call's own ups and downs. */
export class CallingService {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #bus: EventBus;
  readonly #staff: Pick<StaffService, 'listOnCall'>;
  readonly #loader: ConsultationLoader;
  readonly #ringSeconds: number;

  constructor({ store, clock, bus, staff, loader, ringSeconds }: Dependencies) {
    this.#store = store;
    this.#clock = clock;
    this.#bus = bus;
    this.#staff = staff;
    this.#loader = loader;
    this.#ringSeconds = ringSeconds;
  }

  /** Runs one unit of work and publishes what it collected once it is durable. */
  async run<T>(work: (tx: Tx, outbox: Outbox) => Promise<T>): Promise<T> {
    let outbox: Outbox = [];
    const result = await this.#store.transaction((tx) => {
      outbox = [];
      return work(tx, outbox);
    });
    publishAll(this.#bus, outbox);
    return result;
  }

  /** Starts the ladder for a request that is `ringing`; with nobody on call it waits in triage and is not lost. */
  async startRinging(tx: Tx, row: RequestRow, at: Instant, outbox: Outbox): Promise<RequestRow> {
    const rung = await this.#findRung(tx, row, at, 0);
    if (rung.length === 0) {
      const waiting = await transition(tx, row, {
        event: 'exhaust_ladder',
        actor: null,
        at,
        change: { ringDeadline: null },
        detail: { why: 'nobody_on_call' },
      });
      outbox.push(changed(waiting, null));
      return waiting;
    }
    await this.#ring(tx, row, rung, at, outbox);
    return row;
  }

  /** Rings again after nobody answered; while it rings, again is harmless. */
  callAgain(actor: Actor, id: RequestId): Promise<Consultation> {
    const at = this.#clock.instant();
    return this.run(async (tx, outbox) => {
      const row = await this.#loader.getRow(tx, actor, 'act_as_station', id);
      if (isIn(row.status, RINGING_STATES)) return this.#loader.getView(tx, id);
      const ringing = await transition(tx, row, {
        event: 'call_now',
        actor,
        at,
        // What was to be planned cannot wait after all.
        change: { ringDeadline: this.#deadline(at), isPlanned: false },
      });
      outbox.push(changed(await this.startRinging(tx, ringing, at, outbox), actor));
      return this.#loader.getView(tx, id);
    });
  }

  /**
   * The first to answer has the call; answering again as the one who has it is harmless. Throws
   * `consultation.answered_elsewhere` to the others and `consultation.specialist_busy` while in another call.
   */
  answer(actor: Actor, id: RequestId): Promise<Consultation> {
    const at = this.#clock.instant();
    return this.run(async (tx, outbox) => {
      const { practitionerId } = actor;
      if (practitionerId === null) throw new DomainError('practitioner.not_found');
      const found = await consultationRepository.find(tx, id);
      const wasRung = await ringRepository.wasRung(tx, id, practitionerId);
      if (found !== undefined && wasRung && found.practitionerId !== null && found.practitionerId !== practitionerId) {
        throw new DomainError('consultation.answered_elsewhere');
      }
      let row = await this.#loader.getRow(tx, actor, 'answer', id);
      if (row.practitionerId === practitionerId && row.status === 'in_call') return this.#loader.getView(tx, id);
      if (await consultationRepository.isInCall(tx, practitionerId)) {
        throw new DomainError('consultation.specialist_busy');
      }
      if (isIn(row.status, ['interrupted', 'conclusion_draft', 'awaiting_signature'])) {
        row = await transition(tx, row, { event: 'resume_call', actor, at, change: { endedAt: null } });
        outbox.push(changed(row, actor));
        return this.#loader.getView(tx, id);
      }
      if (row.status === 'in_triage') {
        row = await transition(tx, row, { event: 'accept_triage', actor, at });
        row = await transition(tx, row, { event: 'call_now', actor, at });
      }
      row = await transition(tx, row, {
        event: 'answer',
        actor,
        at,
        change: { practitionerId, answeredAt: row.answeredAt ?? at, ringDeadline: null },
      });
      await this.#stopRinging(tx, row, 'answered', at, outbox, practitionerId);
      outbox.push(changed(row, actor));
      return this.#loader.getView(tx, id);
    });
  }

  /** The next on call rings when the last of this rung has declined. Again is harmless. */
  async decline(actor: Actor, id: RequestId, reason: DeclineReason, note: string): Promise<void> {
    const at = this.#clock.instant();
    await this.run(async (tx, outbox) => {
      const { practitionerId } = actor;
      if (practitionerId === null) throw new DomainError('practitioner.not_found');
      if (await ringRepository.hasDeclined(tx, id, practitionerId)) return;
      const row = await this.#loader.getRow(tx, actor, 'decline', id);
      const rank = await ringRepository.ringingRank(tx, id);
      await ringRepository.endOne(tx, id, practitionerId, {
        outcome: 'declined',
        endedAt: at,
        declineReason: reason,
        declineNote: note,
      });
      await auditLog.append(tx, {
        at,
        actor,
        action: 'consultation.decline_call',
        entityType: 'consultation',
        entityId: id,
        detail: { reason },
      });
      outbox.push(['ring:stopped', { requestId: id, userIds: [actor.userId], why: 'declined' }]);
      if ((await ringRepository.listRinging(tx, id)).length > 0) {
        await consultationRepository.touch(tx, id);
        outbox.push(changed({ ...row, version: row.version + 1 }, actor));
        return;
      }
      await this.#nextRung(tx, row, rank, actor, at, outbox);
    });
  }

  /**
   * The rungs that ran out go up the ladder; called by the clock, safe to call at any time and after a restart. A deadline
   * further away than a rung rings was set before the clock stepped back: better a rung too short than one that rings for hours.
   * Throws what went wrong after all of them had their turn: one request must not keep the others from ringing.
   */
  async escalateDue(): Promise<void> {
    const at = this.#clock.instant();
    const due = await this.#store.read((tx) => consultationRepository.listRingsDue(tx, at, this.#deadline(at)));
    const failures: unknown[] = [];
    for (const id of due) {
      try {
        await this.#escalateOne(id, at);
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, `${failures.length} of ${due.length} rungs`);
  }

  async #escalateOne(id: RequestId, at: Instant): Promise<void> {
    await this.run(async (tx, outbox) => {
      const row = await consultationRepository.find(tx, id);
      // Answered or cancelled meanwhile.
      if (row === undefined || row.ringDeadline === null) return;
      if (row.ringDeadline > at && row.ringDeadline <= this.#deadline(at)) return;
      if (!isIn(row.status, RINGING_STATES)) return;
      await this.#nextRung(tx, row, await ringRepository.ringingRank(tx, id), null, at, outbox);
    });
  }

  /** Stops every ring of a request, in the caller's unit of work. */
  async cancelRinging(tx: Tx, row: RequestRow, at: Instant, outbox: Outbox): Promise<void> {
    await this.#stopRinging(tx, row, 'cancelled', at, outbox);
  }

  /** The specialist ends the call; the request stays open for the conclusion. Again is harmless. */
  endCall(actor: Actor, id: RequestId): Promise<Consultation> {
    const at = this.#clock.instant();
    return this.run(async (tx, outbox) => {
      const row = await this.#loader.getRow(tx, actor, 'end_call', id);
      if (!isIn(row.status, ['conclusion_draft', 'awaiting_signature', 'signed'])) {
        const ended = await transition(tx, row, { event: 'end_call', actor, at, change: { endedAt: at } });
        outbox.push(changed(ended, actor));
      }
      return this.#loader.getView(tx, id);
    });
  }

  /** The media room tells whether both sides are there; a call with one side missing is interrupted, never closed. */
  async roomPresenceChanged(id: RequestId, bothPresent: boolean): Promise<void> {
    const at = this.#clock.instant();
    await this.run(async (tx, outbox) => {
      const row = await consultationRepository.find(tx, id);
      if (row === undefined) return;
      if (bothPresent && row.status === 'interrupted') {
        // The specialist may have taken another call meanwhile; then the people decide, not the room.
        if (
          row.practitionerId !== null &&
          (await consultationRepository.isInCall(tx, row.practitionerId as PractitionerId))
        ) {
          return;
        }
        outbox.push(changed(await transition(tx, row, { event: 'reconnect', actor: null, at }), null));
      } else if (!bothPresent && row.status === 'in_call') {
        outbox.push(changed(await transition(tx, row, { event: 'interrupt', actor: null, at }), null));
      }
    });
  }

  /** Calls the database believes in, for the room registry to compare with what lives after a restart. */
  listLiveCalls(): Promise<RequestId[]> {
    return this.#store.read((tx) => consultationRepository.listIdsInState(tx, 'in_call'));
  }

  /** `afterRank`: the rung that rang until now. */
  async #nextRung(
    tx: Tx,
    row: RequestRow,
    afterRank: number,
    actor: Actor | null,
    at: Instant,
    outbox: Outbox,
  ): Promise<void> {
    const rung = await this.#findRung(tx, row, at, afterRank);
    await this.#stopRinging(tx, row, rung.length > 0 ? 'escalated' : 'exhausted', at, outbox);
    if (rung.length === 0) {
      const waiting = await transition(tx, row, { event: 'exhaust_ladder', actor, at, change: { ringDeadline: null } });
      outbox.push(changed(waiting, actor));
      return;
    }
    const escalated = await transition(tx, row, {
      event: 'escalate',
      actor,
      at,
      change: { ringDeadline: this.#deadline(at) },
      detail: { rank: rung[0]?.rank ?? 0 },
    });
    await this.#ring(tx, escalated, rung, at, outbox);
    outbox.push(changed(escalated, actor));
  }

  /** The lowest rank above `afterRank` that has somebody on call. */
  async #findRung(tx: Tx, row: RequestRow, at: Instant, afterRank: number): Promise<OnCallPractitioner[]> {
    const onCall = await this.#staff.listOnCall(tx, at, row.specialty as SpecialtyCode);
    const above = onCall.filter((practitioner) => practitioner.rank > afterRank);
    return above.filter((practitioner) => practitioner.rank === above[0]?.rank);
  }

  async #ring(tx: Tx, row: RequestRow, rung: OnCallPractitioner[], at: Instant, outbox: Outbox): Promise<void> {
    const requestId = row.id as RequestId;
    for (const { practitionerId, rank } of rung) {
      await ringRepository.insert(tx, { id: newId<string>(), requestId, practitionerId, rank, startedAt: at });
    }
    outbox.push(['ring:started', { requestId, userIds: rung.map((practitioner) => practitioner.userId) }]);
  }

  async #stopRinging(
    tx: Tx,
    row: RequestRow,
    why: RingStopReason,
    at: Instant,
    outbox: Outbox,
    answeredBy?: PractitionerId,
  ): Promise<void> {
    const requestId = row.id as RequestId;
    // The one who answered too: the ring must fall silent in their other tabs.
    const userIds = await ringRepository.listRingingUsers(tx, requestId);
    if (answeredBy !== undefined) {
      await ringRepository.endOne(tx, requestId, answeredBy, { outcome: 'answered', endedAt: at });
    }
    const outcome = { answered: 'answered_elsewhere', cancelled: 'cancelled', declined: 'declined' } as const;
    await ringRepository.endAll(tx, requestId, why in outcome ? outcome[why as keyof typeof outcome] : 'timed_out', at);
    if (userIds.length > 0) outbox.push(['ring:stopped', { requestId, userIds, why }]);
  }

  #deadline(at: Instant): Instant {
    return toInstant(new Date(Date.parse(at) + this.#ringSeconds * 1000));
  }

  /** When the first rung of a new request runs out. */
  firstDeadline(at: Instant): Instant {
    return this.#deadline(at);
  }
}

/** The event that tells everyone concerned that a request is not what it was. */
export function changed(
  row: RequestRow,
  actor: Actor | null,
): ['consultation:changed', DomainEvents['consultation:changed']] {
  return [
    'consultation:changed',
    {
      requestId: row.id as RequestId,
      status: row.status,
      version: row.version,
      stationId: row.stationId as DomainEvents['consultation:changed']['stationId'],
      specialty: row.specialty as SpecialtyCode,
      practitionerId: row.practitionerId as PractitionerId | null,
      actorId: actor?.userId ?? null,
    },
  ];
}
