import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';

const script = path.resolve(import.meta.dirname, '../../../server/test/live-process.ts');

interface Side {
  readonly token: string;
  readonly actor: { readonly userId: string };
}

interface Ready {
  readonly port: number;
  readonly state: { readonly requestId: string; readonly station: Side; readonly specialist: Side };
}

export interface WorkerStatus {
  readonly isUp: boolean;
  readonly pid: number;
  readonly deaths: number;
}

/** Sockets, rooms and media workers without the rest of the product, in a process that can be killed and started again. */
export class LiveProcess {
  static async start(env: Record<string, string>): Promise<LiveProcess> {
    const live = new LiveProcess(env);
    await live.#spawn();
    return live;
  }

  readonly #env: Record<string, string>;
  readonly #answers: ((line: unknown) => void)[] = [];
  #child: ChildProcessWithoutNullStreams | undefined;
  #ready: Ready | undefined;

  private constructor(env: Record<string, string>) {
    this.#env = env;
  }

  get ready(): Ready {
    if (this.#ready === undefined) throw new Error('not started');
    return this.#ready;
  }

  get url(): string {
    return `http://127.0.0.1:${this.ready.port}`;
  }

  workers(): Promise<WorkerStatus[]> {
    return this.#ask({ do: 'workers' }) as Promise<WorkerStatus[]>;
  }

  diary(): Promise<string[]> {
    return this.#ask({ do: 'diary' }) as Promise<string[]>;
  }

  async endSession(of: 'station' | 'specialist'): Promise<void> {
    await this.#ask({ do: 'endSession', of });
  }

  /** Killed without a word and started again on the same port, knowing the same people. */
  async restart(): Promise<void> {
    await this.close('SIGKILL');
    await this.#spawn();
  }

  async close(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill(signal);
    await gone;
  }

  async #spawn(): Promise<void> {
    const earlier = this.#ready;
    const child = spawn(process.execPath, [script], {
      env: {
        ...process.env,
        ...this.#env,
        ...(earlier !== undefined && { LIVE_PORT: String(earlier.port), LIVE_STATE: JSON.stringify(earlier.state) }),
      },
    });
    this.#child = child;
    const complaints: string[] = [];
    child.stderr.on('data', (chunk: Buffer) => complaints.push(chunk.toString()));
    const first = new Promise<Ready>((resolve, reject) => {
      this.#answers.push(resolve as (line: unknown) => void);
      child.once('exit', (code) => reject(new Error(`The live process ended with ${code}: ${complaints.join('')}`)));
    });
    createInterface({ input: child.stdout }).on('line', (line) => {
      // What is not JSON is a log line.
      if (line.startsWith('{"level"')) return;
      this.#answers.shift()?.(JSON.parse(line));
    });
    this.#ready = await first;
  }

  #ask(command: object): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#child === undefined) return reject(new Error('not started'));
      this.#answers.push(resolve);
      this.#child.stdin.write(`${JSON.stringify(command)}\n`);
    });
  }
}
