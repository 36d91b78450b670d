import type { NotificationData } from '@jaqyn/shared/signalling/events';

type Advice = NotificationData<'sender:advised'>;

/** Reports are a quarter of a second apart and more where they left. */
const BUNCH_MS = 20;

/** Behind a lost packet reports wait for each other and come all at once: only the last of each receiver speaks of now. */
export class AdviceBunch {
  static create(onAdvice: (advice: Advice) => void): AdviceBunch {
    return new AdviceBunch(onAdvice);
  }

  readonly #onAdvice: (advice: Advice) => void;
  readonly #last = new Map<string, Advice>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  private constructor(onAdvice: (advice: Advice) => void) {
    this.#onAdvice = onAdvice;
  }

  add(advice: Advice): void {
    this.#last.set(advice.peerId, advice);
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      for (const one of this.#last.values()) this.#onAdvice(one);
      this.#last.clear();
    }, BUNCH_MS);
  }

  forget(peerId: string): void {
    this.#last.delete(peerId);
  }

  close(): void {
    clearTimeout(this.#timer);
  }
}
