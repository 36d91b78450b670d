import { expect, test } from 'vitest';
import { FakeClock } from '../../../test/fake-clock.ts';
import { createTestStore } from '../../../test/template-database.ts';
import type { DatabaseVerdict } from '../../db/check-database.ts';
import { DatabaseCheckClock } from './database-check.clock.ts';
import { HealthService } from './health.service.ts';

async function createWatched(check: (signal: AbortSignal) => Promise<DatabaseVerdict>, everyMs = 3_600_000) {
  const clock = new FakeClock();
  const told: [level: string, words: unknown][] = [];
  const logger = {
    info: (_detail: unknown, words?: unknown) => void told.push(['info', words]),
    error: (_detail: unknown, words?: unknown) => void told.push(['error', words]),
  };
  const checks = DatabaseCheckClock.start({ check, clock, logger, firstAfterMs: everyMs, everyMs });
  const health = new HealthService({
    store: await createTestStore(),
    logger,
    version: '1',
    lastCheck: () => checks.last,
    workers: () => [{ isUp: true }],
  });
  return { clock, checks, told, health: () => health.getHealth() };
}

test('health says what reading the whole database found, and heals when a restored one is read', async () => {
  let verdict: DatabaseVerdict | undefined;
  const { checks, told, health, clock } = await createWatched(async () => {
    if (verdict === undefined) throw new Error('no such process');
    return verdict;
  });
  expect(await health()).toMatchObject({ status: 'ok', database: 'ok', databaseCheckedAt: null });
  verdict = { kind: 'damaged', says: 'patient: btree page 7' };
  await checks.run();
  const found = clock.instant();
  expect(await health()).toMatchObject({ status: 'degraded', database: 'damaged', databaseCheckedAt: found });
  // A look that fails takes nothing back.
  verdict = undefined;
  clock.advance({ seconds: 60 });
  await checks.run();
  expect(await health()).toMatchObject({ status: 'degraded', database: 'damaged', databaseCheckedAt: found });
  verdict = { kind: 'sound' };
  await checks.run();
  expect(await health()).toMatchObject({ status: 'ok', database: 'ok', databaseCheckedAt: clock.instant() });
  expect(told).toEqual([
    ['error', 'the database is damaged: restore a backup'],
    ['error', 'the database could not be checked'],
    ['info', 'the database was read through and is sound'],
  ]);
  await checks.close();
});

test('looks again and again, one look at a time, and a stop ends the look that is going on', async () => {
  let looks = 0;
  let running = 0;
  const { checks } = await createWatched(async (signal) => {
    looks += 1;
    running += 1;
    expect(running).toBe(1);
    if (looks === 3)
      await new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('ended'))));
    running -= 1;
    return { kind: 'sound' };
  }, 5);
  await expect.poll(() => looks).toBe(3);
  void checks.run();
  await checks.close();
  expect(looks).toBe(3);
});
