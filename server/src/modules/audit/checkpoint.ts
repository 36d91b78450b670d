import { createHash, type KeyObject, sign, verify } from 'node:crypto';
import { canonicalize } from '../../kernel/canonical-json.ts';

/** What is witnessed: the log had `size` entries with this root at `at`. Each is bound to the one before it. */
export interface Checkpoint {
  readonly number: number;
  readonly at: string;
  readonly size: number;
  /** Hex. */
  readonly root: string;
  /** SHA-256 (hex) of the line before this one; zeros for the first. */
  readonly previous: string;
}

const SCHEMA = 'jaqyn.checkpoint/1';
export const NO_CHECKPOINT = '0'.repeat(64);

/** One line of a witness file, without its end: canonical JSON, signed with P-256 and SHA-256. */
export function writeCheckpoint(checkpoint: Checkpoint, key: KeyObject): string {
  const signature = sign('sha256', signedBytes(checkpoint), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url');
  return canonicalize({ schema: SCHEMA, ...checkpoint, signature });
}

export function hashOfLine(line: string): string {
  return createHash('sha256').update(line, 'utf8').digest('hex');
}

/** Undefined for a line that is not exactly what was written, or was signed with another key. */
export function readCheckpoint(line: string, key: KeyObject): Checkpoint | undefined {
  try {
    const { signature, schema, number, at, size, root, previous } = JSON.parse(line) as Checkpoint & {
      readonly schema: unknown;
      readonly signature: string;
    };
    const checkpoint = { number, at, size, root, previous };
    if (canonicalize({ schema: SCHEMA, ...checkpoint, signature }) !== line || schema !== SCHEMA) return undefined;
    const bytes = Buffer.from(signature, 'base64url');
    // One text for one signature: base64 has spare bits.
    if (bytes.toString('base64url') !== signature) return undefined;
    const isOurs = verify('sha256', signedBytes(checkpoint), { key, dsaEncoding: 'ieee-p1363' }, bytes);
    return isOurs ? checkpoint : undefined;
  } catch {
    return undefined;
  }
}

export interface Witnessed {
  readonly checkpoints: readonly Checkpoint[];
  /** Lines that a crash left half-written; nothing was built on them. */
  readonly tornLines: number;
  readonly lastLine: string | undefined;
  /** The first line, from 1, that does not fit the ones before it. */
  readonly fault: { readonly line: number; readonly says: string } | undefined;
}

/** Reads a whole witness file: each line signed, numbered and bound to the one before it. */
export function readWitness(text: string, key: KeyObject): Witnessed {
  const checkpoints: Checkpoint[] = [];
  let previous = NO_CHECKPOINT;
  let tornLines = 0;
  let lastLine: string | undefined;
  const fail = (line: number, says: string): Witnessed => ({
    checkpoints,
    tornLines,
    lastLine,
    fault: { line, says },
  });
  for (const [index, line] of text.split('\n').entries()) {
    if (line === '') continue;
    const checkpoint = readCheckpoint(line, key);
    if (checkpoint === undefined) {
      // A whole line ends as JSON does. Half of one is what a crash leaves: the next one then follows the one before it.
      if (line.endsWith('}')) return fail(index + 1, 'is not signed by the witness key');
      tornLines += 1;
      continue;
    }
    const last = checkpoints.at(-1);
    if (checkpoint.number !== checkpoints.length + 1 || checkpoint.previous !== previous) {
      return fail(index + 1, 'does not follow the one before it');
    }
    if (last !== undefined && checkpoint.size < last.size) {
      return fail(index + 1, 'has fewer entries than the one before it: the log was taken back');
    }
    checkpoints.push(checkpoint);
    previous = hashOfLine(line);
    lastLine = line;
  }
  return { checkpoints, tornLines, lastLine, fault: undefined };
}

function signedBytes({ number, at, size, root, previous }: Checkpoint): Buffer {
  return Buffer.from(canonicalize({ schema: SCHEMA, number, at, size, root, previous }), 'utf8');
}
