import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Sqlite, { type Database } from 'better-sqlite3';
import { openDatabase } from '../../server/src/db/open-database.ts';
import { systemClock } from '../../server/src/kernel/clock.ts';
import {
  type AuditEntry,
  auditHash,
  auditLeaf,
  encodeFrontier,
  GENESIS_HASH,
  type StoredEntry,
} from '../../server/src/modules/audit/audit-entry.ts';
import { auditLog } from '../../server/src/modules/audit/audit-log.ts';
import type { LogCheck } from '../../server/src/modules/audit/log-verifier.ts';
import { addLeaf, EMPTY_TREE } from '../../server/src/modules/audit/merkle-tree.ts';
import { WitnessClock } from '../../server/src/modules/audit/witness.clock.ts';
import type { Instant } from '../../shared/src/kernel/time.ts';
import { Random } from '../seed/random.ts';
import { openDataFolder } from './data-folder.ts';
import { verifyFolder } from './verify-folder.ts';

export const TAMPERINGS = ['edit', 'delete', 'reorder', 'truncate', 'rollback'] as const;
export type Tampering = (typeof TAMPERINGS)[number];
/** `careful` makes chain, tree and SQLite's count fit again, as somebody with our source would; only a witness is left then. */
export type Manner = 'plain' | 'careful';

export interface Attempt {
  readonly kind: Tampering;
  readonly manner: Manner;
  readonly isFound: boolean;
  /** What was named as the first bad entry. */
  readonly seq: number | null;
  /** The first entry that really is not the one that was written. */
  readonly firstBad: number;
  readonly ms: number;
}

const DAYS = 4;
const ENTRIES_A_DAY = 120;
const ENTRIES_A_CHECKPOINT = 30;

/** A log of some days with its witness, and each evening's database put aside. */
export class TamperedLog {
  static async create(folder: string): Promise<TamperedLog> {
    const data = path.join(folder, 'data');
    mkdirSync(data, { recursive: true });
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const evenings: string[] = [];
    for (let day = 1; day <= DAYS; day += 1) {
      const store = await openDatabase({ path: path.join(data, 'jaqyn.db') });
      const witness = WitnessClock.start({
        store,
        clock: systemClock,
        logger: { error: fail, warn: fail },
        file: path.join(data, 'witness', 'checkpoints.jsonl'),
        key: privateKey,
        everyEntries: Number.POSITIVE_INFINITY,
        everyMs: Number.POSITIVE_INFINITY,
      });
      for (let number = 1; number <= ENTRIES_A_DAY; number += 1) {
        await store.transaction((tx) => auditLog.append(tx, entryOf(day, number)));
        if (number % ENTRIES_A_CHECKPOINT === 0) await witness.checkpoint();
      }
      await witness.close();
      await store.close();
      const evening = path.join(folder, `evening-${day}.db`);
      copyFileSync(path.join(data, 'jaqyn.db'), evening);
      evenings.push(evening);
    }
    const key = createPublicKey(privateKey).export({ type: 'spki', format: 'pem' });
    writeFileSync(path.join(folder, 'witness.pem'), key);
    return new TamperedLog(folder, data, evenings);
  }

  readonly #folder: string;
  readonly #data: string;
  readonly #evenings: readonly string[];

  private constructor(folder: string, data: string, evenings: readonly string[]) {
    this.#folder = folder;
    this.#data = data;
    this.#evenings = evenings;
  }

  /** Whether the log as it was written is believed. */
  async isBelieved(): Promise<boolean> {
    return (await this.#verify(this.#data, undefined)).isSound;
  }

  /** Tampers with a copy as `seed` draws it and asks the verifier. `without`: with one of its checks switched off. */
  async attempt(seed: number, without?: LogCheck): Promise<Attempt> {
    const random = new Random(`tamper ${seed}`);
    const kind = TAMPERINGS[seed % TAMPERINGS.length] ?? 'edit';
    const manner: Manner = Math.floor(seed / TAMPERINGS.length) % 2 === 0 ? 'plain' : 'careful';
    const folder = path.join(this.#folder, 'tampered');
    mkdirSync(folder, { recursive: true });
    const evening = kind === 'rollback' ? this.#evenings[random.int(0, DAYS - 2)] : undefined;
    const file = path.join(folder, 'jaqyn.db');
    copyFileSync(evening ?? path.join(this.#data, 'jaqyn.db'), file);
    const original = readRows(path.join(this.#data, 'jaqyn.db'));
    const database = new Sqlite(file);
    database.pragma('journal_mode = MEMORY');
    database.pragma('synchronous = OFF');
    const rows = listRows(database);
    const changed = change(rows, kind, random);
    if (changed !== rows || kind !== 'rollback') rewrite(database, changed, manner);
    const left = listRows(database);
    database.close();
    const at = left.findIndex((row, index) => row.hash !== original[index]?.hash || !isSame(row, original[index]));
    const firstBad = (at === -1 ? left.length : at) + 1;
    const from = performance.now();
    const { isSound, faults } = await this.#verify(folder, without);
    return { kind, manner, isFound: !isSound, seq: faults[0]?.seq ?? null, firstBad, ms: performance.now() - from };
  }

  async #verify(folder: string, without: LogCheck | undefined) {
    const data = openDataFolder({
      folder,
      witnessFile: path.join(this.#data, 'witness', 'checkpoints.jsonl'),
      witnessKey: path.join(this.#folder, 'witness.pem'),
    });
    try {
      return await verifyFolder(data, {
        without: new Set(without === undefined ? [] : [without]),
        records: false,
      });
    } finally {
      data.close();
    }
  }
}

type Row = { -readonly [Name in keyof StoredEntry]: StoredEntry[Name] };

function change(rows: Row[], kind: Tampering, random: Random): Row[] {
  const some = random.int(0, rows.length - 1);
  switch (kind) {
    case 'edit': {
      const row = { ...(rows[some] as Row) };
      const field = (['at', 'actorId', 'actorRole', 'action', 'entityType', 'entityId'] as const)[random.int(0, 5)];
      if (field === 'at') row.at = new Date(Date.parse(row.at) + 60_000).toISOString();
      else row[field ?? 'action'] = `${row[field ?? 'action'] ?? ''}x`;
      return rows.toSpliced(some, 1, row);
    }
    case 'delete':
      // Not only the tail: that is cutting off.
      return rows.toSpliced(random.int(0, rows.length - 20), random.int(1, 10));
    case 'reorder': {
      const other = (some + random.int(1, rows.length - 1)) % rows.length;
      const [a, b] = [rows[some] as Row, rows[other] as Row];
      return rows.with(some, { ...b, seq: a.seq }).with(other, { ...a, seq: b.seq });
    }
    case 'truncate':
      return rows.slice(0, rows.length - random.int(1, rows.length - 1));
    case 'rollback': {
      // Yesterday's database as it was, or with another day written after it.
      if (random.int(0, 1) === 0) return rows;
      const more = random.int(1, 400);
      const last = rows.at(-1) as Row;
      return [
        ...rows,
        ...Array.from({ length: more }, (_, index) => ({
          ...last,
          seq: last.seq + index + 1,
          entityId: `new-${index}`,
        })),
      ];
    }
  }
}

/** Puts these rows in the place of all. */
function rewrite(database: Database, rows: readonly Row[], manner: Manner): void {
  const triggers = database.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").all() as {
    name: string;
    sql: string;
  }[];
  const ours = triggers.filter(({ sql }) => /ON audit_(event|tree)\b/.test(sql));
  database.transaction(() => {
    for (const { name } of ours) database.exec(`DROP TRIGGER ${name}`);
    database.exec('DROP INDEX audit_event_prev_hash; DELETE FROM audit_event');
    const insert = database.prepare(
      `INSERT INTO audit_event VALUES (@seq, @at, @actorId, @actorRole, @action, @entityType, @entityId, @detail, @prevHash, @hash)`,
    );
    let prevHash = GENESIS_HASH;
    let tree = EMPTY_TREE;
    for (const [index, row] of rows.entries()) {
      if (manner === 'plain') {
        insert.run(row);
        continue;
      }
      const seq = index + 1;
      const hash = auditHash(prevHash, toEntry(row));
      insert.run({ ...row, seq, prevHash, hash });
      tree = addLeaf(tree, auditLeaf(seq, hash));
      prevHash = hash;
    }
    if (manner === 'careful') {
      database
        .prepare('UPDATE audit_tree SET size = ?, frontier = ?, last_hash = ?')
        .run(tree.size, encodeFrontier(tree), prevHash);
      database.prepare("UPDATE sqlite_sequence SET seq = ? WHERE name = 'audit_event'").run(rows.length);
    }
    for (const { sql } of ours) database.exec(sql);
  })();
}

function toEntry(row: Row): AuditEntry {
  const { at, actorId, actorRole, action, entityType, entityId } = row;
  return {
    at,
    actor: actorId === null && actorRole === null ? null : { userId: actorId, role: actorRole },
    action,
    entityType,
    entityId,
    detail: JSON.parse(row.detail),
  } as AuditEntry;
}

function listRows(database: Database): Row[] {
  return database
    .prepare(
      `SELECT seq, at, actor_id actorId, actor_role actorRole, action, entity_type entityType, entity_id entityId, detail,
         prev_hash prevHash, hash FROM audit_event ORDER BY seq`,
    )
    .all() as Row[];
}

function readRows(file: string): Row[] {
  const database = new Sqlite(file, { readonly: true });
  try {
    return listRows(database);
  } finally {
    database.close();
  }
}

function isSame(a: Row, b: Row | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function entryOf(day: number, number: number): AuditEntry {
  const at = new Date(Date.UTC(2026, 10, day, 4, 0, number)).toISOString() as Instant;
  const userId = `user-${number % 7}` as never;
  const actor = number % 11 === 0 ? null : { userId, role: 'feldsher' as const };
  return {
    at,
    actor,
    action: 'patient.read',
    entityType: 'patient',
    entityId: `patient-${day}-${number}`,
    detail: { number },
  };
}

function fail(...what: unknown[]): never {
  throw new Error(`the log for the bench could not be made: ${JSON.stringify(what)}`);
}
