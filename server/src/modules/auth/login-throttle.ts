import { DomainError } from '../../kernel/domain-error.ts';

const MAX_FAILURES = 5;
const WINDOW_MS = 5 * 60_000;
const MAX_KEYS = 10_000;

/** Slows guessing: after five wrong passwords for a login from one address within five minutes, no more are tried. */
export class LoginThrottle {
  readonly #failures = new Map<string, { count: number; until: number }>();
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** Throws `request.rate_limited`, the same for logins that exist and that do not. */
  check(key: string): void {
    const entry = this.#failures.get(key);
    if (entry === undefined) return;
    const left = entry.until - this.#now();
    if (left <= 0) this.#failures.delete(key);
    else if (entry.count >= MAX_FAILURES) {
      throw new DomainError('request.rate_limited', { retryAfter: Math.ceil(left / 1000) });
    }
  }

  failed(key: string): void {
    // Bounded memory: the oldest entry goes first (Map keeps insertion order).
    if (this.#failures.size >= MAX_KEYS) {
      const oldest = this.#failures.keys().next().value;
      if (oldest !== undefined) this.#failures.delete(oldest);
    }
    const count = (this.#failures.get(key)?.count ?? 0) + 1;
    this.#failures.set(key, { count, until: this.#now() + WINDOW_MS });
  }

  succeeded(key: string): void {
    this.#failures.delete(key);
  }
}
