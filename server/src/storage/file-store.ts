import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { DomainError } from '../kernel/domain-error.ts';

/** Files by the hash of what is in them: written once, never changed, so a database row that names one cannot come to mean another. */
export interface FileStore {
  /** Durable when resolved; the same bytes again are no second file. Answers SHA-256 in hex. Throws `store.unavailable`. */
  put(bytes: Uint8Array): Promise<string>;
  /** Undefined when there is none, or when it is no longer what its name says. */
  find(sha256: string): Promise<Buffer | undefined>;
}

export class DiskFileStore implements FileStore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async put(bytes: Uint8Array): Promise<string> {
    const sha256 = hashOf(bytes);
    if ((await this.find(sha256)) !== undefined) return sha256;
    const file = this.#fileOf(sha256);
    const temporary = `${file}.${randomBytes(6).toString('hex')}`;
    try {
      await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
      const handle = await open(temporary, 'wx', 0o600);
      try {
        await handle.writeFile(bytes);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(temporary, file);
      await syncFolder(path.dirname(file));
      await syncFolder(this.#folder);
    } catch (error) {
      await rm(temporary, { force: true });
      throw new DomainError('store.unavailable', { cause: error });
    }
    return sha256;
  }

  async find(sha256: string): Promise<Buffer | undefined> {
    if (!/^[0-9a-f]{64}$/.test(sha256)) return undefined;
    try {
      const bytes = await readFile(this.#fileOf(sha256));
      return hashOf(bytes) === sha256 ? bytes : undefined;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw new DomainError('store.unavailable', { cause: error });
    }
  }

  #fileOf(sha256: string): string {
    return path.join(this.#folder, sha256.slice(0, 2), sha256);
  }
}

/** A new name is durable when its folder is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
