import { type FileRate, nextFileRate, startFile } from '@jaqyn/shared/media/file-rate';
import type { NotificationData } from '@jaqyn/shared/signalling/events';
import { spareLine } from '../../lib/spare-line.ts';

type Advice = NotificationData<'sender:advised'>;

/** Answers to pieces come in bunches, after a lost packet a second's worth at once: the rate of files is a mean over so many seconds. */
const FILE_TICKS = 3;
/** Reports come once a second; what is older says nothing of now. */
const FRESH_MS = 2000;

/** What files take of the way up, and may take beside a call. */
export class FileShare {
  static create(): FileShare {
    return new FileShare();
  }

  /** What files took of the link lately. */
  #bps = 0;
  #bytes = spareLine.sentBytes;
  #rates: readonly number[] = [];
  /** While one is on its way. */
  #file: FileRate | undefined;
  readonly #queues = new Map<string, { readonly at: number; readonly queueMs: number }>();

  private constructor() {}

  get bps(): number {
    return this.#bps;
  }

  /** After so many ms. */
  tick(ms: number): void {
    this.#rates = [...this.#rates, (8000 * (spareLine.sentBytes - this.#bytes)) / ms].slice(-FILE_TICKS);
    this.#bps = this.#rates.reduce((sum, bps) => sum + bps, 0) / this.#rates.length;
    this.#bytes = spareLine.sentBytes;
  }

  /** The way up is everybody's: what only one of them waits for is queued on their own way down. */
  noteQueue({ peerId, queueMs, jitterMs }: Advice, now: number): void {
    this.#queues.set(peerId, { at: now, queueMs });
    if (this.#file === undefined) return;
    const fresh = [...this.#queues.values()].filter(({ at }) => now - at < FRESH_MS);
    const least = Math.min(...fresh.map((one) => one.queueMs));
    this.#file = nextFileRate(this.#file, now, { queueMs: least, jitterMs, arrivedBps: this.#bps });
  }

  forget(peerId: string): void {
    this.#queues.delete(peerId);
  }

  /** Beside a picture that moves a file has its share; where it took the picture's place, all that the sound leaves. */
  budget(spareBps: number, hasPicture: boolean): number {
    if (!spareLine.isSending) {
      this.#file = undefined;
      return 0;
    }
    this.#file ??= startFile(performance.now(), spareBps);
    return hasPicture ? Math.min(spareBps, this.#file.bps) : this.#file.bps;
  }
}
