import type { ConclusionText } from './conclusion-text.ts';
import type { KeptText, LeftText, TextKeeper } from './text-keeper.ts';

/** Onto the disk within this after the last key. */
const KEEP_AFTER_MS = 250;

/** What of one editor's text is on this device's disk: written and forgotten one after the other; `has` tells what came of it. */
export class DeviceCopy {
  /** `read` answers what is to be kept at the moment. */
  static create(keeper: TextKeeper, read: () => KeptText): DeviceCopy {
    return new DeviceCopy(keeper, read);
  }

  readonly #keeper: TextKeeper;
  readonly #read: () => KeptText;
  #disk: Promise<void> = Promise.resolve();
  #keptText: ConclusionText | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isAbandoned = false;

  private constructor(keeper: TextKeeper, read: () => KeptText) {
    this.#keeper = keeper;
    this.#read = read;
  }

  /** A device without storage is told when something cannot be kept, not before anything was typed. */
  async adoptLeft(): Promise<LeftText[]> {
    return [...(await this.#keeper.adoptLeft().catch(() => []))];
  }

  has(text: ConclusionText): boolean {
    return this.#keptText === text;
  }

  keepSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.keep(), KEEP_AFTER_MS);
  }

  keep(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#isAbandoned) return Promise.resolve();
    const kept = this.#read();
    this.#disk = this.#disk
      .then(() => this.#keeper.keep(kept))
      .then(
        () => {
          this.#keptText = kept.text;
        },
        () => {
          this.#keptText = undefined;
        },
      );
    return this.#disk;
  }

  /** What was to be kept soon is not. */
  stop(): void {
    clearTimeout(this.#timer);
  }

  /** When its turn comes, and nothing else is to be kept by then. */
  forgetWhen(isNeededNoMore: () => boolean): void {
    this.#disk = this.#disk
      .then(() => (isNeededNoMore() ? this.#keeper.forget() : undefined))
      // A copy that cannot be deleted equals what the server has and is dropped at the next visit.
      .catch(() => {});
  }

  async forget(): Promise<void> {
    await this.#keeper.forget();
  }

  /** After what is still being written. */
  close(): void {
    void this.#disk.finally(() => this.#keeper.close());
  }

  /** From now on nothing is kept. */
  abandon(): void {
    this.#isAbandoned = true;
    this.stop();
    this.close();
  }
}
