import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { Side } from '../store/side.ts';
import { inspectImage } from './inspect-image.ts';

async function writeMessages() {
  const folder = mkdtempSync(path.join(tmpdir(), 'jaqyn-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const side = Side.open(path.join(folder, 'side'));
  const acknowledged: string[] = [];
  await side.send({ writers: 3, messages: 20, onAcknowledged: (id) => void acknowledged.push(id) });
  const written = path.join(folder, 'side', 'bench.db');
  const image = { database: readFileSync(written), log: readFileSync(`${written}-wal`) };
  await side.close();
  return { file: path.join(folder, 'image.db'), image, acknowledged };
}

it('finds everything in an image that has everything', async () => {
  const { file, image, acknowledged } = await writeMessages();
  expect(acknowledged).toHaveLength(20);
  expect(inspectImage(file, image, acknowledged)).toEqual({ lost: 0, damage: undefined });
  expect(inspectImage(file, image, [...acknowledged, 'never'])).toEqual({ lost: 1, damage: undefined });
});

it('counts what went with the end of the log', async () => {
  const { file, image, acknowledged } = await writeMessages();
  const log = image.log.subarray(0, Math.floor(image.log.length * 0.8));
  const findings = inspectImage(file, { ...image, log }, acknowledged);
  expect(findings.lost).toBeGreaterThan(0);
  expect(findings.damage).toBeUndefined();
});

it('sees a file that is no database any more', async () => {
  const { file, image, acknowledged } = await writeMessages();
  const database = Buffer.from(image.database).fill(0x5a, 0, 2048);
  const findings = inspectImage(file, { database, log: Buffer.alloc(0) }, acknowledged);
  expect(findings).toEqual({ lost: 20, damage: expect.any(String) });
});

it.each([
  ['a message without its version', 'UPDATE request SET version = 0 WHERE version > 0'],
  ['a message without its audit row', 'DELETE FROM audit WHERE seq = 20'],
  ['a gap in the audit chain', "UPDATE audit SET prev_hash = 'x' WHERE seq = 7"],
])('sees %s', async (_, sql) => {
  const { file, image, acknowledged } = await writeMessages();
  inspectImage(file, image, acknowledged);
  const database = new Sqlite(file);
  database.exec(sql);
  database.close();
  const changed = { database: readFileSync(file), log: Buffer.alloc(0) };
  expect(inspectImage(file, changed, acknowledged).damage).toBeDefined();
});
