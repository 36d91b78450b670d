import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, readFile, rm, stat, statfs, truncate } from 'node:fs/promises';
import path from 'node:path';
import { DomainError } from '../kernel/domain-error.ts';

/** Files on their way in, by the id they were announced with, until they are checked. Throws `store.unavailable`. */
export class UploadFolder {
  readonly folder: string;
  /** Bytes that stay free for the database and the log, which must go on when files cannot. */
  readonly #floorBytes: number;

  constructor(folder: string, { floorBytes }: { floorBytes: number }) {
    this.folder = folder;
    this.#floorBytes = floorBytes;
  }

  fileOf(id: string): string {
    return path.join(this.folder, id);
  }

  /** Bytes that are here; makes an empty file where there is none. */
  async openFile(id: string): Promise<{ size: number; changedAt: Date }> {
    return this.#guard(async () => {
      await mkdir(this.folder, { recursive: true, mode: 0o700 });
      await (await open(this.fileOf(id), 'a', 0o600)).close();
      const { size, mtime } = await stat(this.fileOf(id));
      return { size, changedAt: mtime };
    });
  }

  /** Undefined when there is none. */
  async findFile(id: string): Promise<{ size: number; changedAt: Date } | undefined> {
    try {
      const { size, mtime } = await stat(this.fileOf(id));
      return { size, changedAt: mtime };
    } catch {
      return undefined;
    }
  }

  /** SHA-256 in hex of what is on the disk: synced first, so that what is counted on outlives a power cut. */
  async hash(id: string): Promise<string> {
    return this.#guard(async () => {
      const handle = await open(this.fileOf(id), 'r+');
      try {
        await handle.sync();
      } finally {
        await handle.close();
      }
      const hash = createHash('sha256');
      for await (const piece of createReadStream(this.fileOf(id))) hash.update(piece as Buffer);
      return hash.digest('hex');
    });
  }

  /** Back to nothing: what came is not what was announced. */
  async empty(id: string): Promise<void> {
    await this.#guard(() => truncate(this.fileOf(id)));
  }

  /** An empty folder for what is made of the file. */
  async makeWorkFolder(id: string): Promise<string> {
    const folder = `${this.fileOf(id)}.made`;
    return this.#guard(async () => {
      await rm(folder, { recursive: true, force: true });
      await mkdir(folder, { recursive: true, mode: 0o700 });
      return folder;
    });
  }

  readMade(folder: string, name: string): Promise<Buffer> {
    return this.#guard(() => readFile(path.join(folder, name)));
  }

  async remove(id: string): Promise<void> {
    await rm(this.fileOf(id), { force: true });
    await rm(`${this.fileOf(id)}.made`, { recursive: true, force: true });
  }

  /** Removes what belongs to none of these: left by a crash between the database and the disk. */
  async sweep(isWanted: (id: string) => boolean): Promise<void> {
    const names = await readdir(this.folder).catch(() => []);
    for (const name of names) {
      const id = name.split('.')[0] ?? '';
      if (!isWanted(id)) await this.remove(id);
    }
  }

  /** Throws `attachment.disk_full` where so many bytes more would go below the floor. */
  async assertRoom(bytes: number): Promise<void> {
    await this.#guard(() => mkdir(this.folder, { recursive: true, mode: 0o700 }));
    const { bavail, bsize } = await this.#guard(() => statfs(this.folder));
    if (bavail * bsize - bytes < this.#floorBytes) throw new DomainError('attachment.disk_full', { retryAfter: 60 });
  }

  async #guard<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw new DomainError('store.unavailable', { cause: error });
    }
  }
}
