/**
 * Token bucket of one socket. A join with recovery is about 20 events in a second, a person clicking fast 5 a second:
 * 60 at once and 20 a second leave room for both and stop a script.
 */
export class RateLimit {
  static readonly BURST = 60;
  static readonly PER_SECOND = 20;
  /** Refused events after which the socket is not talking to a person any more. */
  static readonly ABUSE = 300;

  readonly #now: () => number;
  #tokens = RateLimit.BURST;
  #refused = 0;
  #filledAt: number;

  /** `now` in milliseconds, from a clock that only goes forward. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#filledAt = now();
  }

  take(): 'ok' | 'limited' | 'abuse' {
    const now = this.#now();
    this.#tokens = Math.min(RateLimit.BURST, this.#tokens + ((now - this.#filledAt) / 1000) * RateLimit.PER_SECOND);
    this.#filledAt = now;
    if (this.#tokens >= 1) {
      this.#tokens -= 1;
      if (this.#tokens >= RateLimit.BURST / 2) this.#refused = 0;
      return 'ok';
    }
    this.#refused += 1;
    return this.#refused >= RateLimit.ABUSE ? 'abuse' : 'limited';
  }
}
