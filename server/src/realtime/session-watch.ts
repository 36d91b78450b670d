import type { Actor } from '../kernel/actor.ts';
import type { Clock } from '../kernel/clock.ts';
import { DomainError } from '../kernel/domain-error.ts';
import type { EventBus, SessionEndReason } from '../kernel/event-bus.ts';
import type { Logger } from '../kernel/logger.ts';

/** The one thing the live side asks the auth module. Undefined: unknown, ended, expired, or the user is disabled. */
export interface SessionReader {
  findSession(token: string): Promise<{ actor: Actor } | undefined>;
}

interface Watched {
  readonly actor: Actor;
  readonly token: string;
  readonly timer: NodeJS.Timeout;
  holds: number;
}

interface Dependencies {
  readonly sessions: SessionReader;
  readonly bus: EventBus;
  readonly clock: Clock;
  readonly logger: Pick<Logger, 'info' | 'warn'>;
  /**
   * Every so often all watched sessions are read again, for what did not come over the bus: an administrator's script, another
   * server process. The bus itself takes milliseconds.
   */
  readonly sweepMs?: number;
}

export type SessionListener = (session: { sessionId: string; userId: string }, reason: SessionEndReason) => void;

/**
 * Knows every session that has something live (a socket, or a peer whose socket is away) and says when it ends:
 * signed out, expired to the second, revoked, or its user disabled. Whoever holds media or sockets listens and closes them.
 */
export class SessionWatch {
  static create(dependencies: Dependencies): SessionWatch {
    return new SessionWatch(dependencies);
  }

  readonly #sessions: SessionReader;
  readonly #clock: Clock;
  readonly #logger: Pick<Logger, 'info' | 'warn'>;
  readonly #watched = new Map<string, Watched>();
  readonly #endListeners = new Set<SessionListener>();
  readonly #changeListeners = new Set<(actor: Actor) => void>();
  readonly #unsubscribe: () => void;
  readonly #sweepTimer: NodeJS.Timeout;
  #isSweeping = false;

  private constructor({ sessions, bus, clock, logger, sweepMs = 5000 }: Dependencies) {
    this.#sessions = sessions;
    this.#clock = clock;
    this.#logger = logger;
    this.#unsubscribe = bus.on('session:ended', ({ sessionId, reason }) => this.end(sessionId, reason));
    this.#sweepTimer = setInterval(() => void this.#sweep(), sweepMs);
    this.#sweepTimer.unref();
  }

  /** Keeps an eye on the session until released. Throws `auth.session_expired` when its time is over. */
  hold(actor: Actor, token: string): () => void {
    const watched = this.#watched.get(actor.sessionId) ?? this.#watch(actor, token);
    watched.holds += 1;
    let isReleased = false;
    return () => {
      if (isReleased) return;
      isReleased = true;
      watched.holds -= 1;
      if (watched.holds === 0 && this.#watched.get(actor.sessionId) === watched) this.#forget(actor.sessionId);
    };
  }

  /** The session as it is now in the database. Throws `auth.session_expired`, and closes all that lives on it. */
  async check(sessionId: string, token: string): Promise<Actor> {
    const live = await this.#sessions.findSession(token);
    if (live === undefined) {
      // A tick later, so that whoever asked can still be answered.
      setImmediate(() => this.end(sessionId, this.#reasonFor(sessionId)));
      throw new DomainError('auth.session_expired');
    }
    return live.actor;
  }

  /** Tells everybody that the session is over; the second time nobody listens any more. */
  end(sessionId: string, reason: SessionEndReason): void {
    const watched = this.#watched.get(sessionId);
    if (watched === undefined) return;
    this.#forget(sessionId);
    this.#logger.info({ sessionId, reason }, 'live session ended');
    for (const listener of this.#endListeners) listener({ sessionId, userId: watched.actor.userId }, reason);
  }

  onEnded(listener: SessionListener): void {
    this.#endListeners.add(listener);
  }

  /** The session lives on, but its user has another role, station or specialty than when it was taken in. */
  onChanged(listener: (actor: Actor) => void): void {
    this.#changeListeners.add(listener);
  }

  close(): void {
    this.#unsubscribe();
    clearInterval(this.#sweepTimer);
    for (const sessionId of [...this.#watched.keys()]) this.#forget(sessionId);
  }

  #watch(actor: Actor, token: string): Watched {
    const remaining = Date.parse(actor.sessionExpiresAt) - this.#clock.now().getTime();
    if (remaining <= 0) throw new DomainError('auth.session_expired');
    // setTimeout fires at once beyond 2^31 ms (24.8 days); sessions last hours.
    const timer = setTimeout(() => this.end(actor.sessionId, 'expired'), Math.min(remaining, 2_000_000_000));
    timer.unref();
    const watched: Watched = { actor, token, timer, holds: 0 };
    this.#watched.set(actor.sessionId, watched);
    return watched;
  }

  #forget(sessionId: string): void {
    clearTimeout(this.#watched.get(sessionId)?.timer);
    this.#watched.delete(sessionId);
  }

  #reasonFor(sessionId: string): SessionEndReason {
    const expiresAt = this.#watched.get(sessionId)?.actor.sessionExpiresAt;
    return expiresAt !== undefined && expiresAt <= this.#clock.instant() ? 'expired' : 'revoked';
  }

  async #sweep(): Promise<void> {
    if (this.#isSweeping) return;
    this.#isSweeping = true;
    try {
      for (const [sessionId, watched] of [...this.#watched]) {
        const live = await this.#sessions.findSession(watched.token);
        if (live === undefined) this.end(sessionId, this.#reasonFor(sessionId));
        else if (hasOtherRights(live.actor, watched.actor)) this.#changed(live.actor);
      }
    } catch (error) {
      // A database that is busy for a moment must not end anybody's consult; the next sweep asks again.
      this.#logger.warn({ err: error }, 'could not re-check live sessions');
    } finally {
      this.#isSweeping = false;
    }
  }

  #changed(actor: Actor): void {
    this.#forget(actor.sessionId);
    this.#logger.info({ sessionId: actor.sessionId }, 'rights of a live session changed');
    for (const listener of this.#changeListeners) listener(actor);
  }
}

/** What sockets and rooms were taken in under. */
export function hasOtherRights(now: Actor, before: Actor): boolean {
  return (
    now.role !== before.role ||
    now.stationId !== before.stationId ||
    now.practitionerId !== before.practitionerId ||
    now.specialty !== before.specialty
  );
}
