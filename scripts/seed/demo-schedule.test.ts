import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../server/src/db/open-database.ts';
import { createTestFolder } from '../../server/test/template-database.ts';
import type { CalendarDate, Instant } from '../../shared/src/kernel/time.ts';
import { sessionsOfDay, slotsOf } from '../../shared/src/scheduling/expand.ts';
import { createWorkCalendar } from '../../shared/src/scheduling/holidays.ts';
import { eachDay, toMinute } from '../../shared/src/scheduling/local-day.ts';
import { buildDemoData } from './build/demo-data.ts';
import { addDays, instant, localTime } from './demo-id.ts';
import { seedDemo } from './seed-demo.ts';
import { nowOn, openSeeded, query, quickHash, type SeededDatabase, TODAY } from './test-support.ts';

let demo: SeededDatabase;
beforeAll(async () => {
  demo = await openSeeded();
}, 120_000);
afterAll(() => demo.close());

/** TODAY is a Sunday. */
const MONDAY = addDays(TODAY, -6);

interface Row {
  readonly status: string;
  readonly request: string;
  readonly starts_at: string | null;
  readonly login: string | null;
  readonly station: string;
  readonly treat_by: string;
  readonly urgency: string;
}

const appointments = () =>
  query<Row>(
    demo.file,
    `SELECT a.status, r.status AS request, a.starts_at, u.login, s.name_en AS station, a.treat_by, a.urgency
     FROM appointment a JOIN service_request r ON r.id = a.request_id JOIN station s ON s.id = a.station_id
     LEFT JOIN user u ON u.practitioner_id = a.practitioner_id`,
  );

describe('the demo schedule', () => {
  it('fills the current week between 30 and 90 % for most specialists', () => {
    const { schedule } = buildDemoData(TODAY, nowOn(TODAY));
    const calendar = createWorkCalendar(schedule.rosters.orders);
    const shares = schedule.rosters.rosters.flatMap((roster) => {
      const slots = eachDay(MONDAY, TODAY).flatMap((day) =>
        sessionsOfDay(roster, day, calendar).flatMap((session) => (session.mode === 'video' ? slotsOf(session) : [])),
      );
      const taken = query<{ starts_at: Instant }>(
        demo.file,
        `SELECT starts_at FROM slot_claim WHERE kind = 'practitioner' AND resource_id = ? AND starts_at >= ? AND starts_at < ?`,
        roster.specialist.practitioner.id,
        instant(localTime(MONDAY, 0)),
        instant(localTime(TODAY, 24 * 60)),
      );
      for (const { starts_at } of taken) expect(slots.map(({ from }) => from)).toContain(toMinute(starts_at));
      return slots.length === 0 ? [] : [taken.length / slots.length];
    });
    const usual = shares.filter((share) => share >= 0.3 && share <= 0.9);
    expect(usual.length / shares.length).toBeGreaterThan(0.7);
    const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
    expect(mean).toBeGreaterThan(0.4);
    expect(mean).toBeLessThan(0.8);
  });

  it('has every state of an appointment around today, each with a request that goes with it', () => {
    const goesWith: Record<string, readonly string[]> = {
      // Assigned, where the answer will be in writing.
      booked: ['booked', 'async_assigned'],
      arrived: ['booked'],
      'checked-in': ['checked_in'],
      fulfilled: ['conclusion_draft', 'signed', 'delivered', 'closed'],
      noshow: ['no_show'],
      cancelled: ['accepted'],
      waitlist: ['waitlisted'],
      proposed: ['waitlisted'],
      pending: ['waitlisted'],
    };
    const seen = new Set<string>();
    for (const { status, request } of appointments()) {
      expect(goesWith[status], status).toContain(request);
      seen.add(status);
    }
    expect([...seen].sort()).toEqual(Object.keys(goesWith).sort());
  });

  it('lets some fifteen wait, some past their treat-by date, with offers open', () => {
    const waiting = appointments().filter(({ status }) => ['waitlist', 'proposed', 'pending'].includes(status));
    expect(waiting.length).toBeGreaterThanOrEqual(14);
    expect(new Set(waiting.map(({ urgency }) => urgency)).size).toBeGreaterThanOrEqual(3);
    const now = nowOn(TODAY).toISOString();
    expect(waiting.some(({ treat_by }) => treat_by < now)).toBe(true);
    expect(query(demo.file, "SELECT id FROM slot_offer WHERE outcome = 'open'").length).toBeGreaterThan(0);
    expect(query(demo.file, "SELECT id FROM slot_offer WHERE outcome = 'open' AND expires_at <= ?", now)).toEqual([]);
  });

  it('gives the memorable station one slot soon and one later today, both with cardio', () => {
    const now = nowOn(TODAY).getTime();
    const today = appointments()
      .filter(
        ({ station, status, starts_at }) => station.startsWith('Aksu') && status === 'booked' && starts_at !== null,
      )
      .map(({ starts_at, login }) => ({ login, minutes: (Date.parse(starts_at ?? '') - now) / 60_000 }))
      .filter(({ minutes }) => minutes < 13 * 60)
      .sort((a, b) => a.minutes - b.minutes);
    expect(today.map(({ login }) => login)).toEqual(['cardio', 'cardio']);
    expect(today[0]?.minutes).toBeLessThan(45);
    expect(today[1]?.minutes).toBeGreaterThan(60);
  });

  it('has leaves, a substitution, days by order, kits, languages and a coordinator of one oblast', () => {
    const exceptions = query<{ kind: string; substitution_id: string | null }>(
      demo.file,
      'SELECT * FROM roster_exception',
    );
    expect(exceptions.filter(({ kind }) => kind === 'closure').length).toBeGreaterThanOrEqual(4);
    expect(exceptions.some(({ kind, substitution_id }) => kind === 'extra' && substitution_id !== null)).toBe(true);
    expect(query(demo.file, 'SELECT day FROM special_day')).toHaveLength(2);
    expect(query(demo.file, 'SELECT station_id FROM station_kit')).toHaveLength(30);
    expect(query(demo.file, 'SELECT DISTINCT practitioner_id FROM practitioner_language')).toHaveLength(40);
    expect(query(demo.file, 'SELECT login, region FROM coordinator_region c JOIN user u ON u.id = c.user_id')).toEqual([
      { login: 'coordinator2', region: 'north' },
    ]);
  });

  it('books nobody into a leave, and only into slots that somebody works', () => {
    const inLeave = query(
      demo.file,
      `SELECT a.id FROM appointment a JOIN roster_exception e ON e.practitioner_id = a.practitioner_id
       AND e.kind = 'closure' AND e.starts_at < a.ends_at AND a.starts_at < e.ends_at
       WHERE a.status NOT IN ('cancelled', 'noshow')`,
    );
    expect(inLeave).toEqual([]);
  });

  it.each([
    [0, 5],
    [7, 40],
    [23, 58],
  ])(
    'tells its story also at %i:%i, and on a holiday',
    async (hour, minute) => {
      const holiday = '2026-12-16' as CalendarDate;
      const store = await openDatabase({ path: `${createTestFolder()}/jaqyn.db` });
      const now = () => localTime(holiday, hour * 60 + minute);
      expect(await seedDemo({ store, today: holiday, hashPassword: quickHash, now })).toMatchObject({ kind: 'seeded' });
      await store.close();
    },
    60_000,
  );
});
