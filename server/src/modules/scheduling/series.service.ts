import type { AppointmentId, OperationId, PractitionerId, RequestId, SeriesId } from '@jaqyn/shared/kernel/ids';
import type { Instant } from '@jaqyn/shared/kernel/time';
import type { Changed } from '@jaqyn/shared/scheduling/appointment.contract';
import { slotsOf } from '@jaqyn/shared/scheduling/expand';
import { addDays, dayOf, fromMinute, toMinute } from '@jaqyn/shared/scheduling/local-day';
import type { Conflict } from '@jaqyn/shared/scheduling/operation.contract';
import type { BookableMode } from '@jaqyn/shared/scheduling/roster';
import { freeSlots } from '@jaqyn/shared/scheduling/slot';
import type { Tx } from '../../db/store.ts';
import type { Actor } from '../../kernel/actor.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { type AppointmentRow, appointmentRepository } from './appointment.repository.ts';
import type { AppointmentBook } from './appointment-book.ts';
import type { Placement } from './appointment-time.ts';
import { bookForGood } from './booking.service.ts';
import { toChanged } from './changed.ts';
import { claimRepository } from './claim.repository.ts';
import { toTaken } from './day-load.ts';
import { listConflicts } from './placement-check.ts';
import type { RequestLife } from './request-life.ts';
import { scheduleReader, sessionsBetween, spanOfDays } from './schedule-reader.ts';
import type { Before, ScheduleRunner } from './schedule-runner.ts';
import { findSlot } from './slot-finder.ts';

interface Dependencies {
  readonly runner: ScheduleRunner;
  readonly book: AppointmentBook;
  readonly requests: RequestLife;
}

/** How far from its date another slot is looked for. */
const INSTEAD_DAYS = 3;

/** Appointments that come again, for example weekly six times. */
export class SeriesService {
  readonly #runner: ScheduleRunner;
  readonly #book: AppointmentBook;
  readonly #requests: RequestLife;

  constructor({ runner, book, requests }: Dependencies) {
    this.#runner = runner;
    this.#book = book;
    this.#requests = requests;
  }

  /** The dates with what stands against each, and the nearest free slot where something does; nothing is kept. */
  plan(
    actor: Actor,
    input: {
      requestId: RequestId;
      practitionerId: PractitionerId;
      startsAt: Instant;
      everyWeeks: number;
      count: number;
    },
  ): Promise<{ startsAt: Instant; conflicts: Conflict[]; instead: Instant | null }[]> {
    return this.#runner.read(async (tx, at) => {
      const request = await this.#book.getRequest(tx, actor, input.requestId);
      const mode = await modeOf(tx, input.practitionerId, input.startsAt);
      const items = [];
      for (let index = 0; index < input.count; index += 1) {
        const startsAt = fromMinute(toMinute(input.startsAt) + index * input.everyWeeks * 7 * 1440);
        const placement = toPlacement(input.practitionerId, startsAt);
        const conflicts = await listConflicts(tx, { actor, at, request, placement });
        const isRefused = conflicts.some(({ severity }) => severity === 'refuses');
        items.push({
          startsAt,
          conflicts,
          instead: isRefused
            ? await findInstead(tx, { practitionerId: input.practitionerId, mode, startsAt }, at)
            : null,
        });
      }
      return items;
    });
  }

  /**
   * All dates or none. The first is of the request itself, each later one of a request made for it, as a consult belongs to one
   * request. Throws as booking does, naming the item: `items.2`.
   */
  async bookSeries(
    actor: Actor,
    {
      operationId,
      ...input
    }: {
      operationId: OperationId;
      seriesId: SeriesId;
      requestId: RequestId;
      practitionerId: PractitionerId;
      items: readonly { id: AppointmentId; requestId: RequestId; startsAt: Instant }[];
    },
  ): Promise<Changed> {
    const operation = { id: operationId, kind: 'appointment.book_series', body: input };
    const receipt = await this.#runner.operate(actor, operation, async (unit) => {
      const source = await this.#book.getRequest(unit.tx, actor, input.requestId);
      if (input.items[0]?.requestId !== input.requestId) {
        throw new DomainError('request.invalid', { fields: [{ path: 'items.0.requestId', code: 'differs' }] });
      }
      if ((await appointmentRepository.findLive(unit.tx, source.id)) !== undefined) {
        throw new DomainError('appointment.already_booked');
      }
      const mode = await modeOf(unit.tx, input.practitionerId, input.items[0].startsAt);
      const appointments: AppointmentRow[] = [];
      const before: Before[] = [];
      for (const [index, item] of input.items.entries()) {
        try {
          if (index > 0) {
            await this.#requests.createFollowUp(unit.tx, unit.outbox, {
              sourceId: source.id,
              requestId: item.requestId,
              actor,
              at: unit.at,
            });
          }
          const request = index === 0 ? source : { ...source, id: item.requestId, createdAt: unit.at };
          const row = await this.#book.create(unit, request, { id: item.id, mode, seriesId: input.seriesId });
          const placed = await this.#book.place(unit, row, toPlacement(input.practitionerId, item.startsAt), (found) =>
            bookForGood(unit, found),
          );
          appointments.push(placed);
          before.push({
            id: item.id,
            row: null,
            members: [],
            // A request that was made for the date goes with it.
            requestStage: index === 0 ? 'accepted' : 'cancelled',
            afterVersion: placed.version,
          });
        } catch (error) {
          throw error instanceof DomainError ? at(index, error) : error;
        }
      }
      return { appointments, before };
    });
    return toChanged(this.#runner, receipt);
  }
}

/** The same refusal, saying which of the items it is about. */
function at(index: number, error: DomainError): DomainError {
  const fields = error.fields?.map(({ path, code }) => ({ path: `items.${index}.${path}`, code }));
  return new DomainError(error.code, { fields: fields ?? [{ path: `items.${index}`, code: 'refused' }], cause: error });
}

function toPlacement(practitionerId: PractitionerId, startsAt: Instant): Placement {
  return { practitionerId, startsAt, alsoPractitionerIds: [], holdId: null, mayOverbook: false };
}

/** Whether the first date is a visit or a case in writing; the others are the same. */
async function modeOf(tx: Tx, practitionerId: PractitionerId, startsAt: Instant): Promise<BookableMode> {
  const search = await findSlot(tx, practitionerId, startsAt);
  return search.kind === 'found' ? search.found.session.mode : 'video';
}

/** The free slot of the specialist nearest to a time, of the same kind. */
async function findInstead(
  tx: Tx,
  {
    practitionerId,
    mode: wantedMode,
    startsAt,
  }: { practitionerId: PractitionerId; mode: BookableMode; startsAt: Instant },
  now: Instant,
): Promise<Instant | null> {
  const wanted = toMinute(startsAt);
  const [from, to] = [addDays(dayOf(wanted), -INSTEAD_DAYS), addDays(dayOf(wanted), INSTEAD_DAYS)];
  const read = await scheduleReader.readRoster(tx, practitionerId, from, to);
  const claims = await claimRepository.listTaken(tx, 'practitioner', [practitionerId], spanOfDays(from, to));
  const slots = sessionsBetween(read, from, to)
    .filter(({ mode }) => mode === wantedMode)
    .flatMap(slotsOf);
  const [nearest] = freeSlots(slots, claims.map(toTaken), toMinute(now)).sort(
    (a, b) => Math.abs(a.from - wanted) - Math.abs(b.from - wanted) || a.from - b.from,
  );
  return nearest === undefined ? null : fromMinute(nearest.from);
}
