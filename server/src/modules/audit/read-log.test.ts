import type { UserId } from '@jaqyn/shared/kernel/ids';
import { expect, test } from 'vitest';
import { FakeClock } from '../../../test/fake-clock.ts';
import { openRaw } from '../../../test/raw-database.ts';
import { createTestStore } from '../../../test/template-database.ts';
import { ReadLog } from './read-log.ts';

const doctor = { userId: '019aa6b0-9c1e-7d3a-8f00-0123456789ab' as UserId, role: 'specialist' as const };
const nurse = { userId: '019aa6b0-9c1e-7d3a-8f00-0123456789ac' as UserId, role: 'feldsher' as const };
const card = (...entityIds: string[]) => ({
  action: 'patient.read' as const,
  entityType: 'patient' as const,
  entityIds,
});

async function createLog() {
  const store = await createTestStore();
  const clock = new FakeClock();
  const raw = openRaw(store);
  return {
    store,
    clock,
    raw,
    reads: new ReadLog({ store, clock }),
    rows: () => raw.prepare('select actor_id, entity_id, detail from audit_event order by seq').raw().all(),
  };
}

test('the same person, the same record, the same minute: one entry, however many ask at once', async () => {
  const { reads, rows, clock } = await createLog();
  await Promise.all(Array.from({ length: 50 }, () => reads.record(doctor, card('a'))));
  await reads.record(nurse, card('a'));
  await reads.record(doctor, card('b'));
  expect(rows()).toHaveLength(3);
  clock.advance({ seconds: 60 });
  await reads.record(doctor, card('a'));
  expect(rows()).toHaveLength(4);
});

test('a board that stands open all day names everybody on it once a day', async () => {
  const { store, clock, rows } = await createLog();
  const reads = new ReadLog({ store, clock, within: 'day' });
  await reads.record(doctor, card('a', 'b'));
  clock.advance({ seconds: 3600 });
  await reads.record(doctor, card('a', 'b', 'c'));
  expect(rows()).toEqual([
    [doctor.userId, 'several', '{"ids":"a b"}'],
    [doctor.userId, 'c', '{}'],
  ]);
  clock.advance({ seconds: 86_400 });
  await reads.record(doctor, card('a'));
  expect(rows()).toHaveLength(3);
});

test('another purpose is another reading', async () => {
  const { reads, rows } = await createLog();
  await reads.record(doctor, card('a'));
  await reads.record(doctor, { ...card('a'), purpose: 'break_glass' });
  expect(rows()).toEqual([
    [doctor.userId, 'a', '{}'],
    [doctor.userId, 'a', '{"purpose":"break_glass"}'],
  ]);
});

test('a list names everybody on it once; what it shows anew is added', async () => {
  const { reads, rows } = await createLog();
  await reads.record(doctor, card());
  await reads.record(doctor, card('a', 'b', 'a'));
  await reads.record(doctor, card('b', 'a', 'c'));
  expect(rows()).toEqual([
    [doctor.userId, 'several', '{"ids":"a b"}'],
    [doctor.userId, 'c', '{}'],
  ]);
});

test('whoever comes while an entry is on its way waits for it; one that failed is tried again', async () => {
  const { reads, rows, raw } = await createLog();
  raw.exec("create trigger fault before insert on audit_event begin select raise(abort, 'planted'); end");
  const both = [reads.record(doctor, card('a')), reads.record(doctor, card('a'))];
  for (const one of both) await expect(one).rejects.toThrow('planted');
  raw.exec('drop trigger fault');
  await reads.record(doctor, card('a'));
  expect(rows()).toHaveLength(1);
});
