import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { SqliteError } from 'better-sqlite3';
import { eq, sql } from 'drizzle-orm';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createNoteStore } from '../../test/create-note-store.ts';
import { noteTable } from '../../test/note-store.ts';
import { createGroupTransaction } from './group-transaction.ts';
import type { Tx } from './store.ts';
import { StatementCache } from './unit-client.ts';
import { runUnit } from './unit-of-work.ts';
import { defaultWriterLimits, WriterQueue } from './writer-queue.ts';

// Many units at once, in groups of any size, some refusing, some clashing, some hanging, whole groups lost and run
// again: the answers and the rows must be those of the same units run one after another by a model of ten lines.

type Step =
  | { kind: 'insert'; id: string }
  | { kind: 'add'; id: string; by: number }
  | { kind: 'remove'; id: string }
  | { kind: 'throw' };

interface Unit {
  steps: Step[];
  /** Turns of the event loop before it is asked for. */
  after: number;
  /** Waits for something that is not its tx. */
  hangs: boolean;
}

type Answer = 'refused' | 'clash' | 'hung' | Record<string, number>;

const id = fc.constantFrom('a', 'b', 'c');
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('insert' as const), id }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('add' as const), id, by: fc.integer({ min: 1, max: 9 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('remove' as const), id }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('throw' as const) }) },
);
const unit: fc.Arbitrary<Unit> = fc.record({
  steps: fc.array(step, { maxLength: 5 }),
  after: fc.nat({ max: 2 }),
  hangs: fc.integer({ min: 0, max: 19 }).map((n) => n === 0),
});

function runOnModel(rows: Map<string, number>, { steps, hangs }: Unit): Answer {
  const mine = new Map(rows);
  for (const step of steps) {
    if (step.kind === 'throw') return 'refused';
    if (step.kind === 'insert' && mine.has(step.id)) return 'clash';
    if (step.kind === 'insert') mine.set(step.id, 0);
    if (step.kind === 'remove') mine.delete(step.id);
    if (step.kind === 'add' && mine.has(step.id)) mine.set(step.id, (mine.get(step.id) ?? 0) + step.by);
  }
  if (hangs) return 'hung';
  rows.clear();
  for (const [key, value] of mine) rows.set(key, value);
  return Object.fromEntries(mine);
}

async function runOnStore(tx: Tx, { steps, hangs }: Unit): Promise<Answer> {
  for (const step of steps) {
    if (step.kind === 'throw') throw new Error('refused');
    if (step.kind === 'insert') await tx.insert(noteTable).values({ id: step.id, body: '', count: 0 });
    if (step.kind === 'remove') await tx.delete(noteTable).where(eq(noteTable.id, step.id));
    if (step.kind === 'add') {
      const count = sql`${noteTable.count} + ${step.by}`;
      await tx.update(noteTable).set({ count }).where(eq(noteTable.id, step.id));
    }
  }
  if (hangs) await turnOfTheLoop();
  return Object.fromEntries((await tx.select().from(noteTable)).map((row) => [row.id, row.count]));
}

function toAnswer(error: unknown): Answer {
  if (error instanceof SqliteError && error.code === 'SQLITE_CONSTRAINT_PRIMARYKEY') return 'clash';
  if (error instanceof Error && error.message === 'refused') return 'refused';
  if (error instanceof Error && error.name === 'StoreMisuse') return 'hung';
  throw error;
}

it('answers and keeps what the same units would, run one after another', async () => {
  const { writer, reader } = createNoteStore();
  const statements = new StatementCache(writer);
  let groupsOfMany = 0;
  let groupsLost = 0;
  let runsAgain = 0;

  const property = fc.asyncProperty(
    fc.array(unit, { minLength: 1, maxLength: 30 }),
    fc.integer({ min: 1, max: 12 }),
    fc.array(fc.boolean(), { minLength: 1, maxLength: 8 }),
    async (units, groupUnits, lostGroups) => {
      writer.exec('DELETE FROM note');
      const real = createGroupTransaction(writer);
      let members = 0;
      let commits = 0;
      const queue = new WriterQueue(
        {
          ...real,
          get isOpen() {
            return real.isOpen;
          },
          begin() {
            members = 0;
            real.begin();
          },
          savepoint() {
            members += 1;
            real.savepoint();
          },
          commit() {
            if (members > 1) groupsOfMany += 1;
            if (members > 1 && lostGroups[commits++ % lostGroups.length]) {
              groupsLost += 1;
              throw new SqliteError('database or disk is full', 'SQLITE_FULL');
            }
            real.commit();
          },
        },
        { ...defaultWriterLimits, groupUnits },
      );

      const answers: Promise<Answer>[] = [];
      const order: number[] = [];
      for (const [index, unit] of units.entries()) {
        for (let turn = 0; turn < unit.after; turn++) await turnOfTheLoop();
        let runs = 0;
        const run = () => {
          if (runs++ > 0) runsAgain += 1;
          return runUnit(writer, statements, (tx) => runOnStore(tx, unit));
        };
        const acknowledge = (answer: Answer): Answer => {
          // Nothing is said before it is in the file for everybody.
          expect(writer.inTransaction).toBe(false);
          order.push(index);
          return answer;
        };
        answers.push(queue.add(run).then(acknowledge, (error: unknown) => acknowledge(toAnswer(error))));
      }
      const model = new Map<string, number>();
      const expected = units.map((unit) => runOnModel(model, unit));
      expect(await Promise.all(answers)).toEqual(expected);
      await queue.close();
      expect(order).toEqual(units.map((_, index) => index));
      const kept = reader.prepare<[], { id: string; count: number }>('SELECT id, count FROM note').all();
      expect(Object.fromEntries(kept.map((row) => [row.id, row.count]))).toEqual(Object.fromEntries(model));
    },
  );

  await fc.assert(property, { numRuns: 200 });
  // Otherwise this test would have tried only the easy cases.
  expect(groupsOfMany).toBeGreaterThan(50);
  expect(groupsLost).toBeGreaterThan(20);
  expect(runsAgain).toBeGreaterThan(50);
});
