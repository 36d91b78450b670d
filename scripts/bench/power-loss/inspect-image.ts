import { rmSync, writeFileSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import type { Image } from '../../lab/power-loss/replay.ts';

export interface Findings {
  /** Acknowledged messages that are not there. */
  readonly lost: number;
  /** Damaged, half a unit of work, or a chain with a gap. */
  readonly damage: string | undefined;
}

/** Opens the image as the server would after the power is back, recovery included, and looks for what must be there. */
export function inspectImage(file: string, image: Image, acknowledged: readonly string[]): Findings {
  for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
  writeFileSync(file, image.database);
  writeFileSync(`${file}-wal`, image.log);
  const database = new Sqlite(file);
  try {
    const verdict = database.pragma('integrity_check(1)', { simple: true });
    if (verdict !== 'ok') return { lost: acknowledged.length, damage: String(verdict) };
    const kept = new Set(database.prepare<[], string>('SELECT id FROM message').pluck().all());
    return { lost: acknowledged.filter((id) => !kept.has(id)).length, damage: findHalves(database, kept) };
  } catch (error) {
    return { lost: acknowledged.length, damage: (error as Error).message };
  } finally {
    database.close();
  }
}

/** A unit writes a message, its consultation's next version and an audit row: all three are there or none is. */
function findHalves(database: Sqlite.Database, kept: ReadonlySet<string>): string | undefined {
  const versions = database.prepare<[], number>('SELECT sum(version) FROM request').pluck().get();
  if (versions !== kept.size) return `${kept.size} messages, but ${versions} versions`;
  const audit = database
    .prepare<[], { entity_id: string; prev_hash: string; hash: string }>('SELECT * FROM audit ORDER BY seq')
    .all();
  if (audit.length !== kept.size) return `${kept.size} messages, but ${audit.length} audit rows`;
  const broken = audit.findIndex((row, n) => row.prev_hash !== (audit[n - 1]?.hash ?? '') || !kept.has(row.entity_id));
  return broken === -1 ? undefined : `the audit chain breaks at ${broken}`;
}
