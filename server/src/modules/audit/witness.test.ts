import { generateKeyPairSync } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { FakeClock } from '../../../test/fake-clock.ts';
import { openRaw } from '../../../test/raw-database.ts';
import { createTestFolder, createTestStore } from '../../../test/template-database.ts';
import { auditLog } from './audit-log.ts';
import { readWitness } from './checkpoint.ts';
import { type LogCheck, type LogFault, verifyLog } from './log-verifier.ts';
import { WitnessClock } from './witness.clock.ts';
import { publicKeyOf, WitnessFile } from './witness-file.ts';

async function createWitnessedLog() {
  const store = await createTestStore();
  const clock = new FakeClock();
  const raw = openRaw(store);
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const file = path.join(createTestFolder(), 'elsewhere', 'witness.jsonl');
  const errors: unknown[] = [];
  const logger = { error: (what: unknown) => void errors.push(what), warn: () => undefined };
  const start = () => WitnessClock.start({ store, clock, logger, file, key: privateKey, everyMs: 3_600_000 });
  const witness = start();
  onTestFinished(() => witness.close());
  const append = async (count: number) => {
    for (let number = 1; number <= count; number += 1) {
      await store.transaction((tx) =>
        auditLog.append(tx, {
          at: clock.instant(),
          actor: null,
          action: 'patient.read',
          entityType: 'patient',
          entityId: `p${number}`,
        }),
      );
    }
  };
  const verify = (without?: LogCheck): LogFault | undefined => {
    const text = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
    const witnessed = text === undefined ? undefined : readWitness(text, publicKey);
    if (witnessed?.fault !== undefined) return { check: 'witness', seq: null, says: witnessed.fault.says };
    return verifyLog({
      entries: raw
        .prepare(
          `select seq, at, actor_id actorId, actor_role actorRole, action, entity_type entityType, entity_id entityId, detail,
             prev_hash prevHash, hash from audit_event order by seq`,
        )
        .all() as never,
      tree: raw.prepare('select size, frontier, last_hash lastHash from audit_tree').get() as never,
      lastNumber: raw.prepare("select seq from sqlite_sequence where name = 'audit_event'").pluck().get() as number,
      checkpoints: witnessed?.checkpoints,
      without: new Set(without === undefined ? [] : [without]),
    }).fault;
  };
  return { store, raw, file, publicKey, privateKey, witness, start, append, verify, errors };
}

describe('checkpoints', () => {
  test('each one is signed, bound to the last, told of in the log, and covers the log to its end', async () => {
    const { append, witness, verify, file, publicKey, raw } = await createWitnessedLog();
    await append(7);
    await witness.checkpoint();
    await append(3);
    await witness.checkpoint();
    await witness.checkpoint();
    const { checkpoints } = readWitness(readFileSync(file, 'utf8'), publicKey);
    expect(checkpoints.map(({ number, size }) => [number, size])).toEqual([
      [1, 8],
      [2, 12],
    ]);
    expect(raw.prepare("select count(*) from audit_event where action = 'audit.checkpoint'").pluck().get()).toBe(2);
    expect(verify()).toBeUndefined();
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(publicKeyOf(file), 'utf8')).toBe(publicKey.export({ type: 'spki', format: 'pem' }));
  });

  test('after a restart the next one follows the last; half a line left by a crash is passed over', async () => {
    const { append, witness, start, verify, file } = await createWitnessedLog();
    await append(2);
    await witness.close();
    appendFileSync(file, '{"at":"2026-11-2');
    const again = start();
    await append(2);
    await again.close();
    expect(readFileSync(file, 'utf8').trim().split('\n')).toHaveLength(3);
    expect(verify()).toBeUndefined();
  });

  test('a process that died between the two leaves nothing that the next one does not mend', async () => {
    const { append, witness, start, verify, file } = await createWitnessedLog();
    await append(2);
    await witness.checkpoint();
    await append(2);
    await witness.close();
    const lines = readFileSync(file, 'utf8').trim().split('\n');
    writeFileSync(file, `${lines[0]}\n`);
    expect(verify()).toMatchObject({ check: 'witness', seq: 6 });
    await append(1);
    await start().close();
    expect(verify()).toBeUndefined();
  });

  test('one process writes at a time, and a lock whose process is gone holds nobody up', async () => {
    const { append, witness, file, privateKey } = await createWitnessedLog();
    await append(1);
    await witness.checkpoint();
    expect(WitnessFile.open(file, privateKey)).toBeUndefined();
    await witness.close();
    writeFileSync(`${file}.lock`, '999999999');
    const taken = WitnessFile.open(file, privateKey);
    expect(taken?.last?.number).toBe(1);
    taken?.close();
  });
});

describe('a witness file that was changed is seen', () => {
  test.each<[string, (lines: string[]) => string[]]>([
    ['a line less', (lines) => lines.toSpliced(1, 1)],
    ['the first line less', (lines) => lines.slice(1)],
    ['the last line less', (lines) => lines.slice(0, -1)],
    ['two lines in another order', ([a = '', b = '', c = '']) => [a, c, b]],
    ['a number changed', (lines) => lines.map((line) => line.replace('"number":2', '"number":3'))],
    ['a time changed', (lines) => lines.map((line) => line.replace('2026-11-23T', '2026-11-22T'))],
    ['a line made unreadable', ([a = '', , c = '']) => [a, 'nothing', c]],
    ['a line twice', ([a = '', b = '', c = '']) => [a, b, b, c]],
    ['nothing left', () => []],
  ])('%s', async (_what, change) => {
    const { append, witness, verify, file } = await createWitnessedLog();
    for (let round = 1; round <= 3; round += 1) {
      await append(2);
      await witness.checkpoint();
    }
    expect(verify()).toBeUndefined();
    const lines = readFileSync(file, 'utf8').trim().split('\n');
    truncateSync(file);
    writeFileSync(file, `${change(lines).join('\n')}\n`);
    expect(verify()).toMatchObject({ check: 'witness' });
  });
});
