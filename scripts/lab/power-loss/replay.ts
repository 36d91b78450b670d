/** The database file and its write-ahead log. */
export type DiskFile = 'database' | 'log';

export type Operation =
  | { readonly kind: 'write'; readonly file: DiskFile; readonly offset: number; readonly bytes: Buffer }
  | { readonly kind: 'truncate'; readonly file: DiskFile; readonly size: number }
  | { readonly kind: 'sync'; readonly file: DiskFile }
  | { readonly kind: 'acknowledge'; readonly ids: readonly string[] };

export type Image = Readonly<Record<DiskFile, Buffer>>;

/** What becomes of writes the disk had not been told to keep. */
export type Fate = 'dropped' | 'in-order' | 'any-order' | 'torn';
export const fates: readonly Fate[] = ['dropped', 'in-order', 'any-order', 'torn'];

const HEAD = 18;
/** A disk writes a sector whole or not at all. */
const SECTOR = 512;

/** Reads what recorder.c wrote; a last record cut short by the kill is left out. */
export function parseRecord(record: Buffer): Operation[] {
  const operations: Operation[] = [];
  let at = 0;
  while (at + HEAD <= record.length) {
    const kind = String.fromCharCode(record.readUInt8(at));
    const name = String.fromCharCode(record.readUInt8(at + 1));
    const offset = Number(record.readBigUInt64LE(at + 2));
    const length = Number(record.readBigUInt64LE(at + 10));
    at += HEAD;
    if (at + length > record.length) break;
    const bytes = record.subarray(at, at + length);
    at += length;
    if (name === 'A') {
      if (kind === 'W') operations.push({ kind: 'acknowledge', ids: bytes.toString().split('\n').filter(Boolean) });
      continue;
    }
    const file = name === 'D' ? 'database' : 'log';
    if (kind === 'W') operations.push({ kind: 'write', file, offset, bytes });
    else if (kind === 'T') operations.push({ kind: 'truncate', file, size: offset });
    else if (kind === 'S') operations.push({ kind: 'sync', file });
    else throw new Error(`record with an unknown operation ${kind} before byte ${at}`);
  }
  return operations;
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A file that grows; holes read as zeros. */
class Bytes {
  #buffer: Buffer;
  #size: number;

  constructor(buffer = Buffer.alloc(0)) {
    this.#buffer = buffer;
    this.#size = buffer.length;
  }

  write(offset: number, bytes: Buffer): void {
    const end = offset + bytes.length;
    if (end > this.#buffer.length) {
      const larger = Buffer.alloc(Math.max(end, this.#buffer.length * 2));
      this.#buffer.copy(larger, 0, 0, this.#size);
      this.#buffer = larger;
    }
    if (offset > this.#size) this.#buffer.fill(0, this.#size, offset);
    bytes.copy(this.#buffer, offset);
    this.#size = Math.max(this.#size, end);
  }

  truncate(size: number): void {
    if (size > this.#size) this.write(size, Buffer.alloc(0));
    this.#size = size;
  }

  copy(): Bytes {
    return new Bytes(Buffer.from(this.#buffer.subarray(0, this.#size)));
  }

  toBuffer(): Buffer {
    return Buffer.from(this.#buffer.subarray(0, this.#size));
  }
}

type Unsynced = Extract<Operation, { kind: 'write' | 'truncate' }>;

/** A disk that keeps what was synced and may or may not keep the rest. */
export class Disk {
  readonly #durable = { database: new Bytes(), log: new Bytes() };
  readonly #unsynced: Record<DiskFile, Unsynced[]> = { database: [], log: [] };

  apply(operation: Exclude<Operation, { kind: 'acknowledge' }>): void {
    if (operation.kind !== 'sync') {
      this.#unsynced[operation.file].push(operation);
      return;
    }
    for (const pending of this.#unsynced[operation.file]) perform(this.#durable[operation.file], pending);
    this.#unsynced[operation.file] = [];
  }

  /** What is found after a power cut now. */
  cutPower(fate: Fate, random: () => number): Image {
    return { database: this.#survivor('database', fate, random), log: this.#survivor('log', fate, random) };
  }

  #survivor(file: DiskFile, fate: Fate, random: () => number): Buffer {
    const bytes = this.#durable[file].copy();
    const pending = this.#unsynced[file];
    const reached = Math.floor(random() * (pending.length + 1));
    for (const [index, operation] of pending.entries()) {
      const isKept = fate === 'in-order' ? index < reached : fate === 'any-order' ? random() < 0.5 : fate === 'torn';
      if (!isKept) continue;
      if (fate === 'torn' && operation.kind === 'write') tear(bytes, operation, random);
      else perform(bytes, operation);
    }
    return bytes.toBuffer();
  }
}

function perform(bytes: Bytes, operation: Unsynced): void {
  if (operation.kind === 'write') bytes.write(operation.offset, operation.bytes);
  else bytes.truncate(operation.size);
}

/** Each sector of the write reaches the disk or does not. */
function tear(bytes: Bytes, { offset, bytes: data }: Extract<Unsynced, { kind: 'write' }>, random: () => number): void {
  for (let at = 0; at < data.length; ) {
    const end = Math.min(data.length, at + SECTOR - ((offset + at) % SECTOR));
    if (random() < 0.7) bytes.write(offset + at, data.subarray(at, end));
    at = end;
  }
}
