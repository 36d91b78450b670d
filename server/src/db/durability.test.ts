import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import Sqlite from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';

// Weak on purpose and named so: a killed process leaves the kernel's page cache, a power cut does not. What a power cut
// leaves is replayed by `npm run bench -- power-loss`.

const WRITERS = 16;

/** Writers that never rest and print the number of each note once it is acknowledged. */
function writerCode(file: string): string {
  return `
    import { writeSync } from 'node:fs';
    import { noteTable, openNoteStore } from ${JSON.stringify(new URL('../../test/note-store.ts', import.meta.url).href)};
    const { store } = openNoteStore(${JSON.stringify(file)});
    const taken = await store.read((tx) => tx.$count(noteTable));
    let next = taken;
    await Promise.all(Array.from({ length: ${WRITERS} }, async () => {
      while (true) {
        const id = String(next++);
        await store.transaction((tx) => tx.insert(noteTable).values({ id: process.pid + '-' + id, body: '', count: 0 }));
        writeSync(1, process.pid + '-' + id + '\\n');
      }
    }));`;
}

async function writeUntilKilled(file: string, acknowledgements: number): Promise<string[]> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', writerCode(file)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const acknowledged: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    acknowledged.push(line);
    if (acknowledged.length === acknowledgements) child.kill('SIGKILL');
  }
  return acknowledged;
}

it('has every acknowledged unit after its process was killed, again and again', { timeout: 60_000 }, async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'jaqyn-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'notes.db');
  const acknowledged: string[] = [];
  for (const acknowledgements of [1, 40, 150]) {
    acknowledged.push(...(await writeUntilKilled(file, acknowledgements)));
    const database = new Sqlite(file);
    const kept = new Set(database.prepare<[], string>('SELECT id FROM note').pluck().all());
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
    database.close();
    expect(acknowledged.length).toBeGreaterThanOrEqual(acknowledgements);
    expect(acknowledged.filter((id) => !kept.has(id))).toEqual([]);
  }
});
