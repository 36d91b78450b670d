import { DomainError } from '../../kernel/domain-error.ts';
import type { MediaPort, MediaRouter, MediaTransport } from '../../media/media-port.ts';

interface Options {
  readonly media: Pick<MediaPort, 'createRouter'>;
  /** The worker died with everything on it. */
  readonly onLost: () => void;
}

/** Workers that may die under one join before it gives up. */
const ROUTER_ATTEMPTS = 3;

/** A room's place on a media worker. It is made when somebody needs it, and anew on another worker after one has died. */
export class RoomRouter {
  static create(options: Options): RoomRouter {
    return new RoomRouter(options);
  }

  readonly #options: Options;
  #current: Promise<MediaRouter> | undefined;
  #isClosed = false;

  private constructor(options: Options) {
    this.#options = options;
  }

  current(): Promise<MediaRouter> {
    this.#current ??= this.#create().catch((error: unknown) => {
      this.#current = undefined;
      throw error;
    });
    return this.#current;
  }

  async createTransports(): Promise<{ router: MediaRouter; send: MediaTransport; recv: MediaTransport }> {
    const router = await this.current();
    const made = await Promise.allSettled([router.createTransport('send'), router.createTransport('recv')]);
    const [send, recv] = made;
    if (send.status === 'fulfilled' && recv.status === 'fulfilled') {
      return { router, send: send.value, recv: recv.value };
    }
    for (const one of made) if (one.status === 'fulfilled') one.value.close();
    throw (made.find((one) => one.status === 'rejected') as PromiseRejectedResult).reason;
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#current?.then(
      (router) => router.close(),
      () => undefined,
    );
  }

  async #create(): Promise<MediaRouter> {
    for (let attempt = 1; ; attempt += 1) {
      const router = await this.#options.media.createRouter();
      if (this.#isClosed) {
        router.close();
        throw new DomainError('room.closed');
      }
      if (!router.isClosed) {
        router.onLost(() => this.#lost());
        return router;
      }
      if (attempt === ROUTER_ATTEMPTS) throw new DomainError('media.unavailable', { retryAfter: 1 });
    }
  }

  #lost(): void {
    if (this.#isClosed) return;
    this.#current = undefined;
    this.#options.onLost();
  }
}
