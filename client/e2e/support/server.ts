import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { SEEDED_DIR, seedDemo } from './seeded.ts';

const root = path.resolve(import.meta.dirname, '../../..');

/** The product as `npm start` runs it, on a folder and a port of its own, that can be stopped, killed and started again. */
export class ProductServer {
  readonly dataDir: string;
  readonly log: string[] = [];
  #child: ChildProcess | undefined;
  #port = 0;
  readonly #env: NodeJS.ProcessEnv;
  readonly #launcher: string;

  private constructor(dataDir: string, env: NodeJS.ProcessEnv, launcher: string) {
    this.dataDir = dataDir;
    this.#env = env;
    this.#launcher = launcher;
  }

  /**
   * Seeds the demo into an empty folder and serves it: a new one, on loopback and a free port, unless `env` names others. A
   * launcher is a program that runs Node somewhere else, for example in a namespace of the link lab.
   */
  static async create(env: NodeJS.ProcessEnv = {}, launcher = process.execPath): Promise<ProductServer> {
    const server = new ProductServer(
      env['JAQYN_DATA_DIR'] ?? mkdtempSync(path.join(tmpdir(), 'jaqyn-journey-')),
      env,
      launcher,
    );
    const seeded = process.env[SEEDED_DIR];
    if (seeded === undefined) await seedDemo(server.#environment());
    else cpSync(seeded, server.dataDir, { recursive: true });
    await server.start();
    return server;
  }

  get url(): string {
    return `http://${this.#env['HOST'] ?? '127.0.0.1'}:${this.#port}`;
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  /** The first start takes a free port, a later one the same again, as a restarted service does. */
  async start(): Promise<void> {
    const child = spawn(this.#launcher, ['server/src/main.ts'], {
      cwd: root,
      env: this.#environment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    const lines = createInterface({ input: child.stdout });
    createInterface({ input: child.stderr }).on('line', (line) => this.#remember(line));
    this.#port = await new Promise<number>((resolve, reject) => {
      lines.on('line', (line) => {
        this.#remember(line);
        const port = /^ready http:\/\/127\.0\.0\.1:(\d+)$/.exec(line)?.[1];
        if (port !== undefined) resolve(Number(port));
      });
      child.once('exit', (code) =>
        reject(new Error(`The server ended with ${code}:\n${this.log.slice(-20).join('\n')}`)),
      );
    });
  }

  /** SIGTERM, as a service manager stops it; resolves when the process is gone. */
  stop(): Promise<void> {
    return this.#end('SIGTERM');
  }

  /** SIGKILL: no chance to say good-bye. */
  kill(): Promise<void> {
    return this.#end('SIGKILL');
  }

  async close(): Promise<void> {
    await this.stop();
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill(signal);
    await gone;
  }

  #environment(): NodeJS.ProcessEnv {
    return {
      ...process.env,
      JAQYN_DATA_DIR: this.dataDir,
      JAQYN_CLIENT_DIR: process.env['JAQYN_CLIENT_DIR'] ?? path.join(root, 'client/dist'),
      JAQYN_LOG_LEVEL: 'info',
      JAQYN_LOG_PRETTY: '0',
      JAQYN_RTC_PORT: '0',
      ...this.#env,
      PORT: this.#port === 0 ? (this.#env['PORT'] ?? '0') : String(this.#port),
    };
  }

  #remember(line: string): void {
    this.log.push(line);
    if (this.log.length > 2000) this.log.splice(0, 1000);
  }
}
