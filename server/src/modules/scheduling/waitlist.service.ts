import type {
  AppointmentId,
  HoldId,
  OperationId,
  PractitionerId,
  RequestId,
  SpecialtyCode,
} from '@jaqyn/shared/kernel/ids';
import { type Instant, toInstant } from '@jaqyn/shared/kernel/time';
import type { Changed } from '@jaqyn/shared/scheduling/appointment.contract';

import type { BookableMode } from '@jaqyn/shared/scheduling/roster';
import type { Fit, WaitlistEntry, WaitlistWishes } from '@jaqyn/shared/scheduling/waitlist.contract';
import type { Tx } from '../../db/store.ts';
import type { Actor } from '../../kernel/actor.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { newId } from '../../kernel/ids.ts';
import { type AppointmentRow, appointmentRepository } from './appointment.repository.ts';
import type { OnVersion } from './appointment.service.ts';
import { listAppointmentViews } from './appointment.view.ts';
import { type AppointmentBook, myRegion } from './appointment-book.ts';
import { toChanged } from './changed.ts';
import type { ScheduleRunner, Unit } from './schedule-runner.ts';
import { findSlot } from './slot-finder.ts';
import { type WaitingRow, waitlistRepository } from './waitlist.repository.ts';
import { findFits } from './waitlist-fit.ts';
import { fromBits, toBits } from './weekday-bits.ts';

interface Dependencies {
  readonly runner: ScheduleRunner;
  readonly book: AppointmentBook;
}

/** Patients who wait for a slot, and slots that wait for a patient. */
export class WaitlistService {
  readonly #runner: ScheduleRunner;
  readonly #book: AppointmentBook;

  constructor({ runner, book }: Dependencies) {
    this.#runner = runner;
    this.#book = book;
  }

  /** Throws `consultation.not_found`, `appointment.already_booked`, `appointment.patient_required`. */
  async join(
    actor: Actor,
    {
      operationId,
      ...input
    }: {
      operationId: OperationId;
      id: AppointmentId;
      requestId: RequestId;
      mode: BookableMode;
      wishes: WaitlistWishes;
    },
  ): Promise<Changed> {
    const receipt = await this.#runner.operate(
      actor,
      { id: operationId, kind: 'waitlist.join', body: input },
      async (unit) => {
        const request = await this.#book.getRequest(unit.tx, actor, input.requestId);
        if ((await appointmentRepository.findLive(unit.tx, request.id)) !== undefined) {
          throw new DomainError('appointment.already_booked');
        }
        const row = await this.#book.create(unit, request, { id: input.id, mode: input.mode });
        await waitlistRepository.saveWish(unit.tx, {
          appointmentId: input.id,
          ...input.wishes,
          avoidWeekdays: toBits(input.wishes.avoidWeekdays),
          since: request.createdAt,
        });
        await this.#book.bring(unit, row);
        return {
          appointments: [row],
          before: [{ id: input.id, row: null, members: [], requestStage: 'accepted', afterVersion: row.version }],
        };
      },
    );
    return toChanged(this.#runner, receipt);
  }

  /** A station sees its own, a coordinator those of the oblast. */
  list(
    actor: Actor,
    filter: { specialty?: SpecialtyCode | undefined; region?: string | undefined; limit: number },
  ): Promise<{ entries: WaitlistEntry[]; total: number }> {
    const requestsOf = (page: { entries: WaitlistEntry[] }) => page.entries.map(requestOf);
    return this.#runner.show(actor, requestsOf, async (tx, at) => {
      const region = (await myRegion(tx, actor)) ?? filter.region;
      const stationId = actor.role === 'feldsher' ? (actor.stationId ?? '') : undefined;
      const { rows, total } = await waitlistRepository.list(
        tx,
        { specialty: filter.specialty, region, stationId },
        filter.limit,
      );
      return { entries: await toEntries(tx, rows, at), total };
    });
  }

  /** Who fits a free slot, the best first, with the reasons. Throws `slot.unavailable`, `practitioner.not_found`. */
  listFits(
    actor: Actor,
    { practitionerId, startsAt, limit }: { practitionerId: PractitionerId; startsAt: Instant; limit: number },
  ): Promise<Fit[]> {
    const requestsOf = (fits: Fit[]) => fits.map(({ entry }) => requestOf(entry));
    return this.#runner.show(actor, requestsOf, async (tx, at) => {
      const search = await findSlot(tx, practitionerId, startsAt);
      if (search.kind === 'none') {
        throw new DomainError('slot.unavailable', { fields: [{ path: 'startsAt', code: search.why }] });
      }
      const found = await findFits(tx, search.found, at, {
        region: await myRegion(tx, actor),
        limit,
        skipDeclined: false,
      });
      const entries = new Map(
        (
          await toEntries(
            tx,
            found.map(({ row }) => row),
            at,
          )
        ).map((entry) => [entry.appointment.id, entry]),
      );
      return found.flatMap(({ fit }) => {
        const entry = entries.get(fit.appointmentId);
        return entry === undefined ? [] : [{ entry, score: fit.score, reasons: [...fit.reasons] }];
      });
    });
  }

  /**
   * Offers a free slot to a waiter; nobody else can have it until the offer is over. The caller's own hold of it becomes the
   * offer in the same transaction. Throws as booking does.
   */
  async offer(
    actor: Actor,
    id: AppointmentId,
    {
      operationId,
      version,
      ...input
    }: OnVersion & {
      practitionerId: PractitionerId;
      startsAt: Instant;
      expiresInMinutes: number;
      holdId?: HoldId | null | undefined;
    },
  ): Promise<Changed> {
    const receipt = await this.#runner.operate(
      actor,
      { id: operationId, kind: 'waitlist.offer', body: { id, version, ...input } },
      async (unit) => {
        const row = await this.#book.get(unit.tx, actor, 'coordinate', id, version);
        const before = await this.#book.snapshot(unit, row);
        const offered = await this.offerRow(unit, row, input, input.expiresInMinutes);
        return { appointments: [offered], before: [{ ...before, afterVersion: offered.version }] };
      },
    );
    return toChanged(this.#runner, receipt);
  }

  /** For a unit of work of the schedule's clock, which offers freed slots. An offer ends at the latest when its slot begins. */
  async offerRow(
    unit: Unit,
    row: AppointmentRow,
    {
      practitionerId,
      startsAt,
      holdId = null,
    }: { practitionerId: PractitionerId; startsAt: Instant; holdId?: HoldId | null | undefined },
    minutes: number,
  ): Promise<AppointmentRow> {
    const until = Math.min(Date.parse(unit.at) + minutes * 60_000, Date.parse(startsAt));
    const expiresAt = toInstant(new Date(until));
    const offered = await this.#book.place(
      unit,
      row,
      { practitionerId, startsAt, alsoPractitionerIds: [], holdId, mayOverbook: false },
      () => ({ event: 'offer', expiresAt }),
    );
    await waitlistRepository.insertOffer(unit.tx, {
      id: newId<string>(),
      appointmentId: row.id as AppointmentId,
      practitionerId,
      startsAt,
      offeredAt: unit.at,
      expiresAt,
    });
    return offered;
  }

  /** Throws `waitlist.offer_over` when the time for it has run out, also before the clock has noticed. */
  async accept(actor: Actor, id: AppointmentId, { operationId, version }: OnVersion): Promise<Changed> {
    const receipt = await this.#runner.operate(
      actor,
      { id: operationId, kind: 'waitlist.accept', body: { id, version } },
      async (unit) => {
        const row = await this.#book.get(unit.tx, actor, 'place', id);
        const isOpen = row.status === 'proposed' && row.expiresAt !== null && row.expiresAt > unit.at;
        if (!isOpen) throw new DomainError('waitlist.offer_over');
        if (row.version !== version) throw new DomainError('appointment.version_conflict');
        const accepted = await this.#book.settle(unit, row, 'accept');
        await appointmentRepository.closeOffer(unit.tx, id, 'accepted');
        return { appointments: [accepted] };
      },
    );
    return toChanged(this.#runner, receipt);
  }

  async decline(actor: Actor, id: AppointmentId, { operationId, version }: OnVersion): Promise<Changed> {
    const receipt = await this.#runner.operate(
      actor,
      { id: operationId, kind: 'waitlist.decline', body: { id, version } },
      async (unit) => {
        const row = await this.#book.get(unit.tx, actor, 'place', id, version);
        const declined = await this.#book.giveBack(unit, row, 'decline');
        return { appointments: [declined] };
      },
    );
    return toChanged(this.#runner, receipt);
  }

  /** Gives the slot back and waits for another. */
  async putBack(actor: Actor, id: AppointmentId, { operationId, version }: OnVersion): Promise<Changed> {
    const receipt = await this.#runner.operate(
      actor,
      { id: operationId, kind: 'waitlist.put_back', body: { id, version } },
      async (unit) => {
        const row = await this.#book.get(unit.tx, actor, 'coordinate', id, version);
        const before = await this.#book.snapshot(unit, row);
        const waiting = await this.#book.giveBack(unit, row, 'put_back');
        return { appointments: [waiting], before: [{ ...before, afterVersion: waiting.version }] };
      },
    );
    return toChanged(this.#runner, receipt);
  }
}

async function toEntries(tx: Tx, rows: readonly WaitingRow[], at: Instant): Promise<WaitlistEntry[]> {
  const views = new Map(
    (
      await listAppointmentViews(
        tx,
        rows.map(({ appointment }) => appointment.id as AppointmentId),
      )
    ).map((view) => [view.id as string, view]),
  );
  return rows.flatMap(({ appointment, wish, declined }) => {
    const view = views.get(appointment.id);
    if (view === undefined) return [];
    return [
      {
        appointment: view,
        wishes: {
          language: wish?.language ?? null,
          partOfDay: wish?.partOfDay ?? 'any',
          avoidWeekdays: fromBits(wish?.avoidWeekdays ?? 0),
          preferredPractitionerId: (wish?.preferredPractitionerId ?? null) as PractitionerId | null,
        },
        waitingSince: (wish?.since ?? appointment.createdAt) as Instant,
        declined,
        isOverdue: appointment.treatBy < at,
      },
    ];
  });
}

function requestOf({ appointment }: WaitlistEntry): RequestId {
  return appointment.requestId;
}
