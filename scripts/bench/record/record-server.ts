import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { SERVER_NODE_ARGS } from '../../setup/server-node.ts';
import { resolveWorkerBin } from '../../worker/cache.ts';
import { CannotRun } from '../bench.ts';

/** A newer schema may build an index over ten gigabytes first. */
const READY_MS = 1_800_000;
/** Reading every page of them once takes its time, too. */
const CHECKED_MS = 1_800_000;

const HANDLER_TIMES = path.join(import.meta.dirname, 'handler-times.ts');

/** The product's own server as a process of its own, with the times of its handlers. */
export class RecordServer {
  readonly url: string;
  readonly readySeconds: number;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, url: string, readySeconds: number) {
    this.#child = child;
    this.url = url;
    this.readySeconds = readySeconds;
  }

  static async create(folder: string): Promise<RecordServer> {
    const worker = resolveWorkerBin();
    const main = path.join(import.meta.dirname, '..', '..', '..', 'server', 'src', 'main.ts');
    const startedAt = performance.now();
    const child = spawn(process.execPath, [...SERVER_NODE_ARGS, '--import', HANDLER_TIMES, main], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      env: {
        ...process.env,
        ...(worker !== undefined && { MEDIASOUP_WORKER_BIN: worker }),
        PORT: '0',
        HOST: '127.0.0.1',
        JAQYN_DATA_DIR: folder,
        JAQYN_CLIENT_DIR: '',
        JAQYN_RTC_PORT: '0',
        JAQYN_MEDIA_WORKERS: '1',
        JAQYN_LOG_LEVEL: 'error',
        JAQYN_LOG_PRETTY: 'false',
        // Believes the addresses the clients name, so that requests of few members are those of many clients to the rate limit.
        JAQYN_TRUST_PROXY: 'true',
      },
    });
    const port = await readyPort(child);
    return new RecordServer(child, `http://127.0.0.1:${port}`, (performance.now() - startedAt) / 1000);
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Until it has read its whole database through, as it does a minute after each start, and then once a day. */
  async untilChecked(): Promise<void> {
    const until = performance.now() + CHECKED_MS;
    while (performance.now() < until) {
      const health = (await (await fetch(`${this.url}/api/health`)).json()) as { databaseCheckedAt: string | null };
      if (health.databaseCheckedAt !== null) return;
      await delay(1000);
    }
    throw new CannotRun('the server did not read its database through');
  }

  /** Milliseconds of every handler since the last time, by method and route. */
  takeTimes(): Promise<Record<string, number[]>> {
    return new Promise((resolve, reject) => {
      const ended = () => reject(new Error('the server ended'));
      const read = (message: unknown) => {
        const { type, times } = message as { type?: string; times?: Record<string, number[]> };
        if (type !== 'handler-times' || times === undefined) return;
        this.#child.off('message', read);
        this.#child.off('close', ended);
        resolve(times);
      };
      this.#child.on('message', read);
      this.#child.once('close', ended);
      this.#child.send('handler-times');
    });
  }

  async close(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const ended = new Promise<void>((resolve) => this.#child.once('close', () => resolve()));
    this.#child.kill('SIGTERM');
    const slow = setTimeout(() => this.#child.kill('SIGKILL'), 15_000);
    await ended;
    clearTimeout(slow);
  }
}

function readyPort(child: ChildProcess): Promise<number> {
  let said = '';
  return new Promise((resolve, reject) => {
    const tooLate = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new CannotRun(`the server did not become ready: ${said}`));
    }, READY_MS);
    child.stderr?.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-4000);
    });
    child.on('message', (message: unknown) => {
      const { type, port } = message as { type?: string; port?: number };
      if (type !== 'ready' || port === undefined) return;
      clearTimeout(tooLate);
      resolve(port);
    });
    child.once('close', () => {
      clearTimeout(tooLate);
      reject(new CannotRun(`the server ended: ${said}`));
    });
  });
}
