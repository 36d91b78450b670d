import type { UserId } from '@jaqyn/shared/kernel/ids';
import type { Instant } from '@jaqyn/shared/kernel/time';
import { describe, expect, test } from 'vitest';
import { openRaw } from '../../../test/raw-database.ts';
import { createTestStore } from '../../../test/template-database.ts';
import { type AuditEntry, auditHash, auditLeaf, GENESIS_HASH } from './audit-entry.ts';
import { auditLog } from './audit-log.ts';
import { rootOfLeaves } from './merkle-tree.ts';

const entry = (number: number, changes: Partial<AuditEntry> = {}): AuditEntry => ({
  at: '2026-11-23T04:00:00.000Z' as Instant,
  actor: { userId: '019aa6b0-9c1e-7d3a-8f00-0123456789ab' as UserId, role: 'feldsher' },
  action: 'patient.read',
  entityType: 'patient',
  entityId: `patient-${number}`,
  detail: { b: number, a: 'x' },
  ...changes,
});

async function createChain(length = 5) {
  const store = await createTestStore();
  for (let number = 1; number <= length; number += 1) {
    await store.transaction((tx) => auditLog.append(tx, entry(number)));
  }
  const raw = openRaw(store);
  return {
    store,
    raw,
    findBroken: () => store.read((tx) => auditLog.findFirstBroken(tx)),
    /** Somebody who owns the file owns its triggers, too. */
    tamper: (statement: string) => {
      raw.exec('drop trigger audit_event_no_update; drop trigger audit_event_no_delete');
      raw.exec(statement);
    },
  };
}

describe('the chain', () => {
  test('begins at sixty-four zeros, each row on the one before', async () => {
    const { raw, findBroken } = await createChain(3);
    const rows = raw.prepare('select prev_hash, hash, detail from audit_event order by seq').all() as {
      prev_hash: string;
      hash: string;
      detail: string;
    }[];
    expect(rows[0]?.prev_hash).toBe(GENESIS_HASH);
    expect(rows[1]?.prev_hash).toBe(rows[0]?.hash);
    expect(rows[2]?.hash).toBe(auditHash(rows[1]?.hash ?? '', entry(3)));
    expect(rows[0]?.detail).toBe('{"a":"x","b":1}');
    expect(await findBroken()).toBeUndefined();
  });

  test('holds when many write at once', async () => {
    const { store, findBroken } = await createChain(0);
    await Promise.all(
      Array.from({ length: 200 }, (_, number) => store.transaction((tx) => auditLog.append(tx, entry(number)))),
    );
    expect(await findBroken()).toBeUndefined();
  });

  test('an empty log is whole', async () => {
    const { findBroken } = await createChain(0);
    expect(await findBroken()).toBeUndefined();
  });

  test('the system itself is an actor', async () => {
    const { store, findBroken } = await createChain(0);
    await store.transaction((tx) => auditLog.append(tx, { ...entry(1, { actor: null }), detail: {} }));
    expect(await findBroken()).toBeUndefined();
  });

  test('a refused unit of work leaves no hole', async () => {
    const { store, findBroken, raw } = await createChain(2);
    const refused = store.transaction(async (tx) => {
      await auditLog.append(tx, entry(3));
      throw new Error('refused');
    });
    await expect(refused).rejects.toThrow('refused');
    await store.transaction((tx) => auditLog.append(tx, entry(4)));
    expect(await findBroken()).toBeUndefined();
    expect(raw.prepare('select count(*) from audit_event').pluck().get()).toBe(3);
  });
});

describe('somebody with the file is found out', () => {
  test.each([
    ['another time', "update audit_event set at = '2026-11-23T05:00:00.000Z' where seq = 3", 3],
    ['another actor', "update audit_event set actor_id = 'x' where seq = 3", 3],
    ['no actor', 'update audit_event set actor_id = null where seq = 3', 3],
    ['another role', "update audit_event set actor_role = 'admin' where seq = 3", 3],
    ['another action', "update audit_event set action = 'patient.register' where seq = 3", 3],
    ['another kind of thing', "update audit_event set entity_type = 'user' where seq = 3", 3],
    ['another thing', "update audit_event set entity_id = 'patient-4' where seq = 3", 3],
    ['another detail', `update audit_event set detail = '{"a":"y","b":3}' where seq = 3`, 3],
    ['the same detail written otherwise', `update audit_event set detail = '{"b":3,"a":"x"}' where seq = 3`, 3],
    ['a detail that is no JSON', "update audit_event set detail = '{' where seq = 3", 3],
    ['a detail of nothing', "update audit_event set detail = 'null' where seq = 3", 3],
    ['another hash before', `update audit_event set prev_hash = '${'1'.repeat(64)}' where seq = 3`, 3],
    ['another hash', `update audit_event set hash = '${'1'.repeat(64)}' where seq = 3`, 3],
    ['a row less in the middle', 'delete from audit_event where seq = 3', 4],
    ['a row less at the start', 'delete from audit_event where seq = 1', 2],
    [
      'two rows in another order',
      'update audit_event set seq = 99 where seq = 3; update audit_event set seq = 3 where seq = 4; update audit_event set seq = 4 where seq = 99',
      3,
    ],
    [
      'a row more',
      `insert into audit_event (at, action, entity_type, entity_id, detail, prev_hash, hash)
       values ('2026-11-23T04:00:00.000Z', 'patient.read', 'patient', 'x', '{}', (select hash from audit_event where seq = 5), 'x')`,
      6,
    ],
  ])('%s', async (_what, statement, seq) => {
    const { tamper, findBroken } = await createChain();
    tamper(statement);
    expect(await findBroken()).toBe(seq);
  });

  test('a chain that forks is refused by the database', async () => {
    const { raw } = await createChain(2);
    const fork = `insert into audit_event (at, action, entity_type, entity_id, detail, prev_hash, hash)
      select at, action, entity_type, 'forked', detail, prev_hash, 'x' from audit_event where seq = 2`;
    expect(() => raw.exec(fork)).toThrow('UNIQUE constraint failed: audit_event.prev_hash');
  });
});

test.each([
  "update audit_event set action = 'x'",
  'update audit_event set seq = seq + 100',
  'delete from audit_event',
  'insert or replace into audit_event select * from audit_event where seq = 1',
])('a trigger refuses: %s', async (statement) => {
  const { raw, findBroken } = await createChain(2);
  raw.pragma('recursive_triggers = on');
  expect(() => raw.exec(statement)).toThrow('audit_event is append-only');
  expect(await findBroken()).toBeUndefined();
});

test('one entity’s history is found without reading everybody’s', async () => {
  const { raw } = await createChain(1);
  const plan = raw
    .prepare("explain query plan select * from audit_event where entity_type = 'a' and entity_id = 'b' order by seq")
    .all() as { detail: string }[];
  expect(plan.map(({ detail }) => detail)).toEqual([
    'SEARCH audit_event USING INDEX audit_event_entity (entity_type=? AND entity_id=?)',
  ]);
});

describe('the tree over the log', () => {
  const read = (raw: Awaited<ReturnType<typeof createChain>>['raw']) =>
    raw.prepare('select seq, hash from audit_event order by seq').all() as { seq: number; hash: string }[];

  test('grows in the same unit of work, and has the root of all entries', async () => {
    const { store, raw } = await createChain(0);
    await Promise.all(
      Array.from({ length: 37 }, (_, number) =>
        store
          .transaction(async (tx) => {
            await auditLog.append(tx, entry(number));
            if (number % 5 === 0) throw new Error('refused');
          })
          .catch(() => undefined),
      ),
    );
    const leaves = read(raw).map(({ seq, hash }) => auditLeaf(seq, hash));
    const root = rootOfLeaves(leaves).toString('hex');
    expect(await store.read((tx) => auditLog.head(tx))).toEqual({ size: leaves.length, root });
    expect(leaves).toHaveLength(29);
  });

  test('is grown over a log that began without one, once, and one entry says so', async () => {
    const { store, raw } = await createChain(9);
    const before = await store.read((tx) => auditLog.head(tx));
    raw.exec('drop trigger audit_tree_no_delete; delete from audit_tree');
    const at = '2026-11-24T00:00:00.000Z' as Instant;
    await store.transaction((tx) => auditLog.adopt(tx, at));
    await store.transaction((tx) => auditLog.adopt(tx, at));
    const rows = read(raw);
    expect(rows).toHaveLength(10);
    const leaves = rows.map(({ seq, hash }) => auditLeaf(seq, hash));
    expect(rootOfLeaves(leaves.slice(0, 9)).toString('hex')).toBe(before.root);
    expect((await store.read((tx) => auditLog.head(tx))).root).toBe(rootOfLeaves(leaves).toString('hex'));
    expect(raw.prepare('select action, detail from audit_event where seq = 10').get()).toEqual({
      action: 'audit.grow_tree',
      detail: `{"entries":9,"lastHash":"${rows[8]?.hash}"}`,
    });
  });

  test.each([
    "update audit_tree set frontier = ''",
    'update audit_tree set size = size + 2',
    'delete from audit_tree',
    'insert or replace into audit_tree select * from audit_tree',
  ])('a trigger refuses: %s', async (statement) => {
    const { raw } = await createChain(3);
    raw.pragma('recursive_triggers = on');
    expect(() => raw.exec(statement)).toThrow('audit_tree');
  });
});
