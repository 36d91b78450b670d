import { errorCatalog } from '@jaqyn/shared/errors/error-catalog';
import type {
  AppointmentId,
  HoldId,
  OperationId,
  PractitionerId,
  RequestId,
  RosterEntryId,
  ServiceCode,
} from '@jaqyn/shared/kernel/ids';
import { type CalendarDate, localDate } from '@jaqyn/shared/kernel/time';
import type { Changed } from '@jaqyn/shared/scheduling/appointment.contract';
import { addDays, dayOf, fromMinute, minuteAt, toMinute } from '@jaqyn/shared/scheduling/local-day';
import type { Decision } from '@jaqyn/shared/scheduling/roster.contract';
import type { Database } from 'better-sqlite3';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createTestServices } from '../../../test/build-services.ts';
import { createPatient } from '../../../test/factories.ts';
import { dumpTables } from '../../../test/raw-database.ts';
import { createScheduleDesk, MONDAY, type ScheduleDesk, weekly } from '../../../test/schedule-desk.ts';
import {
  expectClaims,
  expectLoads,
  expectRequests,
  expectTemplates,
  listAppointments,
} from '../../../test/schedule-recount.ts';
import { openDatabase } from '../../db/open-database.ts';
import type { Actor } from '../../kernel/actor.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { newId } from '../../kernel/ids.ts';

// Random histories of everything that changes the schedule, by two sets of services on one database file, one or two at a time,
// while the server's clock steps. After each step the claims, requests and templates are counted anew; now and then the loads, too.

type Services = Awaited<ReturnType<typeof createTestServices>>;

/** Three numbers from which a command picks whom, where and how. */
interface Dice {
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

interface Command extends Dice {
  readonly kind: keyof typeof COMMANDS;
}

interface Model {
  readonly desk: ScheduleDesk;
  readonly raw: Database;
  readonly people: readonly PractitionerId[];
  readonly requests: readonly RequestId[];
  /** Changes that were made, to be sent again. */
  readonly sent: { call: (services: Services) => Promise<Changed>; answer: Changed }[];
  readonly undoable: { id: OperationId; actor: Actor }[];
  readonly holds: { id: HoldId; actor: Actor }[];
  /** Times at which somebody stands beside the roster: kept there by a decision, or by a day off that was ordered later. */
  readonly beside: Set<string>;
  /** Nobody else is at work. */
  isAlone: boolean;
}

/** What a command does: nothing to pick from, something without a receipt, or a change. */
type Run = (model: Model, services: Services, dice: Dice) => Promise<Changed | undefined>;

const pick = <T>(items: readonly T[], die: number): T | undefined => items[die % Math.max(items.length, 1)];

function whoOf({ desk }: Model, die: number): Actor {
  return pick([desk.coordinator, desk.coordinator, desk.feldsher, desk.otherFeldsher], die) ?? desk.coordinator;
}

/** Some time of the week, mostly one where a slot may begin. */
function placeOf({ people, raw }: Model, { a, b, c }: Dice) {
  // Few places for many, so that they meet.
  const day = addDays(MONDAY, c % 17 === 0 ? a % 7 : 1 + (a % 2));
  const minute = 9 * 60 + (b % (c % 11 === 0 ? 20 : 8)) * 20 + (c % 13 === 0 ? 10 : 0);
  const hold = pick(raw.prepare('select id from slot_hold').pluck().all() as HoldId[], c);
  return {
    practitionerId: pick(people, b + c) as PractitionerId,
    startsAt: fromMinute(minuteAt(day, minute)),
    alsoPractitionerIds: c % 5 === 0 ? [pick(people, b + c + 1) as PractitionerId] : [],
    holdId: c % 4 === 0 ? (hold ?? null) : null,
    mayOverbook: c % 3 === 0,
  };
}

function appointmentOf({ raw }: Model, die: number, statuses: readonly string[]) {
  const row = pick(
    listAppointments(raw).filter(({ status }) => statuses.includes(status)),
    die,
  );
  if (row === undefined) return undefined;
  // Now and then somebody acts on what they saw before.
  return { id: row.id as AppointmentId, version: die % 11 === 0 ? row.version + 1 : row.version };
}

/** Sends a change and remembers it: to be sent again, and to be taken back. */
async function send(
  model: Model,
  services: Services,
  actor: Actor,
  call: (services: Services, operationId: OperationId) => Promise<Changed>,
): Promise<Changed> {
  const operationId = newId<OperationId>();
  const answer = await call(services, operationId);
  model.sent.push({ call: (other) => call(other, operationId), answer });
  if (answer.receipt.undoUntil !== null) model.undoable.push({ id: operationId, actor });
  return answer;
}

/** A step on one appointment in one of these states. */
function step(
  statuses: readonly string[],
  by: (model: Model, dice: Dice) => Actor,
  work: (
    services: Services,
    actor: Actor,
    id: AppointmentId,
    input: { operationId: OperationId; version: number },
    more: { place: ReturnType<typeof placeOf>; newAppointmentId: AppointmentId },
  ) => Promise<Changed>,
): Run {
  return async (model, services, dice) => {
    const found = appointmentOf(model, dice.a, statuses);
    if (found === undefined) return undefined;
    const actor = by(model, dice);
    const more = { place: placeOf(model, dice), newAppointmentId: newId<AppointmentId>() };
    return send(model, services, actor, (any, operationId) =>
      work(any, actor, found.id, { operationId, version: found.version }, more),
    );
  };
}

const anybody = (model: Model, { c }: Dice) => whoOf(model, c);
const coordinator = ({ desk }: Model) => desk.coordinator;
const station = ({ desk }: Model, { c }: Dice) => (c % 2 === 0 ? desk.feldsher : desk.otherFeldsher);

/** What is decided of booked appointments: any of the three, sometimes for one too few. */
function decide(
  model: Model,
  affected: readonly { appointment: { id: string; version: number } }[],
  dice: Dice,
): Decision[] {
  return affected.slice(0, dice.c % 7 === 0 ? -1 : undefined).map(({ appointment }, index) => ({
    appointmentId: appointment.id as AppointmentId,
    version: appointment.version,
    decision: [
      { kind: 'keep' as const },
      { kind: 'put_back' as const },
      { kind: 'move' as const, ...placeOf(model, { ...dice, b: dice.b + index + 1 }) },
    ][(dice.c + index) % 3] as Decision['decision'],
  }));
}

function templateOf(model: Model, { a, b, c }: Dice) {
  const practitionerId = pick(model.people, a) as PractitionerId;
  const isAsync = c % 6 === 0;
  const startMinute = 9 * 60 + (b % 7) * 60;
  const input = weekly(practitionerId, isAsync ? 'cardiology-async' : 'cardiology-video', {
    mode: isAsync ? 'async' : 'video',
    weekdays: [[1, 2, 3, 4, 5], [1, 3], [6], [2, 4]][c % 4] ?? [1],
    startMinute,
    endMinute: startMinute + 60 + (c % 3) * 60,
    slotMinutes: [20, 15, 30][b % 3] ?? 20,
    bufferMinutes: c % 5 === 0 ? 5 : 0,
    validFrom: addDays(localDate(model.desk.clock.instant()), b % 4),
    validTo: a % 3 === 0 ? addDays(MONDAY, 5 + (c % 30)) : null,
  });
  const { id: _id, practitionerId: _who, ...template } = input;
  return { practitionerId, template: { ...template, weekdays: [...template.weekdays] } };
}

const COMMANDS = {
  async book(model, services, dice) {
    const [actor, requestId] = [whoOf(model, dice.c), pick(model.requests, dice.a + dice.b) as RequestId];
    const input = { id: newId<AppointmentId>(), requestId, ...placeOf(model, dice), note: '' };
    return send(model, services, actor, (any, operationId) => any.bookings.bookSlot(actor, { operationId, ...input }));
  },
  async hold(model, services, dice) {
    const actor = whoOf(model, dice.c);
    const id = dice.a % 5 === 0 ? (pick(model.holds, dice.b)?.id ?? newId<HoldId>()) : newId<HoldId>();
    await services.bookings.hold(actor, id, placeOf(model, dice));
    model.holds.push({ id, actor });
    return undefined;
  },
  async release(model, services, dice) {
    const held = pick(model.holds, dice.a);
    if (held !== undefined) await services.bookings.release(held.actor, held.id);
    return undefined;
  },
  move: step(['booked', 'pending', 'arrived', 'checked-in'], anybody, (any, actor, id, input, { place }) =>
    any.bookings.move(actor, id, { ...input, ...place }),
  ),
  cancel: step(
    ['booked', 'pending', 'proposed', 'waitlist', 'arrived', 'checked-in'],
    anybody,
    (any, actor, id, input) => any.appointments.cancel(actor, id, { ...input, reason: 'other', note: '' }),
  ),
  confirm: step(['pending'], coordinator, (any, actor, id, input) => any.bookings.confirm(actor, id, input)),
  arrive: step(['booked'], station, (any, actor, id, input) => any.appointments.arrive(actor, id, input)),
  checkIn: step(['booked', 'arrived'], station, (any, actor, id, input) => any.appointments.checkIn(actor, id, input)),
  miss: step(['booked', 'arrived', 'checked-in'], anybody, (any, actor, id, input) =>
    any.appointments.miss(actor, id, { ...input, cause: 'network', note: '' }),
  ),
  rebook: step(['noshow'], anybody, (any, actor, id, input, { place, newAppointmentId }) =>
    any.appointments.rebook(actor, id, { ...input, ...place, id: newAppointmentId }),
  ),
  putBack: step(['booked', 'pending', 'proposed', 'arrived'], coordinator, (any, actor, id, input) =>
    any.waitlist.putBack(actor, id, input),
  ),
  offer: step(['waitlist'], coordinator, (any, actor, id, input, { place }) =>
    any.waitlist.offer(actor, id, { ...input, ...place, expiresInMinutes: 30 }),
  ),
  accept: step(['proposed'], anybody, (any, actor, id, input) => any.waitlist.accept(actor, id, input)),
  decline: step(['proposed'], anybody, (any, actor, id, input) => any.waitlist.decline(actor, id, input)),
  async join(model, services, { a, b, c }) {
    const [actor, requestId] = [whoOf(model, c), pick(model.requests, a) as RequestId];
    const wishes = { language: null, partOfDay: 'any' as const, preferredPractitionerId: null, avoidWeekdays: [] };
    const input = {
      id: newId<AppointmentId>(),
      requestId,
      mode: b % 4 === 0 ? ('async' as const) : ('video' as const),
      wishes,
    };
    return send(model, services, actor, (any, operationId) => any.waitlist.join(actor, { operationId, ...input }));
  },
  async undo(model, services, { a }) {
    // Mostly the latest, which still has its ten seconds.
    const operation = a % 4 === 0 ? pick(model.undoable, a) : model.undoable.at(-1);
    return operation && services.appointments.undo(operation.actor, operation.id);
  },
  async sendAgain(model, services, { a }) {
    const known = pick(model.sent, a);
    if (known === undefined) return undefined;
    const before = model.isAlone ? dumpTables(model.raw) : undefined;
    expectReplay(await known.call(services), known.answer, model, before);
    return undefined;
  },
  async saveTemplate(model, services, dice) {
    const { practitionerId, template } = templateOf(model, dice);
    const own = model.raw
      .prepare(
        'select id, valid_to as seenValidTo from roster_template where practitioner_id = ? and withdrawn_at is null order by id',
      )
      .all(practitionerId) as { id: RosterEntryId; seenValidTo: CalendarDate | null }[];
    const replaced = dice.c % 2 === 0 ? pick(own, dice.b) : undefined;
    const change = { template, replaces: replaced?.id ?? null };
    const { affected } = await services.rosters.previewTemplate(model.desk.coordinator, practitionerId, change);
    const decisions = decide(model, affected, dice);
    const seenValidTo = replaced?.seenValidTo ?? null;
    const input = { id: newId<RosterEntryId>(), ...change, seenValidTo, decisions };
    return send(model, services, model.desk.coordinator, (any, operationId) =>
      any.rosters.saveTemplate(model.desk.coordinator, practitionerId, { operationId, ...input }),
    );
  },
  async endTemplate(model, services, dice) {
    const own = model.raw
      .prepare('select id, practitioner_id as who, valid_to as seenValidTo from roster_template order by id')
      .all() as { id: RosterEntryId; who: PractitionerId; seenValidTo: CalendarDate | null }[];
    const template = pick(own, dice.a);
    if (template === undefined) return undefined;
    // Without a preview: whoever is booked after that day has no decision and stands in the way.
    const { seenValidTo } = template;
    const input = { lastDay: addDays(MONDAY, dice.b % 12), seenValidTo, decisions: [] };
    return send(model, services, model.desk.coordinator, (any, operationId) =>
      any.rosters.endTemplate(model.desk.coordinator, template.who, template.id, { operationId, ...input }),
    );
  },
  async close(model, services, dice) {
    const practitionerId = pick(model.people, dice.a) as PractitionerId;
    const { startsAt } = placeOf(model, dice);
    const substituteId = dice.b % 3 === 0 ? (pick(model.people, dice.a + 1 + (dice.b % 2)) ?? null) : null;
    const endsAt = fromMinute(toMinute(startsAt) + 30 + (dice.c % 20) * 60);
    const closure = { startsAt, endsAt, reason: 'sick' as const, substituteId };
    const { affected } = await services.rosterExceptions.previewClosure(
      model.desk.coordinator,
      practitionerId,
      closure,
    );
    const decisions = decide(model, affected, dice);
    const input = { id: newId<RosterEntryId>(), ...closure, note: '', decisions };
    return send(model, services, model.desk.coordinator, (any, operationId) =>
      any.rosterExceptions.saveClosure(model.desk.coordinator, practitionerId, { operationId, ...input }),
    );
  },
  async addExtra(model, services, dice) {
    const practitionerId = pick(model.people, dice.a) as PractitionerId;
    const { startsAt } = placeOf(model, { ...dice, b: dice.b + 9 });
    const endsAt = fromMinute(toMinute(startsAt) + 60);
    const input = {
      id: newId<RosterEntryId>(),
      service: 'cardiology-video' as ServiceCode,
      mode: 'video' as const,
      startsAt,
      endsAt,
      slotMinutes: 20,
      bufferMinutes: 0,
      rank: null,
      note: '',
    };
    return send(model, services, model.desk.coordinator, (any, operationId) =>
      any.rosterExceptions.saveExtra(model.desk.coordinator, practitionerId, { operationId, ...input }),
    );
  },
  async withdraw(model, services, dice) {
    const entries = model.raw.prepare('select id, practitioner_id as who from roster_exception order by id').all();
    const entry = pick(entries as { id: RosterEntryId; who: PractitionerId }[], dice.a);
    if (entry === undefined) return undefined;
    return send(model, services, model.desk.coordinator, (any, operationId) =>
      any.rosterExceptions.withdraw(model.desk.coordinator, entry.who, entry.id, { operationId, decisions: [] }),
    );
  },
  async specialDay(model, services, { a, b }) {
    const day = addDays(MONDAY, a % 7);
    const name = { kk: 'а', ru: 'а', en: 'a' };
    const [seen] = await services.specialDays.list(day, day);
    const seenAt = seen?.enteredAt ?? null;
    if (b % 2 === 0) {
      if (seenAt !== null) await services.specialDays.delete(model.desk.admin, day, { seenAt });
    } else {
      const kind = b % 3 === 0 ? 'working_day' : 'day_off';
      await services.specialDays.save(model.desk.admin, day, { kind, name, worksAs: (a % 5) + 1, source: '', seenAt });
    }
    return undefined;
  },
  async cameras(model, services, { a, b }) {
    const stationId = b % 2 === 0 ? model.desk.world.station : model.desk.world.otherStation;
    const seen = await services.kits.getKit(model.desk.admin, stationId);
    await services.kits.saveKit(model.desk.admin, stationId, { cameras: 1 + (a % 2), equipment: [], seen });
    return undefined;
  },
  async cancelRequest(model, services, { a }) {
    const requestId = pick(model.requests, a) as RequestId;
    await services.consultations.cancel(model.desk.coordinator, requestId, 'Тест');
    await services.upkeep.follow(requestId);
    return undefined;
  },
  async tick(_model, services) {
    await services.upkeep.tick();
    return undefined;
  },
  async wait(model, _services, { a }) {
    model.desk.clock.advance({ seconds: [1, 5, 11, 60, 121, 1900, 7300][a % 7] ?? 1 });
    return undefined;
  },
  /** The server's clock is set, as by a battery that is empty or a time server that is back. */
  async stepClock(model, _services, { a }) {
    model.desk.clock.advance({ seconds: a % 2 === 0 ? 3600 : -3600 });
    return undefined;
  },
} as const satisfies Record<string, Run>;

/** How often, beside each other. */
const WEIGHTS: Readonly<Record<keyof typeof COMMANDS, number>> = {
  book: 14,
  hold: 4,
  release: 1,
  move: 8,
  cancel: 4,
  confirm: 1,
  arrive: 2,
  checkIn: 2,
  miss: 4,
  rebook: 3,
  putBack: 3,
  offer: 4,
  accept: 3,
  decline: 1,
  join: 3,
  undo: 8,
  sendAgain: 4,
  saveTemplate: 3,
  endTemplate: 1,
  close: 4,
  addExtra: 2,
  withdraw: 2,
  specialDay: 2,
  cameras: 1,
  cancelRequest: 1,
  tick: 4,
  wait: 5,
  stepClock: 2,
};

const die = fc.nat({ max: 9999 });
const command: fc.Arbitrary<Command> = fc.record({
  kind: fc.oneof(
    ...Object.entries(WEIGHTS).map(([kind, weight]) => ({
      weight,
      arbitrary: fc.constant(kind as keyof typeof COMMANDS),
    })),
  ),
  a: die,
  b: die,
  c: die,
});
/** One command, or two at once by both sets of services. */
const turn = fc.tuple(command, fc.option(command, { freq: 4 }));

async function createModel(): Promise<{ model: Model; services: readonly [Services, Services] }> {
  const desk = await createScheduleDesk();
  const { world, store, clock } = desk;
  const people = [world.cardio, world.cardioTwin, world.cardioBackup].map(({ practitionerId }) => practitionerId);
  await desk.addTemplate(
    weekly(world.cardio.practitionerId, 'cardiology-async', {
      mode: 'async',
      startMinute: 14 * 60,
      endMinute: 15 * 60,
      slotMinutes: 5,
    }),
  );
  // A service that stations may only ask for.
  await desk.addService({ code: 'cardiology-plan', specialty: world.cardiology, stationMayBook: false });
  await desk.addTemplate(
    weekly(world.cardioTwin.practitionerId, 'cardiology-plan', { startMinute: 13 * 60, endMinute: 15 * 60 }),
  );
  const places = [world.station, world.otherStation];
  const requests: RequestId[] = [];
  for (let index = 0; index < 9; index += 1) {
    const stationId = pick(places, index) ?? world.station;
    // Some patients have two requests.
    const patientId =
      index < 6
        ? await createPatient(store, stationId)
        : ((desk.raw
            .prepare('select patient_id from service_request where id = ?')
            .pluck()
            .get(requests[index - 6]) ?? world.patient) as typeof world.patient);
    requests.push(await desk.request({ stationId, patientId, status: index % 2 === 0 ? 'in_triage' : 'accepted' }));
  }
  const second = Object.assign(await openDatabase({ path: store.path }), { path: store.path });
  const other = await createTestServices({ store: second, clock });
  return {
    model: {
      desk,
      raw: desk.raw,
      people,
      requests,
      sent: [],
      undoable: [],
      holds: [],
      beside: new Set(),
      isAlone: true,
    },
    services: [desk, Object.assign(other, { store: second })],
  };
}

type Dump = ReturnType<typeof dumpTables>;
type AppointmentRow = ReturnType<typeof listAppointments>[number];

const PLACED = ['booked', 'pending', 'proposed'];

const spotOf = (row: AppointmentRow) => `${row.id} ${row.practitioner_id} ${row.starts_at} ${row.ends_at}`;

/** Whether the roster has a slot at exactly an appointment's time. */
async function hasSlot(services: Services, row: AppointmentRow): Promise<boolean> {
  const day = dayOf(Date.parse(row.starts_at ?? '') / 60_000);
  const slots = await services.boards.listSlots(row.practitioner_id as PractitionerId, day, day);
  return slots.some(({ startsAt, endsAt }) => startsAt === row.starts_at && endsAt === row.ends_at);
}

const CHANGES_ROSTERS: readonly string[] = [
  'saveTemplate',
  'endTemplate',
  'close',
  'addExtra',
  'withdraw',
  'specialDay',
] satisfies (keyof typeof COMMANDS)[];

/** After a roster changed: who stands beside it now, and whose time before this turn does. */
async function noteBeside(model: Model, services: Services, before: readonly AppointmentRow[]): Promise<void> {
  for (const row of [...before, ...listAppointments(model.raw)]) {
    if (row.starts_at === null || row.practitioner_id === null) continue;
    if (await hasSlot(services, row)) model.beside.delete(spotOf(row));
    else model.beside.add(spotOf(row));
  }
}

/** Sent again: the same receipt and, when nobody else was at work, nothing else. */
function expectReplay(again: Changed, first: Changed, model: Model, before: Dump | undefined): void {
  expect(again.receipt).toEqual(first.receipt);
  expect(dumpTables(model.raw)).toEqual(before ?? expect.anything());
}

function expectRefusal({ code }: DomainError, model: Model, before: Dump | undefined): void {
  expect(errorCatalog, code).toHaveProperty([code]);
  expect(errorCatalog[code].status, code).toBeLessThan(500);
  expect(dumpTables(model.raw)).toEqual(before ?? expect.anything());
}

/** Runs one command; a refusal has its code, and when nobody else was at work, leaves nothing. Answers what was done. */
async function runOne(model: Model, services: Services, { kind, ...dice }: Command) {
  const { isAlone } = model;
  const before = isAlone ? dumpTables(model.raw) : undefined;
  const versions = new Map(listAppointments(model.raw).map((row) => [row.id, row]));
  const now = model.desk.clock.instant();
  let answer: Changed | undefined;
  try {
    answer = await COMMANDS[kind](model, services, dice);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    expectRefusal(error, model, before);
    return error.code;
  }
  if (!isAlone || answer === undefined) return 'done';

  // Nothing changed that the receipt does not name, but offers and questions that ran out.
  const named = new Set(answer.receipt.appointments.map(({ id }) => id as string));
  const others = listAppointments(model.raw).filter(({ id, version }) => {
    const old = versions.get(id);
    return old?.version !== version && !named.has(id);
  });
  for (const row of others) {
    expect(['proposed', 'pending']).toContain(versions.get(row.id)?.status);
    expect(row.status).toBe('waitlist');
  }
  // What got another time has a slot of the roster that is still to come. Taking a change back is the one way onto a time beside the
  // roster: a coordinator's "keep" outlives a move that is undone.
  for (const row of listAppointments(model.raw)) {
    const old = versions.get(row.id);
    const isPlaced = row.starts_at !== null && PLACED.includes(row.status);
    if (!isPlaced || (old?.starts_at === row.starts_at && old?.practitioner_id === row.practitioner_id)) continue;
    const isKept = kind === 'undo' && model.beside.has(spotOf(row));
    expect(isKept || (await hasSlot(services, row)), `${kind}: no slot at ${row.starts_at} ${row.ends_at}`).toBe(true);
    expect((row.starts_at ?? '') >= now.slice(0, 16), `${row.starts_at} is before ${now}`).toBe(true);
  }
  return 'done';
}

async function expectAllTrue(model: Model, services: Services): Promise<void> {
  const queued = model.raw.prepare('select count(*) from day_load_queue').pluck();
  // The round that carries the loads on only asks for them.
  do while (await services.upkeep.tick());
  while (queued.get() !== 0);
  expectClaims(model.raw);
  const today = localDate(model.desk.clock.instant());
  await expectLoads(model.raw, services.boards, model.people, today, 30);
}

async function runHistory(turns: readonly (readonly [Command, Command | null])[], outcomes: Map<string, number>) {
  const { model, services } = await createModel();
  const [first, second] = services;
  try {
    for (const [index, [one, other]] of turns.entries()) {
      const mine = index % 2 === 0 ? first : second;
      model.isAlone = other === null;
      const before = listAppointments(model.raw);
      const did =
        other === null
          ? [await runOne(model, mine, one)]
          : await Promise.all([runOne(model, first, one), runOne(model, second, other)]);
      for (const outcome of did) outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      const kinds = [one.kind, ...(other === null ? [] : [other.kind])];
      if (kinds.some((kind) => CHANGES_ROSTERS.includes(kind))) await noteBeside(model, mine, before);
      expectClaims(model.raw);
      expectRequests(model.raw);
      expectTemplates(model.raw);
      if (index % 15 === 14) await expectAllTrue(model, mine);
    }
    await expectAllTrue(model, first);
  } finally {
    await second.store.close();
  }
}

/** Random histories, the same for the same seed; a path is one of them. A red run names the seed and path to add below. */
async function runHistories(seed: number, which: { runs: number } | { path: string }): Promise<Map<string, number>> {
  const outcomes = new Map<string, number>();
  const histories = fc.array(turn, { minLength: 30, maxLength: 90, size: 'max' });
  await fc.assert(
    fc.asyncProperty(histories, (turns) => runHistory(turns, outcomes)),
    { seed, endOnFailure: true, ...('path' in which ? { path: which.path, numRuns: 1 } : { numRuns: which.runs }) },
  );
  return outcomes;
}

/** As many as CI has time for: about half a minute. */
const USUAL_RUNS = 20;

/** Histories that were red once, and why. */
const MET: readonly { seed: number; path: string; found: string }[] = [
  { seed: 169269894, path: '5', found: 'a move undone back onto a day off on which its appointment had been kept' },
  { seed: 578928300, path: '2', found: 'a cancellation undone over a new booking of its request' },
];

it.each(MET)(
  'stays mended: $found ($seed, $path)',
  async ({ seed, path }) => {
    const outcomes = await runHistories(seed, { path });
    expect(outcomes.get('done')).toBeGreaterThan(10);
  },
  120_000,
);

it('random histories: claims, requests, rosters and loads are what a recount says, and every refusal has a code', async () => {
  // The same histories every time, so that a red run is about what was changed; others by the variables (docs/scheduling.md).
  const seed = Number(process.env['JAQYN_MODEL_SEED'] ?? 4);
  const runs = Number(process.env['JAQYN_MODEL_RUNS'] ?? USUAL_RUNS);
  const outcomes = await runHistories(seed, { runs });
  if (process.env['JAQYN_MODEL_RUNS']) console.log(Object.fromEntries([...outcomes].sort((a, b) => b[1] - a[1])));
  // It is no test if nothing happens, or nothing is refused.
  expect(outcomes.get('done')).toBeGreaterThan(runs * 10);
  if (runs < USUAL_RUNS) return;
  for (const code of ['slot.unavailable', 'appointment.already_booked', 'undo.expired']) {
    expect(outcomes.get(code), code).toBeGreaterThan(0);
  }
  // Each of these is rare, so that one of them may be missing from a few histories; all of them are not.
  const met = ['slot.taken', 'slot.held', 'appointment.person_busy'].map((code) => outcomes.get(code) ?? 0);
  expect(Math.max(...met), 'two wanted the same time').toBeGreaterThan(0);
}, 300_000);
