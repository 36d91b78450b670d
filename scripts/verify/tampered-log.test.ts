import { expect, test } from 'vitest';
import { createTestFolder } from '../../server/test/template-database.ts';
import { type Attempt, TamperedLog } from './tampered-log.ts';

const SOME = 60;

test('every edit, deletion, reordering, truncation and rollback of a log is found, and where it begins', async () => {
  const log = await TamperedLog.create(createTestFolder());
  expect(await log.isBelieved()).toBe(true);
  const attempts: Attempt[] = [];
  for (let seed = 0; seed < SOME; seed += 1) attempts.push(await log.attempt(seed));
  expect(attempts.filter(({ isFound }) => !isFound)).toEqual([]);
  // Never after the first bad entry: what is named as good is good.
  expect(attempts.filter(({ seq, firstBad }) => seq !== null && seq > firstBad)).toEqual([]);
  const plain = attempts.filter(({ manner, kind }) => manner === 'plain' && kind !== 'rollback');
  expect(plain.filter(({ seq, firstBad }) => seq !== firstBad)).toEqual([]);
}, 60_000);

test.each(['witness', 'chain'] as const)(
  'a verifier without its check of the %s misses some',
  async (check) => {
    const log = await TamperedLog.create(createTestFolder());
    let missed = 0;
    for (let seed = 0; seed < 20; seed += 1) if (!(await log.attempt(seed, check)).isFound) missed += 1;
    expect(missed).toBeGreaterThan(0);
  },
  60_000,
);
