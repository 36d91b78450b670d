import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import Sqlite, { SqliteError } from 'better-sqlite3';
import { sql } from 'drizzle-orm';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createNoteStore } from '../../test/create-note-store.ts';
import { noteTable } from '../../test/note-store.ts';
import { createGroupTransaction } from './group-transaction.ts';
import type { Store, Tx } from './store.ts';
import { StatementCache } from './unit-client.ts';
import { runUnit } from './unit-of-work.ts';
import { defaultWriterLimits, type GroupTransaction, WriterQueue } from './writer-queue.ts';

async function insertNote(tx: Tx, id: string, body = 'text'): Promise<void> {
  await tx.insert(noteTable).values({ id, body, count: 0 });
}

async function listIds(store: Store): Promise<string[]> {
  return await store.read(async (tx) => {
    const rows = await tx.select({ id: noteTable.id }).from(noteTable).orderBy(noteTable.id);
    return rows.map((row) => row.id);
  });
}

/** `ok`, or the code each promise was rejected with. */
async function outcomesOf(promises: Promise<unknown>[]): Promise<string[]> {
  const settled = await Promise.allSettled(promises);
  return settled.map((result) => (result.status === 'fulfilled' ? 'ok' : (result.reason as { code: string }).code));
}

describe('a full disk', () => {
  it('fails the unit that does not fit, keeps its neighbours, and heals by itself', async () => {
    const { store, writer } = createNoteStore();
    const pages = writer.pragma('page_count', { simple: true }) as number;
    writer.pragma(`max_page_count = ${pages + 4}`);
    const big = 'x'.repeat(100_000);
    expect(
      await outcomesOf([
        store.transaction((tx) => insertNote(tx, 'a')),
        store.transaction((tx) => insertNote(tx, 'big', big)),
        store.transaction((tx) => insertNote(tx, 'b')),
      ]),
    ).toEqual(['ok', 'store.unavailable', 'ok']);
    expect(await listIds(store)).toEqual(['a', 'b']);
    writer.pragma('max_page_count = 1000000');
    await store.transaction((tx) => insertNote(tx, 'big', big));
    expect(await listIds(store)).toEqual(['a', 'b', 'big']);
  });

  it('is not got round by a unit that swallows the error and goes on', async () => {
    const { store, writer } = createNoteStore();
    writer.pragma(`max_page_count = ${(writer.pragma('page_count', { simple: true }) as number) + 4}`);
    await outcomesOf([
      store.transaction(async (tx) => {
        await insertNote(tx, 'before');
        await insertNote(tx, 'big', 'x'.repeat(100_000)).catch(() => undefined);
        // Were the transaction gone, this would commit on its own.
        await insertNote(tx, 'after').catch(() => undefined);
        throw new Error('refused');
      }),
    ]);
    expect(await listIds(store)).toEqual([]);
  });
});

describe("another process's lock", () => {
  function lock(file: string) {
    const other = new Sqlite(file);
    onTestFinished(() => void other.close());
    other.exec('BEGIN IMMEDIATE');
    return { release: () => void (other.inTransaction && other.exec('ROLLBACK')) };
  }

  it('is waited for without blocking the event loop, and without holding up reads', async () => {
    const { store, file } = createNoteStore();
    const other = lock(file);
    const writing = store.transaction((tx) => insertNote(tx, 'a'));
    let turns = 0;
    // Many more turns than tries to get the lock.
    while (turns < 1000) {
      await turnOfTheLoop();
      turns += 1;
    }
    expect(await listIds(store)).toEqual([]);
    other.release();
    await writing;
    expect(await listIds(store)).toEqual(['a']);
  });

  it('ends as store.busy after the longest wait, with a hint when to come back', async () => {
    const { store, file } = createNoteStore({ limits: { lockWaitMs: 30 } });
    const other = lock(file);
    await expect(store.transaction((tx) => insertNote(tx, 'a'))).rejects.toMatchObject({
      code: 'store.busy',
      retryAfter: 1,
    });
    other.release();
    await store.transaction((tx) => insertNote(tx, 'b'));
    expect(await listIds(store)).toEqual(['b']);
  });
});

describe('back-pressure', () => {
  it('refuses the unit that finds the queue full, and only that', async () => {
    const { store } = createNoteStore({ limits: { queueLength: 3 } });
    const results = outcomesOf(['a', 'b', 'c', 'd'].map((id) => store.transaction((tx) => insertNote(tx, id))));
    expect(await results).toEqual(['ok', 'ok', 'ok', 'store.busy']);
    await store.transaction((tx) => insertNote(tx, 'e'));
    expect(await listIds(store)).toEqual(['a', 'b', 'c', 'e']);
  });

  it('refuses the read that finds too many waiting', async () => {
    const { store } = createNoteStore({ limits: { queueLength: 2 } });
    expect(await outcomesOf([listIds(store), listIds(store), listIds(store)])).toEqual(['ok', 'ok', 'store.busy']);
    expect(await listIds(store)).toEqual([]);
  });
});

describe('a group that fails as a whole', () => {
  /** The queue on a real connection, with one step of the transaction to plant a fault in. */
  function createQueue(fault: (real: GroupTransaction) => Partial<GroupTransaction>) {
    const { writer, store } = createNoteStore();
    const real = createGroupTransaction(writer);
    const faulty: GroupTransaction = Object.create(real, Object.getOwnPropertyDescriptors(fault(real)));
    const queue = new WriterQueue(faulty, { ...defaultWriterLimits, groupMs: 60_000 });
    const statements = new StatementCache(writer);
    const runs: string[] = [];
    return {
      store,
      runs,
      add: (id: string) =>
        queue.add(() =>
          runUnit(writer, statements, async (tx) => {
            runs.push(id);
            await insertNote(tx, id);
          }),
        ),
    };
  }

  it('keeps nothing and tells everybody when the disk fails at the commit', async () => {
    const commit = vi.fn((real: GroupTransaction) => real.commit());
    commit.mockImplementationOnce(() => {
      throw new SqliteError('disk I/O error', 'SQLITE_IOERR_FSYNC');
    });
    const { add, store, runs } = createQueue((real) => ({ commit: () => commit(real) }));
    expect(await outcomesOf([add('a'), add('b')])).toEqual(['store.unavailable', 'store.unavailable']);
    expect(await listIds(store)).toEqual([]);
    expect(await outcomesOf([add('a'), add('c')])).toEqual(['ok', 'ok']);
    expect(await listIds(store)).toEqual(['a', 'c']);
    expect(runs).toEqual(['a', 'b', 'a', 'c']);
  });

  it('runs each again alone when the commit was only too much at once', async () => {
    const commit = vi.fn((real: GroupTransaction) => real.commit());
    commit.mockImplementationOnce(() => {
      throw new SqliteError('database or disk is full', 'SQLITE_FULL');
    });
    const { add, store, runs } = createQueue((real) => ({ commit: () => commit(real) }));
    expect(await outcomesOf([add('a'), add('b'), add('a')])).toEqual(['ok', 'ok', 'SQLITE_CONSTRAINT_PRIMARYKEY']);
    expect(await listIds(store)).toEqual(['a', 'b']);
    expect(runs).toEqual(['a', 'b', 'a', 'a', 'b', 'a']);
    // The group, then 'a' and 'b'; of the refused one there is nothing to commit.
    expect(commit).toHaveBeenCalledTimes(3);
  });

  it('does not go to the disk where all were refused', async () => {
    const commit = vi.fn((real: GroupTransaction) => real.commit());
    const { add, store } = createQueue((real) => ({ commit: () => commit(real) }));
    await add('a');
    expect(await outcomesOf([add('a'), add('a')])).toEqual([
      'SQLITE_CONSTRAINT_PRIMARYKEY',
      'SQLITE_CONSTRAINT_PRIMARYKEY',
    ]);
    expect(commit).toHaveBeenCalledTimes(1);
    expect(await outcomesOf([add('a'), add('b')])).toEqual(['SQLITE_CONSTRAINT_PRIMARYKEY', 'ok']);
    expect(commit).toHaveBeenCalledTimes(2);
    expect(await listIds(store)).toEqual(['a', 'b']);
  });

  it('gives up on a unit that fails alone, too', async () => {
    const { add, store } = createQueue(() => ({
      commit: () => {
        throw new SqliteError('database or disk is full', 'SQLITE_FULL');
      },
    }));
    expect(await outcomesOf([add('a'), add('b')])).toEqual(['store.unavailable', 'store.unavailable']);
    expect(await listIds(store)).toEqual([]);
  });

  it('goes on after a rollback that failed, too', async () => {
    const rollback = vi.fn((real: GroupTransaction) => real.rollback());
    rollback.mockImplementationOnce(() => {
      throw new SqliteError('disk I/O error', 'SQLITE_IOERR');
    });
    const commit = vi.fn((real: GroupTransaction) => real.commit());
    commit.mockImplementationOnce(() => {
      throw new SqliteError('disk I/O error', 'SQLITE_IOERR');
    });
    const { add, store } = createQueue((real) => ({ commit: () => commit(real), rollback: () => rollback(real) }));
    expect(await outcomesOf([add('a')])).toEqual(['store.unavailable']);
    expect(await outcomesOf([add('b')])).toEqual(['ok']);
    expect(await listIds(store)).toEqual(['b']);
  });

  it('does not count an error that is not from SQLite as the mistake of a unit', async () => {
    const { add } = createQueue(() => ({
      begin: () => {
        throw new TypeError('The database connection is not open');
      },
    }));
    expect(await outcomesOf([add('a'), add('b')])).toEqual(['store.unavailable', 'store.unavailable']);
  });

  it('fails only the unit that breaks a deferred foreign key', async () => {
    const { store, writer } = createNoteStore();
    writer.exec('CREATE TABLE child (id TEXT REFERENCES note (id) DEFERRABLE INITIALLY DEFERRED)');
    expect(
      await outcomesOf([
        store.transaction((tx) => insertNote(tx, 'a')),
        store.transaction(async (tx) => void (await tx.run(sql`insert into child values ('nobody')`))),
        store.transaction(async (tx) => {
          await tx.run(sql`insert into child values ('b')`);
          await insertNote(tx, 'b');
        }),
      ]),
    ).toEqual(['ok', 'SQLITE_CONSTRAINT_FOREIGNKEY', 'ok']);
    expect(await listIds(store)).toEqual(['a', 'b']);
  });
});
