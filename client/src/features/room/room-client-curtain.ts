import type { Curtain } from '@jaqyn/shared/signalling/room';
import { isTemporary, ProblemError } from '../../lib/problem-error.ts';
import type { Signalling } from '../../lib/signalling.ts';
import type { ShownCurtain } from './room-state.ts';

interface Wish {
  readonly isDrawn: boolean;
  readonly hidesSound: boolean;
}

/**
 * The curtain before the patient. Drawing holds at once, also without a line, and is told when there is one; opening holds when the server
 * has written it.
 */
export class RoomCurtain {
  static create(options: { signalling: Signalling; onChange: () => void }): RoomCurtain {
    return new RoomCurtain(options);
  }

  readonly #signalling: Signalling;
  readonly #onChange: () => void;
  #told: Curtain | null = null;
  #wish: Wish | undefined;

  private constructor({ signalling, onChange }: { signalling: Signalling; onChange: () => void }) {
    this.#signalling = signalling;
    this.#onChange = onChange;
  }

  get shown(): ShownCurtain | null {
    if (this.#wish?.isDrawn === true && this.#told?.hidesSound !== this.#wish.hidesSound) {
      return { hidesSound: this.#wish.hidesSound, by: null, at: null, isTold: false };
    }
    return this.#told === null ? null : { ...this.#told, isTold: true };
  }

  /** What the server says. */
  apply(curtain: Curtain | null): void {
    this.#told = curtain;
    this.#onChange();
  }

  set(wish: Wish): void {
    this.#wish = wish;
    this.#onChange();
    void this.say();
  }

  /** Tells what is not told yet; again after each absence. */
  async say(): Promise<void> {
    const wish = this.#wish;
    if (wish === undefined) return;
    try {
      const { curtain } = await this.#signalling.call('curtain:set', wish);
      if (this.#wish === wish) this.#wish = undefined;
      this.apply(curtain);
    } catch (error) {
      const problem = ProblemError.from(error);
      const comesBack = isTemporary(problem) || problem.code === 'room.not_joined' || problem.status === 401;
      if (comesBack || this.#wish !== wish) return;
      this.#wish = undefined;
      this.#onChange();
    }
  }
}
