/**
 * The server's part of the measurement as a process of its own, so that its memory is what is told. Arguments: database file, seed,
 * repetitions, and `prepare` to write the day loads first as the server's clock would. Prints one JSON object.
 */
import { statSync } from 'node:fs';
import { openReader } from '../../../server/src/db/client.ts';
import { openDatabase } from '../../../server/src/db/open-database.ts';
import type { Actor } from '../../../server/src/kernel/actor.ts';
import type { Clock } from '../../../server/src/kernel/clock.ts';
import { newId } from '../../../server/src/kernel/ids.ts';
import type {
  OperationId,
  PractitionerId,
  RequestId,
  RosterEntryId,
  SpecialtyCode,
  StationId,
  UserId,
} from '../../../shared/src/kernel/ids.ts';
import { BOARD_PAGE } from '../../../shared/src/scheduling/board.contract.ts';
import { addDays } from '../../../shared/src/scheduling/local-day.ts';
import { Random } from '../../seed/random.ts';
import { composeSchedule } from './compose.ts';
import { NOW, TODAY } from './scale-world.ts';

const [file = '', seed = '1', times = '200', prepare = ''] = process.argv.slice(2);
const TIMES = Number(times);
const random = new Random(`scale-probe ${seed}`);
const clock: Clock = { now: () => new Date(NOW), instant: () => NOW };
const store = await openDatabase({ path: file });
const services = composeSchedule(store, clock);

/** Milliseconds of each call, with the answer put into JSON as a route does it. */
const took = new Map<string, number[]>();
/** Milliseconds of processor, which a busy machine does not lengthen as much. */
const cpu = new Map<string, number[]>();
const bytes = new Map<string, number[]>();

function note(where: Map<string, number[]>, name: string, value: number): void {
  const known = where.get(name) ?? [];
  where.set(name, known);
  known.push(value);
}

async function measure(name: string, call: () => Promise<unknown>): Promise<void> {
  const before = process.cpuUsage();
  const from = performance.now();
  const answer = await call();
  const length = JSON.stringify(answer).length;
  note(took, name, performance.now() - from);
  const { user, system } = process.cpuUsage(before);
  note(cpu, name, (user + system) / 1000);
  note(bytes, name, length);
}

let prepareSeconds = 0;
if (prepare === 'prepare') {
  const from = performance.now();
  // The first round only writes down whose days are to be written.
  await services.upkeep.tick();
  while (await services.upkeep.tick());
  prepareSeconds = (performance.now() - from) / 1000;
}

// Who asks, and for what: read past the store, once.
const reader = openReader(file);
const specialists = reader
  .prepare<[], { id: PractitionerId; specialty: SpecialtyCode; organization_id: string }>(
    'SELECT id, specialty, organization_id FROM practitioner ORDER BY id',
  )
  .all();
const stations = reader.prepare<[], StationId>('SELECT id FROM station ORDER BY id').pluck().all();
const regions = reader.prepare<[], string>('SELECT code FROM region ORDER BY position').pluck().all();
const coordinators = reader
  .prepare<[], { id: UserId; login: string }>(`SELECT id, login FROM "user" WHERE role = 'coordinator' ORDER BY login`)
  .all();
const requests = reader
  .prepare<[], { id: RequestId; specialty: SpecialtyCode }>(
    `SELECT id, specialty FROM service_request WHERE status = 'booked' ORDER BY id LIMIT 5000`,
  )
  .all();
const templates = reader
  .prepare<
    [],
    { id: RosterEntryId; practitioner_id: PractitionerId; service: string; weekdays: number; start_minute: number }
  >(
    `SELECT id, practitioner_id, service, weekdays, start_minute FROM roster_template WHERE mode = 'video' AND valid_to IS NULL ORDER BY id`,
  )
  .all();
reader.close();

const actorOf = (user: { id: UserId; login: string }): Actor => ({
  userId: user.id,
  sessionId: 'bench',
  sessionExpiresAt: '2027-12-31T00:00:00.000Z',
  login: user.login,
  displayName: user.login,
  role: 'coordinator',
  language: 'kk',
  stationId: null,
  practitionerId: null,
  specialty: null,
});
const country = actorOf(coordinators.find(({ login }) => login === 'coordinator-country') ?? random.pick(coordinators));
const anyCoordinator = () => (random.chance(0.5) ? country : actorOf(random.pick(coordinators)));
const monday = (weeks: number) => addDays(TODAY, weeks * 7);

/** A week is also asked for with as many specialists as the day has, for whoever compares. */
async function board(days: 1 | 7, limit: number = days === 7 ? BOARD_PAGE.week : BOARD_PAGE.day): Promise<void> {
  const { specialty } = random.pick(specialists);
  const region = random.chance(0.3) ? random.pick(regions) : undefined;
  const offset = region === undefined && random.chance(0.3) ? limit : 0;
  const query = { from: monday(random.pick([0, 0, 1, 2])), days, specialty, region, q: '', offset, limit };
  const name = days === 1 ? 'boardDay' : limit === BOARD_PAGE.week ? 'boardWeek' : 'boardWeekOf40';
  await measure(name, () => services.boards.getBoard(anyCoordinator(), query));
}

async function earliest(): Promise<void> {
  const request = random.chance(0.5) ? random.pick(requests) : undefined;
  const query = {
    specialty: request?.specialty ?? random.pick(specialists).specialty,
    requestId: request?.id,
    language: random.chance(0.3) ? random.pick(['kk', 'ru'] as const) : undefined,
    limit: 5,
  };
  const isOblast = random.chance(0.5);
  const where = isOblast ? { ...query, region: random.pick(regions) } : query;
  await measure(isOblast ? 'earliestOblast' : 'earliestCountry', () => services.earliest.find(country, where));
}

/** From tomorrow on an hour later, everything that is booked kept: the preview with the year's booked ones, then the change. */
async function changeTemplate(template: (typeof templates)[number]): Promise<void> {
  const input = {
    practitionerId: template.practitioner_id,
    template: {
      service: template.service as never,
      mode: 'video' as const,
      weekdays: [1, 2, 3, 4, 5, 6, 7].filter((weekday) => (template.weekdays >> (weekday - 1)) & 1),
      startMinute: template.start_minute - 60,
      endMinute: template.start_minute + 110,
      slotMinutes: 25,
      bufferMinutes: 5,
      worksOnHolidays: false,
      rank: null,
      validFrom: addDays(TODAY, 1),
      validTo: addDays(TODAY, 366),
    },
  };
  let affected: { appointment: { id: string; version: number } }[] = [];
  await measure('templatePreview', async () => {
    const preview = await services.rosters.previewTemplate(country, input.practitionerId, {
      template: input.template,
      replaces: template.id,
    });
    affected = preview.affected;
    return preview;
  });
  await measure('templateChange', () =>
    services.rosters.saveTemplate(country, input.practitionerId, {
      operationId: newId<OperationId>(),
      id: newId<RosterEntryId>(),
      template: input.template,
      replaces: template.id,
      seenValidTo: null,
      decisions: affected.map(({ appointment }) => ({
        appointmentId: appointment.id as never,
        version: appointment.version,
        decision: { kind: 'keep' as const },
      })),
    }),
  );
  note(bytes, 'affected', affected.length);
}

// The first calls compile statements and code and fill the cache of pages; they are a server's first minute.
for (let n = 0; n < TIMES / 4; n += 1) {
  await board(7);
  await board(1);
  await earliest();
}
took.clear();
cpu.clear();
bytes.clear();
for (let n = 0; n < TIMES; n += 1) {
  await board(7);
  await board(1);
  await earliest();
  await earliest();
  const { id } = random.pick(specialists);
  const day = addDays(TODAY, random.int(0, 13));
  await measure('dayList', () => services.dayLists.list(country, { day, practitionerId: id }));
  await measure('stationDayList', () => services.dayLists.list(country, { day, stationId: random.pick(stations) }));
  await measure('slotsMonth', () => services.boards.listSlots(id, TODAY, addDays(TODAY, 30)));
}
for (let n = 0; n < TIMES / 4; n += 1) await board(7, BOARD_PAGE.day);
const changed = random.shuffle(templates).slice(0, Math.max(5, Math.floor(TIMES / 8)));
for (const template of changed) await changeTemplate(template);

const result = {
  prepareSeconds,
  rssMegabytes: process.memoryUsage().rss / 2 ** 20,
  databaseMegabytes: statSync(file).size / 2 ** 20,
  took: Object.fromEntries(took),
  cpu: Object.fromEntries(cpu),
  bytes: Object.fromEntries(bytes),
};
await store.close();
process.stdout.write(`${JSON.stringify(result)}\n`);
