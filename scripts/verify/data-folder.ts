import { createPublicKey, type KeyObject } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { publicKeyOf } from '../../server/src/modules/audit/witness-file.ts';

/** The folder cannot be looked at: told without a stack, exit code 2. */
export class CannotVerify extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CannotVerify';
  }
}

export interface DataFolder {
  readonly folder: string;
  readonly database: DatabaseSync;
  /** Undefined where there is no witness file. */
  readonly witness: { readonly text: string; readonly key: KeyObject } | undefined;
  close(): void;
}

/**
 * A data folder as it lies there. Nothing in it is changed, not even by SQLite: a database without a log is opened as immutable. One
 * with a log belongs to a running server, or to one that was killed, and is read beside it.
 */
export function openDataFolder({
  folder,
  witnessFile = path.join(folder, 'witness', 'checkpoints.jsonl'),
  witnessKey = publicKeyOf(witnessFile),
}: {
  folder: string;
  witnessFile?: string | undefined;
  witnessKey?: string | undefined;
}): DataFolder {
  const file = path.join(folder, 'jaqyn.db');
  if (!existsSync(file)) throw new CannotVerify(`there is no database ${file}`);
  const log = `${file}-wal`;
  const hasLog = existsSync(log) && statSync(log).size > 0;
  const url = pathToFileURL(file);
  if (!hasLog) url.searchParams.set('immutable', '1');
  const database = new DatabaseSync(url, { readOnly: true });
  const hasWitness = existsSync(witnessFile);
  if (hasWitness && !existsSync(witnessKey)) throw new CannotVerify(`there is no public key ${witnessKey}`);
  return {
    folder,
    database,
    witness: hasWitness
      ? { text: readFileSync(witnessFile, 'utf8'), key: createPublicKey(readFileSync(witnessKey)) }
      : undefined,
    close: () => database.close(),
  };
}
