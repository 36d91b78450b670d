import { DomainError } from '../../kernel/domain-error.ts';

const MAX_ATTEMPTS = 5;
const WINDOW_MS = 5 * 60_000;
const MAX_KEYS = 10_000;

/** Slows guessing: after five wrong passwords for a login from one address within five minutes, no more are tried. */
export class LoginThrottle {
  readonly #attempts = new Map<string, { count: number; until: number }>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /**
   * Counts one attempt before its outcome is known, so that guesses sent at once count like those sent in turn.
   * Throws `request.rate_limited`, the same for logins that exist and that do not.
   */
  begin(key: string): void {
    const now = this.#now();
    const entry = this.#attempts.get(key);
    if (entry !== undefined && entry.until > now) {
      if (entry.count >= MAX_ATTEMPTS) {
        throw new DomainError('request.rate_limited', { retryAfter: Math.ceil((entry.until - now) / 1000) });
      }
      entry.count += 1;
      entry.until = now + WINDOW_MS;
      return;
    }
    this.#attempts.delete(key);
    // Bounded memory: the oldest entry goes first (Map keeps insertion order).
    if (this.#attempts.size >= MAX_KEYS) this.#attempts.delete(this.#attempts.keys().next().value ?? '');
    this.#attempts.set(key, { count: 1, until: now + WINDOW_MS });
  }

  /** The attempt came to no answer: the server was too busy to look. */
  withdraw(key: string): void {
    const entry = this.#attempts.get(key);
    if (entry !== undefined) entry.count -= 1;
  }

  succeeded(key: string): void {
    this.#attempts.delete(key);
  }
}
