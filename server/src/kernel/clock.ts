import { type Instant, toInstant } from '@jaqyn/shared/kernel/time';

/** The only way to ask for the time, so that tests can hold it still. */
export interface Clock {
  now(): Date;
  instant(): Instant;
}

export const systemClock: Clock = {
  now: () => new Date(),
  instant: () => toInstant(new Date()),
};
