import { expect, it } from 'vitest';
import { createNoteStore } from '../../test/create-note-store.ts';

it('sets the writer to wait for the disk, keep foreign keys and fire triggers on replace', () => {
  const { writer } = createNoteStore();
  const settings = ['journal_mode', 'synchronous', 'foreign_keys', 'recursive_triggers', 'busy_timeout', 'mmap_size'];
  const values = settings.map((name) => [name, writer.pragma(name, { simple: true })]);
  // 2 is FULL.
  expect(Object.fromEntries(values)).toEqual({
    journal_mode: 'wal',
    synchronous: 2,
    foreign_keys: 1,
    recursive_triggers: 1,
    busy_timeout: 0,
    mmap_size: 0,
  });
});

it('sets the reader not to write, not even when told to', () => {
  const { reader } = createNoteStore();
  expect(() => reader.exec("INSERT INTO note VALUES ('a', '', 0)")).toThrow('readonly');
  reader.pragma('query_only = OFF');
  expect(() => reader.exec("INSERT INTO note VALUES ('a', '', 0)")).toThrow('readonly');
});
