import { AsyncLocalStorage } from 'node:async_hooks';
import { readFile } from 'node:fs/promises';
import { setTimeout as delay, setImmediate as turnOfTheLoop } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { eq, sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { createNoteStore } from '../../test/create-note-store.ts';
import { noteTable } from '../../test/note-store.ts';
import { DomainError } from '../kernel/domain-error.ts';
import type { Tx } from './store.ts';
import { StoreError, StoreMisuse } from './store-error.ts';
import { prepared } from './unit-client.ts';
import type { CommittedGroup } from './writer-queue.ts';

async function insertNote(tx: Tx, id: string, body = 'text'): Promise<void> {
  await tx.insert(noteTable).values({ id, body, count: 0 });
}

async function listIds(tx: Tx): Promise<string[]> {
  const rows = await tx.select({ id: noteTable.id }).from(noteTable).orderBy(noteTable.id);
  return rows.map((row) => row.id);
}

/** Ids another process would find in the file now. */
function idsOnDisk(file: string): string[] {
  const other = new Sqlite(file, { readonly: true });
  try {
    return other
      .prepare<[], { id: string }>('SELECT id FROM note ORDER BY id')
      .all()
      .map((row) => row.id);
  } finally {
    other.close();
  }
}

/** Long enough for a unit to be over, without a turn of the event loop. */
async function afterManyMicrotasks(): Promise<void> {
  for (let n = 0; n < 100; n++) await null;
}

const noteById = prepared((tx) =>
  tx
    .select()
    .from(noteTable)
    .where(eq(noteTable.id, sql.placeholder('id')))
    .prepare(),
);

describe('a prepared query', () => {
  it('is one of the unit that asks: on the writer its own rows, on a snapshot what was committed', async () => {
    const { store } = createNoteStore();
    await store.transaction((tx) => insertNote(tx, 'a', 'first'));
    await store.transaction(async (tx) => {
      await tx.update(noteTable).set({ body: 'second' }).where(eq(noteTable.id, 'a'));
      expect(await noteById(tx).all({ id: 'a' })).toEqual([{ id: 'a', body: 'second', count: 0 }]);
      expect(await noteById(tx).all({ id: 'b' })).toEqual([]);
    });
    expect(await store.read(async (tx) => noteById(tx).all({ id: 'a' }))).toMatchObject([{ body: 'second' }]);
  });

  it('is refused after its unit', async () => {
    const { store } = createNoteStore();
    let leaked: Tx | undefined;
    await store.transaction(async (tx) => {
      leaked = tx;
      await noteById(tx).all({ id: 'a' });
    });
    expect(() => noteById(leaked as Tx)).toThrow(StoreMisuse);
  });
});

describe('transaction', () => {
  it('keeps what the unit wrote and gives back what it returned', async () => {
    const { store, file } = createNoteStore();
    const answer = await store.transaction(async (tx) => {
      await insertNote(tx, 'a');
      const changed = await tx.update(noteTable).set({ count: 7 }).where(eq(noteTable.id, 'a'));
      const [row] = await tx.select().from(noteTable).where(eq(noteTable.id, 'a'));
      return { changes: changed.changes, row };
    });
    expect(answer).toEqual({ changes: 1, row: { id: 'a', body: 'text', count: 7 } });
    expect(idsOnDisk(file)).toEqual(['a']);
  });

  it('undoes a unit that throws, gives its error back as it was, and leaves its group alone', async () => {
    const groups: CommittedGroup[] = [];
    const { store, file } = createNoteStore({ onCommit: (group) => groups.push(group) });
    const refused = new DomainError('consultation.state_conflict');
    const results = await Promise.allSettled([
      store.transaction((tx) => insertNote(tx, 'a')),
      store.transaction(async (tx) => {
        await insertNote(tx, 'b');
        throw refused;
      }),
      store.transaction((tx) => insertNote(tx, 'a')),
      store.transaction((tx) => insertNote(tx, 'c')),
    ]);
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
    expect(results[1]).toHaveProperty('reason', refused);
    expect(results[2]).toHaveProperty('reason.code', 'SQLITE_CONSTRAINT_PRIMARYKEY');
    expect(idsOnDisk(file)).toEqual(['a', 'c']);
    expect(groups.map((group) => group.units)).toEqual([4]);
  });

  it('sees what an earlier unit of the same group wrote', async () => {
    const { store } = createNoteStore();
    const [, seen] = await Promise.all([
      store.transaction((tx) => insertNote(tx, 'a')),
      store.transaction((tx) => listIds(tx)),
    ]);
    expect(seen).toEqual(['a']);
  });

  it('answers nobody before the commit, success or refusal', async () => {
    const { store, writer } = createNoteStore();
    const inTransaction: boolean[] = [];
    const note = () => inTransaction.push(writer.inTransaction);
    await Promise.all([
      store.transaction((tx) => insertNote(tx, 'a')).then(note),
      store.transaction((tx) => insertNote(tx, 'a')).catch(note),
      store.transaction((tx) => insertNote(tx, 'b')).then(note),
    ]);
    expect(inTransaction).toEqual([false, false, false]);
  });

  it("runs in the caller's own context", async () => {
    const requestId = new AsyncLocalStorage<string>();
    const { store } = createNoteStore();
    const seen = await Promise.all(
      ['one', 'two'].map((id) => requestId.run(id, () => store.transaction(async () => requestId.getStore()))),
    );
    expect(seen).toEqual(['one', 'two']);
  });

  it('reads rows as objects and as typed columns with the same statement text', async () => {
    const { store } = createNoteStore();
    await store.transaction((tx) => insertNote(tx, 'a'));
    const query = sql`select "id" from "note" where "note"."id" = ${'a'}`;
    await store.transaction(async (tx) => {
      expect(await tx.values(query)).toEqual([['a']]);
      expect(await tx.all(query)).toEqual([{ id: 'a' }]);
      expect(await tx.values(query)).toEqual([['a']]);
    });
  });

  it('commits in several groups when the cap is reached', async () => {
    const groups: CommittedGroup[] = [];
    const { store } = createNoteStore({ limits: { groupUnits: 4 }, onCommit: (group) => groups.push(group) });
    await Promise.all(Array.from({ length: 10 }, (_, n) => store.transaction((tx) => insertNote(tx, String(n)))));
    expect(groups.map((group) => group.units)).toEqual([4, 4, 2]);
  });
});

describe('what a unit of work may not do', () => {
  it.each([
    ['a timer', () => delay(1)],
    ['the next turn of the loop', () => turnOfTheLoop()],
    ['a file', () => readFile(import.meta.filename)],
    ['something that never comes', () => new Promise(() => undefined)],
  ])('wait for %s: it is undone and the next ones pass', async (_, wait) => {
    const { store, file } = createNoteStore();
    const stuck = store.transaction(async (tx) => {
      await insertNote(tx, 'stuck');
      await wait();
    });
    const next = store.transaction((tx) => insertNote(tx, 'next'));
    await expect(stuck).rejects.toThrow(StoreMisuse);
    await next;
    expect(idsOnDisk(file)).toEqual(['next']);
  });

  it('write after its time is over', async () => {
    const { store, file } = createNoteStore();
    let leaked: Tx | undefined;
    await store.transaction(async (tx) => {
      leaked = tx;
    });
    await expect(insertNote(leaked as Tx, 'late')).rejects.toThrow(StoreMisuse);
    const late: Promise<unknown>[] = [];
    await expect(
      store.transaction(async (tx) => {
        late.push(afterManyMicrotasks().then(() => insertNote(tx, 'orphan')));
        throw new Error('refused');
      }),
    ).rejects.toThrow('refused');
    const outcomes = await Promise.allSettled(late);
    await store.transaction((tx) => insertNote(tx, 'kept'));
    expect(outcomes.map((outcome) => outcome.status)).toEqual(['rejected']);
    expect(idsOnDisk(file)).toEqual(['kept']);
  });

  it.each(['transaction', 'read'] as const)('start another unit by %s', async (kind) => {
    const { store } = createNoteStore();
    await expect(store.transaction(() => store[kind]((tx) => listIds(tx)))).rejects.toThrow(StoreMisuse);
    await expect(store.read(() => store[kind]((tx) => listIds(tx)))).rejects.toThrow(StoreMisuse);
    await store.transaction((tx) => insertNote(tx, 'a'));
    expect(await store.read((tx) => listIds(tx))).toEqual(['a']);
  });

  it('start another unit from a job it left behind is allowed once it is over', async () => {
    const { store } = createNoteStore();
    const gate = Promise.withResolvers<void>();
    let job: Promise<void> | undefined;
    await store.transaction(async () => {
      job = gate.promise.then(() => store.transaction((tx) => insertNote(tx, 'after')));
    });
    gate.resolve();
    await job;
    expect(await store.read((tx) => listIds(tx))).toEqual(['after']);
  });

  it.each(['COMMIT', 'ROLLBACK', ' release unit', 'PRAGMA synchronous = OFF', "ATTACH 'x' AS y"])(
    'steer it by %s',
    async (text) => {
      const { store } = createNoteStore();
      await expect(store.transaction(async (tx) => void (await tx.run(sql.raw(text))))).rejects.toThrow(StoreMisuse);
    },
  );
});

describe('read', () => {
  it('stands on one snapshot while the writer goes on', async () => {
    const { store, writer } = createNoteStore();
    await store.transaction((tx) => insertNote(tx, 'a'));
    // Also what comes between the call and the first query is not seen.
    const early = await store.read(async (tx) => {
      writer.exec("INSERT INTO note VALUES ('0', '', 0)");
      return await listIds(tx);
    });
    expect(early).toEqual(['a']);
    writer.exec("DELETE FROM note WHERE id = '0'");
    const seen = await store.read(async (tx) => {
      const before = await listIds(tx);
      writer.exec("INSERT INTO note VALUES ('b', '', 0)");
      return [before, await listIds(tx)];
    });
    expect(seen).toEqual([['a'], ['a']]);
    expect(await store.read((tx) => listIds(tx))).toEqual(['a', 'b']);
  });

  it('does not write', async () => {
    const { store, file } = createNoteStore();
    await expect(store.read((tx) => insertNote(tx, 'a'))).rejects.toHaveProperty('code', 'store.unavailable');
    expect(idsOnDisk(file)).toEqual([]);
  });

  it('gives errors back, waits for nothing but its tx, and leaves the connection fit for the next', async () => {
    const { store } = createNoteStore();
    await expect(store.read(() => Promise.reject(new DomainError('patient.not_found')))).rejects.toThrow(DomainError);
    await expect(store.read(() => delay(1))).rejects.toThrow(StoreMisuse);
    expect(await Promise.all([store.read((tx) => listIds(tx)), store.read((tx) => listIds(tx))])).toEqual([[], []]);
  });
});

describe('close', () => {
  it('finishes what was accepted, then refuses, and may be called twice', async () => {
    const { store, file } = createNoteStore({ limits: { groupUnits: 3 } });
    const accepted = Array.from({ length: 10 }, (_, n) => store.transaction((tx) => insertNote(tx, String(n))));
    const reading = store.read((tx) => listIds(tx));
    const closing = store.close();
    await expect(store.transaction((tx) => insertNote(tx, 'late'))).rejects.toThrow(StoreError);
    await expect(store.read((tx) => listIds(tx))).rejects.toHaveProperty('code', 'store.unavailable');
    await Promise.all([...accepted, reading, closing, store.close()]);
    expect(idsOnDisk(file)).toHaveLength(10);
  });

  it('lets a read end before its connection goes', async () => {
    const { store } = createNoteStore();
    const reading = store.read(() => delay(1));
    const closing = store.close();
    await expect(reading).rejects.toThrow(StoreMisuse);
    await closing;
  });
});
