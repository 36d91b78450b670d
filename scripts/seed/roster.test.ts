import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { staffRepository } from '../../server/src/modules/staff/staff.repository.ts';
import type { SpecialtyCode } from '../../shared/src/kernel/ids.ts';
import type { CalendarDate, Instant } from '../../shared/src/kernel/time.ts';
import { rosterDays } from './build/roster.ts';
import { SPECIALTIES } from './content/specialties.ts';
import { addDays, instant, localTime } from './demo-id.ts';
import { seedDemo } from './seed-demo.ts';
import { change, closeAfterTest, openSeeded, query, quickHash, type SeededDatabase, TODAY } from './test-support.ts';

let demo: SeededDatabase;
beforeAll(async () => {
  demo = await openSeeded();
}, 120_000);
afterAll(() => demo.close());

/** TODAY is a Sunday, the last day of its week. */
const MONDAY = '2026-11-16' as CalendarDate;

/** Every half hour of two weeks from a Monday on. */
function* moments(monday: CalendarDate): Generator<Instant> {
  for (let minutes = 0; minutes < 14 * 24 * 60; minutes += 30) yield instant(localTime(monday, minutes));
}

async function listUncovered({ store }: SeededDatabase, monday: CalendarDate): Promise<string[]> {
  const uncovered: string[] = [];
  await store.read(async (tx) => {
    for (const at of moments(monday)) {
      const onCall = await staffRepository.listOnCall(tx, at);
      for (const { code } of SPECIALTIES) {
        const ranks = onCall.filter(({ specialty }) => specialty === code).map(({ rank }) => rank);
        if (!ranks.includes(1) || !ranks.includes(2)) uncovered.push(`${code} ${at}`);
      }
    }
  });
  return uncovered;
}

describe('the demo roster', () => {
  it('has a first and a second on call of every specialty around the clock, this week and the next', async () => {
    expect(await listUncovered(demo, MONDAY)).toEqual([]);
  });

  it('rings one person a rung, and nobody is on call for two specialties or on two rungs', async () => {
    await demo.store.read(async (tx) => {
      for (const at of moments(MONDAY)) {
        const onCall = await staffRepository.listOnCall(tx, at);
        expect(new Set(onCall.map(({ practitionerId }) => practitionerId)).size).toBe(onCall.length);
        expect(new Set(onCall.map(({ specialty, rank }) => `${specialty} ${rank}`)).size).toBe(onCall.length);
      }
    });
  });

  it('always rings cardio, then cardio2, and neuro first', async () => {
    const logins = new Map(
      query<{ id: string; login: string }>(demo.file, 'SELECT id, login FROM user').map((row) => [row.id, row.login]),
    );
    await demo.store.read(async (tx) => {
      for (const at of moments(MONDAY)) {
        const cardiology = await staffRepository.listOnCall(tx, at, 'cardiology' as SpecialtyCode);
        expect(cardiology.slice(0, 2).map(({ userId }) => logins.get(userId))).toEqual(['cardio', 'cardio2']);
        const [neurologist] = await staffRepository.listOnCall(tx, at, 'neurology' as SpecialtyCode);
        expect(logins.get(neurologist?.userId ?? '')).toBe('neuro');
      }
    });
  });

  it('explains every ring of the past by a shift', () => {
    const unexplained = query(
      demo.file,
      `SELECT ring.id FROM ring JOIN service_request r ON r.id = ring.request_id WHERE NOT EXISTS (
         SELECT 1 FROM on_call_shift s WHERE s.practitioner_id = ring.practitioner_id AND s.specialty = r.specialty
           AND s.rank = ring.rank AND s.starts_at <= ring.started_at AND s.ends_at > ring.started_at)`,
    );
    expect(unexplained).toEqual([]);
  });

  it('starts and ends its two weeks on a Monday, whatever the day', () => {
    for (let offset = 0; offset < 7; offset += 1) {
      const days = rosterDays(addDays(MONDAY, offset));
      expect([days[0], days.at(-1)]).toEqual([addDays(MONDAY, -1), addDays(MONDAY, 13)]);
    }
  });
});

describe('on a later day', () => {
  it('is carried on, once', async () => {
    const later = closeAfterTest(await openSeeded());
    const today = addDays(TODAY, 17);
    const monday = addDays(MONDAY, 21);
    expect((await listUncovered(later, monday)).length).toBeGreaterThan(0);
    const run = () => seedDemo({ store: later.store, today, hashPassword: quickHash });
    const outcome = await run();
    expect(outcome).toEqual({ kind: 'rolled', shifts: expect.any(Number) });
    expect(await listUncovered(later, monday)).toEqual([]);
    expect(query(later.file, "SELECT seq FROM audit_event WHERE action = 'database.roll_demo_roster'")).toHaveLength(1);
    expect(await run()).toEqual({ kind: 'unchanged' });
  });

  it('leaves what a coordinator changed in the days that are there', async () => {
    const changed = closeAfterTest(await openSeeded());
    const starts = instant(localTime(addDays(TODAY, 3), 8 * 60));
    change(
      changed.file,
      "DELETE FROM on_call_shift WHERE starts_at = ? AND specialty = 'surgery' AND rank = 2",
      starts,
    );
    await seedDemo({ store: changed.store, today: addDays(TODAY, 8), hashPassword: quickHash });
    const shifts = query(
      changed.file,
      "SELECT rank FROM on_call_shift WHERE starts_at = ? AND specialty = 'surgery'",
      starts,
    );
    expect(shifts).toEqual([{ rank: 1 }]);
  });
});
