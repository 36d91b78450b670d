import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { bothWays, type LinkChange, toWords } from './link-words.ts';

/** Counts of one direction since the last reset. */
export interface WayStats {
  readonly offered: { readonly packets: number; readonly bytes: number };
  readonly delivered: { readonly packets: number; readonly bytes: number };
  /** Packets, by what lost them. */
  readonly lost: { readonly queue: number; readonly air: number; readonly gap: number; readonly cut: number };
  /** How long packets waited before the link began to send them. */
  readonly queueMs: { readonly mean: number; readonly p95: number; readonly max: number };
  readonly queuedBytes: number;
  readonly airPackets: number;
}

export interface LinkStats {
  /** Since the last reset. */
  readonly ms: number;
  readonly up: WayStats;
  readonly down: WayStats;
  /** What the kernel would not take, because its end of the link was down. */
  readonly refused: { readonly up: number; readonly down: number };
  /** How late the emulator itself was: figures of a run in which this is not small prove nothing. */
  readonly lateMs: { readonly mean: number; readonly p99: number; readonly max: number };
}

/** One end: a device with this name appears in this namespace. */
export interface LinkEnd {
  readonly namespace: string;
  readonly device: string;
}

interface Waiting {
  resolve(answer: string): void;
  reject(error: Error): void;
}

/** An emulated link between two namespaces, as long as its process runs. It begins without any limit. */
export class Link {
  readonly #process: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #waiting: Waiting[] = [];
  readonly #said: string[] = [];
  #ended: string | undefined;

  private constructor(program: string, a: LinkEnd, b: LinkEnd) {
    this.#process = spawn(program, [a.namespace, a.device, b.namespace, b.device], { stdio: ['pipe', 'pipe', 'pipe'] });
    createInterface({ input: this.#process.stdout }).on('line', (line) => this.#waiting.shift()?.resolve(line));
    createInterface({ input: this.#process.stderr }).on('line', (line) => this.#said.push(line));
    // The end says why a write failed; the failure itself says less.
    this.#process.stdin.on('error', () => undefined);
    this.#process.once('error', (error) => this.#end(error.message));
    this.#process.once('close', (code, signal) =>
      this.#end(`${signal ?? `exit code ${code}`} ${this.#said.join('\n')}`),
    );
  }

  /** Answers when both devices are there. Throws with what the emulator complained about. */
  static async create(program: string, a: LinkEnd, b: LinkEnd): Promise<Link> {
    const link = new Link(program, a, b);
    await link.#nextAnswer();
    return link;
  }

  /** All of the change or, when something in it cannot be, none of it and an error. */
  set(change: LinkChange): Promise<void> {
    return this.tell(toWords(change));
  }

  /** The same in the words of emulator/link.h, e.g. `up.rate=64 loss=5 burst=80`. */
  async tell(words: string): Promise<void> {
    await this.#command(`set ${words}`);
  }

  /** Nothing passes in either direction, for so many ms or until restored. */
  cut(ms?: number): Promise<void> {
    return this.set(bothWays({ cut: ms ?? 'on' }));
  }

  restore(): Promise<void> {
    return this.set(bothWays({ cut: 'off' }));
  }

  /** Counts from zero again. */
  async reset(): Promise<void> {
    await this.#command('reset');
  }

  async readStats(): Promise<LinkStats> {
    return JSON.parse(await this.#ask('stats')) as LinkStats;
  }

  /** Resolves when the process, and with it both devices, is gone. */
  async close(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const closed = once(this.#process, 'close');
    this.#process.stdin.end('quit\n');
    await closed;
  }

  async #command(line: string): Promise<void> {
    const answer = JSON.parse(await this.#ask(line)) as { ok: boolean; problem?: string };
    if (!answer.ok) throw new Error(`The link emulator refused "${line}": ${answer.problem}`);
  }

  #ask(line: string): Promise<string> {
    const answer = this.#nextAnswer();
    this.#process.stdin.write(`${line}\n`);
    return answer;
  }

  #nextAnswer(): Promise<string> {
    return new Promise((resolve, reject) => {
      if (this.#ended !== undefined) reject(new Error(this.#ended));
      else this.#waiting.push({ resolve, reject });
    });
  }

  #end(how: string): void {
    this.#ended ??= `The link emulator ended: ${how.trim()}`;
    for (const { reject } of this.#waiting.splice(0)) reject(new Error(this.#ended));
  }
}
