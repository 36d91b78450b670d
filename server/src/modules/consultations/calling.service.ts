import type { Consultation, DeclineReason } from '@jaqyn/shared/consultations/consultation.contract';
import { isIn, RINGING_STATES } from '@jaqyn/shared/consultations/consultation.machine';
import type { PractitionerId, RequestId, SpecialtyCode } from '@jaqyn/shared/kernel/ids';
import { type Instant, toInstant } from '@jaqyn/shared/kernel/time';
import type { RungOutcome } from '@jaqyn/shared/ladders/ladder.contract';
import type { Store, Tx } from '../../db/store.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { Clock } from '../../kernel/clock.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import type { DomainEvents, EventBus, RingStopReason } from '../../kernel/event-bus.ts';
import { type Outbox, publishAll } from '../../kernel/outbox.ts';
import { auditLog } from '../audit/audit-log.ts';
import type { LadderService } from '../ladders/ladder.service.ts';
import { assertLicensed } from '../staff/licence-check.ts';
import { CallLadder } from './call-ladder.ts';
import { callRungRepository } from './call-rung.repository.ts';
import type { ConsultationLoader } from './consultation.loader.ts';
import { consultationRepository, type RequestRow } from './consultation.repository.ts';
import { transition } from './consultation.transition.ts';
import { ringRepository } from './ring.repository.ts';
import { findWaitingLimits } from './waiting-limit.service.ts';

interface Dependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly bus: EventBus;
  readonly ladders: LadderService;
  readonly loader: ConsultationLoader;
}

/** Ringing, answering, declining, the ladder, and the call's own ups and downs. */
export class CallingService {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #bus: EventBus;
  readonly #loader: ConsultationLoader;
  readonly #ladder: CallLadder;

  constructor({ store, clock, bus, ladders, loader }: Dependencies) {
    this.#store = store;
    this.#clock = clock;
    this.#bus = bus;
    this.#loader = loader;
    this.#ladder = new CallLadder(ladders);
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

  /**
   * Calls now, from wherever the request stands: from the bottom of the ladder, or first `first`, who was asked for by name or had the
   * call before. With nobody to ring it waits in triage and is not lost. Pushes what is to be told.
   */
  async startCall(
    tx: Tx,
    row: RequestRow,
    step: {
      readonly actor: Actor;
      readonly at: Instant;
      readonly outbox: Outbox;
      readonly first?: PractitionerId | undefined;
      readonly change?: Partial<RequestRow>;
    },
  ): Promise<RequestRow> {
    const { actor, at, outbox, first } = step;
    const ladderId = await this.#ladder.choose(tx, row, at);
    const ringing = await transition(tx, row, {
      event: 'call_now',
      actor,
      at,
      // What was to be planned or written cannot wait after all.
      change: { isPlanned: false, isWritten: false, ...step.change, ladderId, callAttempt: row.callAttempt + 1 },
    });
    const rung = await this.#ladder.climb(tx, ringing, at, outbox, first);
    if (rung !== undefined) {
      await consultationRepository.setRingDeadline(tx, row.id as RequestId, rung.endsAt);
      outbox.push(changed(ringing, actor));
      return { ...ringing, ringDeadline: rung.endsAt };
    }
    const waiting = await transition(tx, ringing, {
      event: 'exhaust_ladder',
      actor: null,
      at,
      change: { ringDeadline: null, practitionerId: null },
      detail: { why: 'nobody_on_call' },
    });
    outbox.push(changed(waiting, actor));
    return waiting;
  }

  /** Rings again after nobody answered, or after the call broke off: then first whoever had it. While it rings, again is harmless. */
  callAgain(actor: Actor, id: RequestId): Promise<Consultation> {
    const at = this.#clock.instant();
    return this.run(async (tx, outbox) => {
      const row = await this.#loader.getRow(tx, actor, 'act_as_station', id);
      if (isIn(row.status, RINGING_STATES)) return this.#loader.getView(tx, id);
      const first = (row.practitionerId ?? undefined) as PractitionerId | undefined;
      await this.startCall(tx, row, { actor, at, outbox, first });
      return this.#loader.getView(tx, id);
    });
  }

  /**
   * The first to answer has the call; answering again as the one who has it is harmless. Throws
   * `consultation.answered_elsewhere` to the others, `consultation.specialist_busy` while in another call and `licence.ended`; a call of
   * one's own that broke off goes on whatever the day is.
   */
  answer(actor: Actor, id: RequestId): Promise<Consultation> {
    const at = this.#clock.instant();
    return this.run(async (tx, outbox) => {
      const { practitionerId } = actor;
      if (practitionerId === null) throw new DomainError('practitioner.not_found');
      const found = await consultationRepository.find(tx, id);
      const wasRung = await ringRepository.wasRung(tx, id, practitionerId);
      if (found !== undefined && wasRung) {
        if (found.status === 'cancelled') throw new DomainError('consultation.cancelled');
        const isElsewhere = found.practitionerId !== null && found.practitionerId !== practitionerId;
        if (isElsewhere && !isIn(found.status, RINGING_STATES))
          throw new DomainError('consultation.answered_elsewhere');
      }
      let row = await this.#loader.getRow(tx, actor, 'answer', id);
      if (row.practitionerId === practitionerId && row.status === 'in_call') return this.#loader.getView(tx, id);
      if (await consultationRepository.isInCall(tx, practitionerId)) {
        throw new DomainError('consultation.specialist_busy');
      }
      if (isIn(row.status, ['interrupted', 'async_assigned', 'conclusion_draft', 'awaiting_signature'])) {
        await this.resume(tx, row, { actor, at, outbox });
        return this.#loader.getView(tx, id);
      }
      await assertLicensed(tx, practitionerId, at);
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
      await this.#stopRinging(tx, row, 'answered', at, outbox, { rung: 'answered', answeredBy: practitionerId });
      outbox.push(changed(row, actor));
      return this.#loader.getView(tx, id);
    });
  }

  /** The specialist of a request is back in its call. Throws `consultation.specialist_busy`. */
  async resume(
    tx: Tx,
    row: RequestRow,
    { actor, at, outbox }: { readonly actor: Actor; readonly at: Instant; readonly outbox: Outbox },
  ): Promise<RequestRow> {
    const practitionerId = row.practitionerId as PractitionerId | null;
    if (practitionerId !== null && (await consultationRepository.isInCall(tx, practitionerId))) {
      throw new DomainError('consultation.specialist_busy');
    }
    const change = { endedAt: null, answeredAt: row.answeredAt ?? at };
    const resumed = await transition(tx, row, { event: 'resume_call', actor, at, change });
    outbox.push(changed(resumed, actor));
    return resumed;
  }

  /** The next on call rings when the last of this rung has declined. Again is harmless. */
  async decline(actor: Actor, id: RequestId, reason: DeclineReason, note: string): Promise<void> {
    const at = this.#clock.instant();
    await this.run(async (tx, outbox) => {
      const { practitionerId } = actor;
      if (practitionerId === null) throw new DomainError('practitioner.not_found');
      if (await ringRepository.hasDeclined(tx, id, practitionerId)) return;
      const row = await this.#loader.getRow(tx, actor, 'decline', id);
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
      await this.#nextRung(tx, row, actor, at, outbox);
    });
  }

  /**
   * The rungs that ran out go up the ladder; called by the clock, safe to call at any time and after a restart. One that began
   * later than now was begun before the clock stepped back: better a rung too short than one that rings for hours.
   * Throws what went wrong after all of them had their turn: one request must not keep the others from ringing.
   */
  async escalateDue(): Promise<void> {
    const at = this.#clock.instant();
    const due = await this.#store.read(async (tx) => [
      ...new Set([
        ...(await consultationRepository.listRingsDue(tx, at)),
        ...(await callRungRepository.listBegunAfter(tx, at)),
      ]),
    ]);
    await eachInTurn(due, 'rungs', (id) => this.#escalateOne(id, at));
  }

  async #escalateOne(id: RequestId, at: Instant): Promise<void> {
    await this.run(async (tx, outbox) => {
      const row = await consultationRepository.find(tx, id);
      // Answered or cancelled meanwhile.
      if (row === undefined || row.ringDeadline === null || !isIn(row.status, RINGING_STATES)) return;
      if (row.ringDeadline > at && !(await callRungRepository.listBegunAfter(tx, at)).includes(id)) return;
      await this.#nextRung(tx, row, null, at, outbox);
    });
  }

  /** Calls that broke off too long ago become cases for an answer in writing, with everything in them. Called by the clock. */
  async settleInterrupted(): Promise<void> {
    const at = this.#clock.instant();
    const due = await this.#store.read(async (tx) => {
      const { interruptionMinutes } = await findWaitingLimits(tx, at);
      const before = toInstant(new Date(Date.parse(at) - interruptionMinutes * 60_000));
      return consultationRepository.listInterruptedBefore(tx, before);
    });
    await eachInTurn(due, 'interrupted calls', (id) =>
      this.run(async (tx, outbox) => {
        const row = await consultationRepository.find(tx, id);
        if (row?.status !== 'interrupted') return;
        const detail = { why: 'interruption_limit' };
        const change = { isWritten: true, isPlanned: false };
        outbox.push(
          changed(await transition(tx, row, { event: 'assign_async', actor: null, at, change, detail }), null),
        );
      }),
    );
  }

  /** Stops every ring of a request, in the caller's unit of work. */
  async cancelRinging(tx: Tx, row: RequestRow, at: Instant, outbox: Outbox): Promise<void> {
    await this.#stopRinging(tx, row, 'cancelled', at, outbox, { rung: 'cancelled' });
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

  async #nextRung(tx: Tx, row: RequestRow, actor: Actor | null, at: Instant, outbox: Outbox): Promise<void> {
    // Told in this order: the phones of this rung fall silent, those of the next begin.
    const told: Outbox = [];
    const stopped: Outbox = [];
    const users = await ringRepository.listRingingUsers(tx, row.id as RequestId);
    await this.#endRung(tx, row, at, actor === null ? 'timed_out' : 'declined');
    const rung = await this.#ladder.climb(tx, row, at, told);
    if (users.length > 0) {
      const why = rung === undefined ? 'exhausted' : 'escalated';
      stopped.push(['ring:stopped', { requestId: row.id as RequestId, userIds: users, why }]);
    }
    outbox.push(...stopped, ...told);
    const next = await transition(
      tx,
      row,
      rung === undefined
        ? { event: 'exhaust_ladder', actor, at, change: { ringDeadline: null, practitionerId: null } }
        : {
            event: 'escalate',
            actor,
            at,
            change: { ringDeadline: rung.endsAt },
            detail: { rank: rung.position, kind: rung.kind },
          },
    );
    outbox.push(changed(next, actor));
  }

  async #endRung(tx: Tx, row: RequestRow, at: Instant, rung: RungOutcome): Promise<void> {
    const outcome = { answered: 'answered_elsewhere', cancelled: 'cancelled' } as const;
    const ofOthers = rung in outcome ? outcome[rung as keyof typeof outcome] : 'timed_out';
    await ringRepository.endAll(tx, row.id as RequestId, ofOthers, at);
    await callRungRepository.end(tx, row.id as RequestId, rung, at);
  }

  async #stopRinging(
    tx: Tx,
    row: RequestRow,
    why: RingStopReason,
    at: Instant,
    outbox: Outbox,
    { rung, answeredBy }: { readonly rung: RungOutcome; readonly answeredBy?: PractitionerId },
  ): Promise<void> {
    const requestId = row.id as RequestId;
    // The one who answered too: the ring must fall silent in their other tabs.
    const userIds = await ringRepository.listRingingUsers(tx, requestId);
    if (answeredBy !== undefined) {
      await ringRepository.endOne(tx, requestId, answeredBy, { outcome: 'answered', endedAt: at });
    }
    await this.#endRung(tx, row, at, rung);
    if (userIds.length > 0) outbox.push(['ring:stopped', { requestId, userIds, why }]);
  }
}

/** One after another; throws what went wrong after all of them had their turn. */
async function eachInTurn(
  ids: readonly RequestId[],
  what: string,
  work: (id: RequestId) => Promise<void>,
): Promise<void> {
  const failures: unknown[] = [];
  for (const id of ids) {
    try {
      await work(id);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} of ${ids.length} ${what}`);
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
