import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, unlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import Sqlite from 'better-sqlite3';
import { expect, it, vi } from 'vitest';
import { createNoteStore } from '../../test/create-note-store.ts';
import { noteTable } from '../../test/note-store.ts';
import { createTestFolder } from '../../test/template-database.ts';
import { Checkpointer } from './checkpointer.ts';

async function write(store: ReturnType<typeof createNoteStore>['store'], from: number, count: number): Promise<void> {
  for (let index = from; index < from + count; index += 1) {
    await store.transaction((tx) => tx.insert(noteTable).values({ id: String(index), body: 'text', count: 0 }));
  }
}

/** Notes in the database file alone, as if its log were not there. */
function countMoved(file: string): number {
  const copy = path.join(createTestFolder(), 'copy.db');
  copyFileSync(file, copy);
  const database = new Sqlite(copy);
  try {
    const table = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'note'").get();
    return table === undefined ? 0 : (database.prepare<[], number>('SELECT count(*) FROM note').pluck().get() ?? 0);
  } finally {
    database.close();
  }
}

it('moves the log into the file while the store goes on, without the writer', async () => {
  const { store, writer, file } = createNoteStore();
  writer.pragma('wal_autocheckpoint = 0');
  await write(store, 0, 60);
  expect(countMoved(file)).toBe(0);
  await write(store, 60, 10);
  await vi.waitFor(() => expect(countMoved(file)).toBeGreaterThanOrEqual(64));
  await write(store, 70, 5);
  expect(await store.read((tx) => tx.$count(noteTable))).toBe(75);
});

it('waits for no reader: what a snapshot still needs stays in the log', async () => {
  const { store, reader, file } = createNoteStore();
  await write(store, 0, 1);
  reader.exec('BEGIN');
  expect(reader.prepare('SELECT count(*) FROM note').pluck().get()).toBe(1);
  await write(store, 1, 80);
  expect(reader.prepare('SELECT count(*) FROM note').pluck().get()).toBe(1);
  reader.exec('COMMIT');
  await write(store, 81, 64);
  await vi.waitFor(() => expect(countMoved(file)).toBeGreaterThanOrEqual(81));
});

it('lets go of the file when the store closes, and the last to go removes the log', async () => {
  const { store, file } = createNoteStore();
  await write(store, 0, 70);
  await store.close();
  expect(existsSync(`${file}-wal`)).toBe(false);
  expect(countMoved(file)).toBe(70);
});

it('keeps a program that closes the store running until it is closed, and no longer', async () => {
  const store = JSON.stringify(new URL('../../test/note-store.ts', import.meta.url).href);
  const file = path.join(createTestFolder(), 'notes.db');
  const code = `
    import { noteTable, openNoteStore } from ${store};
    const { store } = openNoteStore(${JSON.stringify(file)});
    for (let id = 0; id < 70; id += 1)
      await store.transaction((tx) => tx.insert(noteTable).values({ id: String(id), body: '', count: 0 }));
    await store.close();
    console.log('closed');`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', code]);
  expect(stdout).toBe('closed\n');
  expect(countMoved(file)).toBe(70);
});

it('tells what went wrong and leaves the rest to the writer', async () => {
  const file = path.join(createTestFolder(), 'other.db');
  writeFileSync(file, 'not a database, but as long as a header of one would be: '.repeat(20));
  const faults: string[] = [];
  const checkpointer = new Checkpointer(file, (fault) => faults.push(fault));
  checkpointer.committed(64);
  await vi.waitFor(() => expect(faults).toEqual([expect.stringContaining('not a database')]));
  checkpointer.committed(64);
  await checkpointer.close();
  expect(faults).toHaveLength(1);
  unlinkSync(file);
});
