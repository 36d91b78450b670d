import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openWriter } from '../../../server/src/db/client.ts';
import { openDatabase } from '../../../server/src/db/open-database.ts';
import { auditLog } from '../../../server/src/modules/audit/audit-log.ts';
import { patientRepository } from '../../../server/src/modules/patients/patient.repository.ts';
import { buildRecordWorld } from './record-world.ts';

it('is a database as the product itself would have made it', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'jaqyn-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'jaqyn.db');
  await (await openDatabase({ path: file })).close();
  const writer = openWriter(file);
  const indexes = () =>
    writer.prepare("SELECT name FROM sqlite_schema WHERE type = 'index' ORDER BY name").pluck().all();
  const before = indexes();
  const scale = { stations: 4, specialists: 40, patients: 200, consults: 600 };
  buildRecordWorld(writer, scale, new Date(), 1);
  expect(indexes()).toEqual(before);
  expect(writer.pragma('foreign_key_check')).toEqual([]);
  expect(writer.pragma('integrity_check(1)', { simple: true })).toBe('ok');
  const count = (table: string) => writer.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
  expect([count('patient'), count('service_request')]).toEqual([scale.patients, scale.consults]);
  const name = writer.prepare<[], string>('SELECT search_key FROM patient ORDER BY id LIMIT 1').pluck().get() ?? '';
  writer.close();

  const store = await openDatabase({ path: file });
  onTestFinished(() => store.close());
  await store.read(async (tx) => {
    expect(await auditLog.findFirstBroken(tx)).toBeUndefined();
    expect((await auditLog.head(tx)).size).toBeGreaterThan(scale.consults);
    const found = await patientRepository.listByName(tx, 'all', name.split(' ').reverse(), 20);
    expect(found.length).toBeGreaterThan(0);
  });
});
