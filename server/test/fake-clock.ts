import { type Instant, toInstant } from '@jaqyn/shared/kernel/time';
import type { Clock } from '../src/kernel/clock.ts';

/** Stands still until a test moves it. */
export class FakeClock implements Clock {
  #now = Date.parse('2026-11-23T04:00:00.000Z');

  now(): Date {
    return new Date(this.#now);
  }

  instant(): Instant {
    return toInstant(this.now());
  }

  advance({ seconds }: { seconds: number }): void {
    this.#now += seconds * 1000;
  }
}
