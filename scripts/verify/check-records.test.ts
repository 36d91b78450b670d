import { cpSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { createConsultDesk } from '../../server/test/consult-desk.ts';
import { createTestFolder } from '../../server/test/template-database.ts';
import { openDataFolder } from './data-folder.ts';
import { verifyFolder } from './verify-folder.ts';

/** A data folder as a server leaves it: a signed conclusion, a message, keys and pages. */
async function createFolder() {
  const desk = await createConsultDesk();
  const requestId = await desk.signedRequest();
  await desk.chat.sendMessage(desk.cardio, requestId, desk.world.patient as never, 'Тыныс алу қалай?');
  const folder = createTestFolder();
  cpSync(desk.folder, folder, { recursive: true });
  desk.raw.exec(`vacuum into '${path.join(folder, 'jaqyn.db')}'`);
  return folder;
}

async function verify(folder: string) {
  const data = openDataFolder({ folder });
  try {
    // The desk's clock stands in the day before.
    return await verifyFolder(data, { now: new Date('2026-11-24T00:00:00.000Z') });
  } finally {
    data.close();
  }
}

function tamper(folder: string, statements: string): void {
  const database = new Sqlite(path.join(folder, 'jaqyn.db'));
  const triggers = database.prepare("select name, sql from sqlite_schema where type = 'trigger'").all() as {
    name: string;
    sql: string;
  }[];
  database.pragma('foreign_keys = off');
  for (const { name } of triggers) database.exec(`drop trigger "${name}"`);
  database.exec(statements);
  for (const { sql } of triggers) database.exec(sql);
  database.close();
}

test('a folder as it was left is sound, everything in it was looked at, and nothing changed', async () => {
  const folder = await createFolder();
  const before = readdirSync(folder).map((name) => [name, statSync(path.join(folder, name)).mtimeMs]);
  const verdict = await verify(folder);
  expect(verdict.faults).toEqual([]);
  expect(verdict.counts).toEqual({ requests: 1, signedConclusions: 1, signatures: 1, files: 2, evidence: 1 });
  expect(readdirSync(folder).map((name) => [name, statSync(path.join(folder, name)).mtimeMs])).toEqual(before);
});

test.each([
  ['the signed text', "update composition set signed_bytes = replace(signed_bytes, '300', '500')", 'records'],
  [
    'text and hash together',
    "update composition set signed_bytes = '{}', sha256 = '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a'",
    'records',
  ],
  ['the conclusion is gone', 'delete from document_signature; delete from composition', 'records'],
  ['the signature is gone', 'delete from document_signature', 'signatures'],
  [
    'a bit of the signature',
    "update document_signature set cms = substr(cms, 1, 400) || x'00' || substr(cms, 402)",
    'signatures',
  ],
  ['the time of the signature', "update document_signature set signed_at = '2020-01-01T00:00:00.000Z'", 'signatures'],
  [
    'the manifest',
    "update document_signature set manifest = replace(manifest, 'jaqyn.signed/1', 'jaqyn.signed/2')",
    'signatures',
  ],
  [
    'the evidence',
    'update evidence set canonical = replace(canonical, \'"together":0\', \'"together":900\')',
    'evidence',
  ],
  ['the evidence is gone', 'delete from evidence', 'evidence'],
  ['the state', "update service_request set status = 'closed'", 'records'],
  ['a message is gone', 'delete from message', 'records'],
  [
    'a message nobody sent',
    "insert into message select 'x', request_id, seq + 1, author_id, 'жақсы', sent_at from message",
    'records',
  ],
  ['an entry', "update audit_event set action = 'x' where seq = 3", 'chain'],
])('found: %s', async (_what, statements, check) => {
  const folder = await createFolder();
  tamper(folder, statements);
  const { faults, isSound } = await verify(folder);
  expect(isSound).toBe(false);
  expect(faults.map((fault) => fault.check)).toContain(check);
});

test('found: a page that was changed or is gone, a trigger that was taken away', async () => {
  const folder = await createFolder();
  const [page = ''] = readdirSync(path.join(folder, 'documents'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  writeFileSync(page, 'another page');
  expect((await verify(folder)).faults[0]?.says).toContain('was altered');
  rmSync(page);
  expect((await verify(folder)).faults[0]?.says).toContain('is gone');
  const database = new Sqlite(path.join(folder, 'jaqyn.db'));
  database.exec('drop trigger message_no_delete');
  database.close();
  expect((await verify(folder)).faults.map(({ check }) => check)).toContain('triggers');
});
