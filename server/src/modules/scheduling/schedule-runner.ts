import { createHash } from 'node:crypto';
import type {
  AppointmentId,
  OperationId,
  PractitionerId,
  RequestId,
  SpecialtyCode,
  StationId,
  UserId,
} from '@jaqyn/shared/kernel/ids';
import { type CalendarDate, type Instant, localDate, toInstant } from '@jaqyn/shared/kernel/time';
import { dayOf, type Minute, type Span, toMinute } from '@jaqyn/shared/scheduling/local-day';
import { type Receipt, UNDO_SECONDS } from '@jaqyn/shared/scheduling/operation.contract';
import type { Store, Tx } from '../../db/store.ts';
import type { Actor } from '../../kernel/actor.ts';
import { canonicalize } from '../../kernel/canonical-json.ts';
import type { Clock } from '../../kernel/clock.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import type { EventBus } from '../../kernel/event-bus.ts';
import { type Outbox, publishAll } from '../../kernel/outbox.ts';
import { ReadLog } from '../audit/read-log.ts';
import { type AppointmentRow, appointmentRepository, type OperationRow } from './appointment.repository.ts';
import { dayLoad } from './day-load.ts';
import type { RequestStage } from './request-life.ts';

/** Writes who is to be told of an appointment, in the unit of work that changed it. */
export interface NoticeWriter {
  followAppointment(tx: Tx, id: AppointmentId, by: { at: Instant; actorId: UserId | null }): Promise<void>;
}

/** One unit of work of scheduling: who asks, when, and what it touches. */
export interface Unit {
  readonly tx: Tx;
  /** Null: the system's own clocks. */
  readonly actor: Actor | null;
  readonly at: Instant;
  /** The minute of `at`. */
  readonly now: Minute;
  readonly today: CalendarDate;
  readonly outbox: Outbox;
  /** Notes that this specialist's days are not what they were: their load is written anew and everybody who shows them is told. */
  touch(practitionerId: PractitionerId, span: Span): void;
  touchDays(practitionerId: PractitionerId, days: readonly CalendarDate[]): void;
  touchAppointment(row: Pick<AppointmentRow, 'id' | 'stationId' | 'specialty'>): void;
}

/** An appointment as it was before an operation, for undoing it. */
export interface Before {
  readonly id: AppointmentId;
  /** Null: it was not there. */
  readonly row: AppointmentRow | null;
  readonly members: readonly PractitionerId[];
  /** Whether its time was a slot of the roster then, as it then has to be one again; one that was kept beside it need not. */
  readonly hadSlot?: boolean;
  /** The version the operation left it at; undoing needs it unchanged. */
  readonly afterVersion: number;
  /** Where its request goes back to when the appointment itself was not there. */
  readonly requestStage: RequestStage;
}

/** What an operation did. */
export interface Worked {
  readonly appointments: readonly AppointmentRow[];
  /** Left out: it cannot be undone. */
  readonly before?: readonly Before[];
  /** How many of something else it made. */
  readonly added?: number;
}

export interface Operation {
  readonly id: OperationId;
  readonly kind: string;
  /** What was asked for, without the operation's own id. */
  readonly body: object;
}

/** Runs units of work: loads and notices follow every change, and an operation has one effect however often it is sent. */
export class ScheduleRunner {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #bus: EventBus;
  readonly #notices: NoticeWriter | undefined;
  readonly #shown: ReadLog;
  readonly #taken: ReadLog;

  /** Without `notices` nobody is told anything that lasts. */
  constructor({
    store,
    clock,
    bus,
    notices,
  }: {
    store: Store;
    clock: Clock;
    bus: EventBus;
    notices?: NoticeWriter | undefined;
  }) {
    this.#store = store;
    this.#clock = clock;
    this.#bus = bus;
    this.#notices = notices;
    this.#shown = new ReadLog({ store, clock, within: 'day' });
    this.#taken = new ReadLog({ store, clock });
  }

  /** For what changes nothing: the moment it is true of comes with it. */
  read<T>(work: (tx: Tx, at: Instant) => Promise<T>): Promise<T> {
    const at = this.#clock.instant();
    return this.#store.read((tx) => work(tx, at));
  }

  /**
   * Reads what names patients: who saw whose requests is in the log before the answer leaves, once a day each, and each minute where it is
   * taken away as a file (docs/decisions/060).
   */
  async show<T>(
    actor: Actor,
    requestsOf: (answer: T) => readonly RequestId[],
    work: (tx: Tx, at: Instant) => Promise<T>,
    purpose?: 'export',
  ): Promise<T> {
    const answer = await this.read(work);
    const reads = purpose === undefined ? this.#shown : this.#taken;
    const entityIds = requestsOf(answer);
    await reads.record(actor, { action: 'consultation.list', entityType: 'consultation', entityIds, purpose });
    return answer;
  }

  /** One change without an operation: holds, and the system's own clocks. */
  async change<T>(actor: Actor | null, work: (unit: Unit) => Promise<T>): Promise<T> {
    const at = this.#clock.instant();
    let outbox: Outbox = [];
    const result = await this.#store.transaction(async (tx) => {
      const { unit, finish } = createUnit(tx, actor, at, this.#notices);
      outbox = unit.outbox;
      const value = await work(unit);
      await finish();
      return value;
    });
    publishAll(this.#bus, outbox);
    return result;
  }

  /**
   * One operation: the first time it works, each further time the stored answer comes back and nothing happens, be it the receipt
   * or the refusal. Throws what `work` throws, and `idempotency.key_reused` when the id was used by somebody else or for something else.
   */
  async operate(actor: Actor, operation: Operation, work: (unit: Unit) => Promise<Worked>): Promise<Receipt> {
    const asked: Asked = {
      id: operation.id,
      actorId: actor.userId,
      kind: operation.kind,
      bodyHash: createHash('sha256').update(canonicalize(operation.body)).digest('hex'),
    };
    let refused: DomainError | undefined;
    try {
      return await this.change(actor, async (unit) => {
        refused = undefined;
        const answer = await findAnswer(unit.tx, asked);
        if (answer instanceof DomainError) throw answer;
        if (answer !== undefined) return answer;
        let worked: Worked;
        try {
          worked = await work(unit);
        } catch (error) {
          if (error instanceof DomainError) refused = error;
          throw error;
        }
        return writeReceipt(unit, asked, worked);
      });
    } catch (error) {
      if (refused === undefined || error !== refused) throw error;
      return this.#refuse(asked, refused);
    }
  }

  /**
   * Keeps a refusal, in a unit of its own: what was refused was rolled back. When another sending of the same operation was
   * answered in between, its answer is the one.
   */
  async #refuse(asked: Asked, refused: DomainError): Promise<Receipt> {
    const at = this.#clock.instant();
    const answer = await this.#store.transaction(async (tx) => {
      const first = await findAnswer(tx, asked);
      if (first !== undefined) return first;
      const { code, fields, retryAfter } = refused;
      await appointmentRepository.insertRefusal(
        tx,
        { ...asked, at, refusal: JSON.stringify({ code, fields, retryAfter }) },
        toInstant(new Date(Date.parse(at) - REFUSAL_KEPT_MS)),
      );
      return refused;
    });
    if (answer instanceof DomainError) throw answer;
    return answer;
  }
}

/** Much longer than a sending can be on its way. */
const REFUSAL_KEPT_MS = 24 * 3_600_000;

type Asked = Pick<OperationRow, 'id' | 'actorId' | 'kind' | 'bodyHash'>;

/** What was answered to an operation before; undefined: nothing yet. */
async function findAnswer(tx: Tx, asked: Asked): Promise<Receipt | DomainError | undefined> {
  const done = await appointmentRepository.findOperation(tx, asked.id);
  const stored = done ?? (await appointmentRepository.findRefusal(tx, asked.id));
  if (stored === undefined) return undefined;
  if (stored.actorId !== asked.actorId || stored.kind !== asked.kind || stored.bodyHash !== asked.bodyHash) {
    return new DomainError('idempotency.key_reused');
  }
  if ('receipt' in stored) return JSON.parse(stored.receipt) as Receipt;
  const { code, ...more } = JSON.parse(stored.refusal) as Pick<DomainError, 'code'> &
    NonNullable<ConstructorParameters<typeof DomainError>[1]>;
  return new DomainError(code, more);
}

async function writeReceipt(unit: Unit, asked: Asked, { appointments, before, added }: Worked): Promise<Receipt> {
  const undoUntil = before === undefined ? null : toInstant(new Date(Date.parse(unit.at) + UNDO_SECONDS * 1000));
  const receipt: Receipt = {
    operationId: asked.id as OperationId,
    at: unit.at,
    appointments: appointments.map(
      ({ id, status, version, startsAt }) => ({ id, status, version, startsAt }) as Receipt['appointments'][number],
    ),
    undoUntil,
    ...(added !== undefined && { added }),
  };
  await appointmentRepository.insertOperation(unit.tx, {
    ...asked,
    at: unit.at,
    receipt: JSON.stringify(receipt),
    before: before === undefined ? null : JSON.stringify(before),
    undoUntil,
    undoneAt: null,
  });
  return receipt;
}

function createUnit(
  tx: Tx,
  actor: Actor | null,
  at: Instant,
  notices: NoticeWriter | undefined,
): { unit: Unit; finish: () => Promise<void> } {
  const days = new Map<PractitionerId, Set<CalendarDate>>();
  const stations = new Set<StationId>();
  const specialties = new Set<SpecialtyCode>();
  const appointments = new Set<AppointmentId>();
  const outbox: Outbox = [];
  const today = localDate(at);

  const daysOf = (id: PractitionerId): Set<CalendarDate> => {
    const known = days.get(id) ?? new Set();
    days.set(id, known);
    return known;
  };
  const unit: Unit = {
    tx,
    actor,
    at,
    now: toMinute(at),
    today,
    outbox,
    touch: (practitionerId, span) =>
      void daysOf(practitionerId)
        .add(dayOf(span.from))
        .add(dayOf(span.to - 1)),
    touchDays(practitionerId, touched) {
      const known = daysOf(practitionerId);
      for (const day of touched) known.add(day);
    },
    touchAppointment({ id, stationId, specialty }) {
      appointments.add(id as AppointmentId);
      stations.add(stationId as StationId);
      specialties.add(specialty as SpecialtyCode);
    },
  };
  return {
    unit,
    async finish() {
      for (const [practitionerId, touched] of days) await dayLoad.refresh(tx, practitionerId, [...touched], today);
      for (const id of appointments) {
        await notices?.followAppointment(tx, id, { at, actorId: actor?.userId ?? null });
      }
      if (days.size === 0 && appointments.size === 0) return;
      const touched = [...new Set([...days.values()].flatMap((some) => [...some]))].sort();
      outbox.push([
        'schedule:changed',
        {
          practitionerIds: [...days.keys()],
          stationIds: [...stations],
          // More than a month of single days is "look again".
          days: touched.length > 31 ? [] : touched,
          appointmentIds: [...appointments],
          actorName: actor?.displayName,
        },
      ]);
      if (specialties.size > 0) {
        outbox.push(['waitlist:changed', { specialties: [...specialties], stationIds: [...stations] }]);
      }
    },
  };
}
