import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../server/src/db/open-database.ts';
import { systemClock } from '../../server/src/kernel/clock.ts';
import { EventBus } from '../../server/src/kernel/event-bus.ts';
import { AuthService } from '../../server/src/modules/auth/auth.service.ts';
import { hashPassword } from '../../server/src/modules/auth/password.ts';
import { createTestFolder } from '../../server/test/template-database.ts';
import type { CalendarDate } from '../../shared/src/kernel/time.ts';
import { buildDemoData } from './build/demo-data.ts';
import { DEMO_ACCOUNTS } from './demo-accounts.ts';
import { addDays, localTime } from './demo-id.ts';
import { SeedRefused, seedDemo } from './seed-demo.ts';
import { change, closeAfterTest, contentHash, openSeeded, query, quickHash, TODAY } from './test-support.ts';

async function openEmpty() {
  const file = `${createTestFolder()}/jaqyn.db`;
  return { file, store: await openDatabase({ path: file }) };
}

const ORGANIZATION = "INSERT INTO organization VALUES ('o1', '060140000001', 'Аурухана', 'Больница', 'Hospital')";
const STATION = `INSERT INTO station VALUES ('s1', 'o1', 'а', 'а', 'a', 'а', 'а', 'a', 'а', 'а', 'a', 'а', 'а', 'a', '1', '2', 1)`;
const USER = `INSERT INTO user (id, login, display_name, password_hash, role, is_demo, created_at)
  VALUES ('u1', 'doctor', 'Дәрігер', 'x', 'admin', 0, '2026-01-01T00:00:00.000Z')`;
const SPECIALTY = "INSERT INTO specialty VALUES ('cardiology', 'Кардиология', 'Кардиология', 'Cardiology', 1)";
const PATIENT = (
  by: string | null,
) => `INSERT INTO patient (id, family_name, given_name, middle_name, search_key, birth_date,
    sex, phone, address, station_id, insurance, chronic_conditions, is_demo, registered_at, registered_by)
  SELECT 'p1', 'Шын', 'Адам', '', 'шын адам', '1980-01-01', 'male', '', '', id, 'unknown', '', 0,
    '2026-01-01T00:00:00.000Z', ${by === null ? 'NULL' : `'${by}'`} FROM station LIMIT 1`;
const REQUEST = (
  login: string,
) => `INSERT INTO service_request (id, number, status, version, urgency, urgency_rank, specialty, reason,
    patient_id, station_id, requested_by, created_at, status_changed_at, is_demo)
  SELECT 'r1', '2026-900001', 'in_triage', 1, 'routine', 0, 'cardiology', 'x', (SELECT id FROM patient LIMIT 1),
    (SELECT id FROM station LIMIT 1), id, '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z', 0 FROM user WHERE login = '${login}'`;

describe('seeding', () => {
  it('gives the same rows for the same day, other rows for another', async () => {
    const [first, second, other] = [
      closeAfterTest(await openSeeded()),
      closeAfterTest(await openSeeded(TODAY, true)),
      closeAfterTest(await openSeeded('2026-11-21' as CalendarDate)),
    ];
    expect(contentHash(second.file)).toBe(contentHash(first.file));
    expect(contentHash(other.file)).not.toBe(contentHash(first.file));
  }, 90_000);

  it('finds room for every consult on any day of the year, and for appointments at any hour', () => {
    let hour = 0;
    for (let day = '2026-01-01' as CalendarDate; day < '2027-01-01'; day = addDays(day, 9)) {
      hour = (hour + 5) % 24;
      const { consultations, schedule } = buildDemoData(day, localTime(day, hour * 60 + 17));
      expect(consultations, day).toHaveLength(120);
      expect(schedule.requests.length, day).toBeGreaterThan(250);
    }
  }, 120_000);

  it('changes nothing when run again', async () => {
    const { store, file } = closeAfterTest(await openSeeded());
    const before = contentHash(file);
    const outcome = await seedDemo({ store, today: TODAY, hashPassword: () => expect.unreachable('it hashes again') });
    expect(outcome).toEqual({ kind: 'unchanged' });
    expect(contentHash(file)).toBe(before);
  });

  it('happens once when two processes start at once', async () => {
    const { store, file } = await openEmpty();
    const other = await openDatabase({ path: file });
    const outcomes = await Promise.all(
      [store, other].map((store) => seedDemo({ store, today: TODAY, hashPassword: quickHash })),
    );
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['seeded', 'unchanged']);
    expect(query(file, 'SELECT id FROM patient')).toHaveLength(300);
    await Promise.all([store.close(), other.close()]);
  }, 60_000);

  it('lets every account of the list sign in with its password', async () => {
    const { store } = await openEmpty();
    const hashes = Promise.resolve(hashPassword('jaqyn-demo'));
    await seedDemo({ store, today: TODAY, hashPassword: () => hashes });
    const auth = new AuthService({
      store,
      clock: systemClock,
      bus: new EventBus({ error: () => undefined }),
      sessionHours: 12,
    });
    for (const { login, password, role } of DEMO_ACCOUNTS) {
      const { currentUser } = await auth.signIn({ login, password, address: '127.0.0.1' });
      expect(currentUser).toMatchObject({ login, role });
    }
    await store.close();
  }, 60_000);

  it('hashes the password of each user apart', async () => {
    const { store, file } = await openEmpty();
    let calls = 0;
    await seedDemo({ store, today: TODAY, hashPassword: (password) => Promise.resolve(`${password} ${(calls += 1)}`) });
    expect(query(file, 'SELECT DISTINCT password_hash FROM user')).toHaveLength(calls);
    expect(calls).toBeGreaterThan(70);
    await store.close();
  }, 60_000);
});

describe('a database with real data', () => {
  it.each([
    ['user', [USER], 'users: 1'],
    ['patient', [ORGANIZATION, STATION, PATIENT(null)], 'patients: 1'],
    ['request', [ORGANIZATION, STATION, SPECIALTY, PATIENT(null), USER, REQUEST('doctor')], 'requests: 1'],
    ['station', [ORGANIZATION, STATION], 'stations: 1'],
  ])('is refused for one real %s and stays as it was', async (_what, rows, found) => {
    const { store, file } = await openEmpty();
    for (const row of rows) change(file, row);
    const before = contentHash(file);
    const refusal = await seedDemo({ store, today: TODAY, hashPassword: quickHash }).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(refusal).toBeInstanceOf(SeedRefused);
    expect(refusal).toMatchObject({ code: 'seed.refused', found: expect.stringContaining(found) });
    expect(contentHash(file)).toBe(before);
    await store.close();
  });

  it.each([
    ['user', USER],
    ['patient', PATIENT('somebody')],
  ])('is refused also after the demo came in, when a real %s did', async (_what, row) => {
    const { store, file } = closeAfterTest(await openSeeded());
    change(file, row);
    const before = contentHash(file);
    const later = addDays(TODAY, 30);
    await expect(seedDemo({ store, today: later, hashPassword: quickHash })).rejects.toThrow('seed.refused');
    expect(contentHash(file)).toBe(before);
  });

  it('is not what a demo user entered while trying it out', async () => {
    const { store, file } = closeAfterTest(await openSeeded());
    const [user] = query<{ id: string }>(file, "SELECT id FROM user WHERE login = 'feldsher'");
    change(file, PATIENT(user?.id ?? ''));
    change(file, REQUEST('feldsher'));
    expect(await seedDemo({ store, today: TODAY, hashPassword: quickHash })).toEqual({ kind: 'unchanged' });
  });
});
