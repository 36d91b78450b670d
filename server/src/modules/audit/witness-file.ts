import { createPublicKey, type KeyObject } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  unlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import {
  type Checkpoint,
  hashOfLine,
  NO_CHECKPOINT,
  readWitness,
  type Witnessed,
  writeCheckpoint,
} from './checkpoint.ts';

/**
 * Checkpoints outside the database: a file that is only ever appended to, each line on the disk before anybody builds on it. It may
 * lie on another disk. Beside it lies the public key, so that whoever keeps a copy of both can check without the private one. One
 * process writes at a time.
 */
export class WitnessFile {
  /** Undefined while another process is the one that writes. Throws what the file system throws. */
  static open(file: string, key: KeyObject): WitnessFile | undefined {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    if (!takeLock(lockOf(file))) return undefined;
    const publicKey = createPublicKey(key);
    if (!existsSync(publicKeyOf(file))) {
      writeFileSync(publicKeyOf(file), publicKey.export({ type: 'spki', format: 'pem' }), { mode: 0o644 });
    }
    const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
    const descriptor = openSync(file, 'a', 0o600);
    // What a crash left half-written stays, and the next line does not become part of it.
    if (text !== '' && !text.endsWith('\n')) writeSync(descriptor, '\n');
    fsyncSync(descriptor);
    syncFolder(path.dirname(file));
    return new WitnessFile(file, key, descriptor, readWitness(text, publicKey));
  }

  readonly #file: string;
  readonly #key: KeyObject;
  readonly #descriptor: number;
  #last: Checkpoint | undefined;
  #lastHash: string;
  #isClosed = false;
  /** Something in the file does not fit; it is told once more by everyone who checks. */
  readonly fault: Witnessed['fault'];

  private constructor(file: string, key: KeyObject, descriptor: number, found: Witnessed) {
    this.#file = file;
    this.#key = key;
    this.#descriptor = descriptor;
    this.#last = found.checkpoints.at(-1);
    this.#lastHash = found.lastLine === undefined ? NO_CHECKPOINT : hashOfLine(found.lastLine);
    this.fault = found.fault;
  }

  get last(): Checkpoint | undefined {
    return this.#last;
  }

  /** On the disk when it returns. */
  append({ at, size, root }: Pick<Checkpoint, 'at' | 'size' | 'root'>): Checkpoint {
    const checkpoint = { number: (this.#last?.number ?? 0) + 1, at, size, root, previous: this.#lastHash };
    const line = writeCheckpoint(checkpoint, this.#key);
    const bytes = Buffer.from(`${line}\n`, 'utf8');
    if (writeSync(this.#descriptor, bytes) !== bytes.length) {
      writeSync(this.#descriptor, '\n');
      throw new Error('the witness file took only a part of a line');
    }
    fsyncSync(this.#descriptor);
    this.#last = checkpoint;
    this.#lastHash = hashOfLine(line);
    return checkpoint;
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    closeSync(this.#descriptor);
    held.delete(lockOf(this.#file));
    rmSync(lockOf(this.#file), { force: true });
  }
}

export function publicKeyOf(file: string): string {
  return `${file}.pub.pem`;
}

function lockOf(file: string): string {
  return `${file}.lock`;
}

/** Locks of this process: two apps in one, as in tests, are two writers. */
const held = new Set<string>();

/** A lock whose process is gone is nobody's; one with our own number is from a container's life before this one. */
function takeLock(lock: string): boolean {
  const own = `${lock}.${process.pid}`;
  writeFileSync(own, String(process.pid), { mode: 0o600 });
  try {
    for (let attempt = 1; attempt <= 2; attempt += 1) {
      try {
        linkSync(own, lock);
        held.add(lock);
        return true;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
        if (held.has(lock) || isAlive(readHolder(lock))) return false;
        rmSync(lock, { force: true });
      }
    }
    return false;
  } finally {
    unlinkSync(own);
  }
}

function readHolder(lock: string): number {
  try {
    return Number(readFileSync(lock, 'utf8'));
  } catch {
    return 0;
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function syncFolder(folder: string): void {
  const descriptor = openSync(folder, 'r');
  fsyncSync(descriptor);
  closeSync(descriptor);
}
