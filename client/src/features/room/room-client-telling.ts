import type { MediaSource } from '@jaqyn/shared/media/source';
import { isTemporary, ProblemError } from '../../lib/problem-error.ts';

interface Options {
  /** The server takes none of this source. */
  readonly onRefused: (source: MediaSource, problem: ProblemError) => void;
  /** The server will not have it: the session cannot go on. */
  readonly onLost: () => void;
}

/** What a session tells the server on the side: said until it is confirmed, again after each absence. */
export class Telling {
  static create(options: Options): Telling {
    return new Telling(options);
  }

  readonly #options: Options;
  /** What the server has not confirmed yet; said again when it is back. Each is idempotent. */
  readonly #unconfirmed = new Map<string, () => Promise<unknown>>();
  #isClosed = false;

  private constructor(options: Options) {
    this.#options = options;
  }

  /** Resolves when the first attempt is over, whatever came of it. */
  tell(key: string, say: () => Promise<unknown>, source?: MediaSource): Promise<void> {
    const attempt = async () => {
      try {
        await say();
        this.#unconfirmed.delete(key);
      } catch (error) {
        const problem = ProblemError.from(error);
        if (this.#isClosed || isTemporary(problem)) return;
        this.#unconfirmed.delete(key);
        if (source === undefined || problem.code === 'room.not_joined') this.#options.onLost();
        else this.#options.onRefused(source, problem);
      }
    };
    this.#unconfirmed.set(key, attempt);
    return attempt();
  }

  /** The server is back. */
  async again(): Promise<void> {
    await Promise.all([...this.#unconfirmed.values()].map((attempt) => attempt()));
  }

  close(): void {
    this.#isClosed = true;
  }
}
