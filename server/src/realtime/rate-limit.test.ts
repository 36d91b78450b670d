import { describe, expect, it } from 'vitest';
import { RateLimit } from './rate-limit.ts';

describe('rate limit of one socket', () => {
  it('lets a burst pass, then so many a second, then gives up on the socket', () => {
    let now = 0;
    const limit = new RateLimit(() => now);
    const take = (count: number) => Array.from({ length: count }, () => limit.take());
    expect(take(RateLimit.BURST)).toEqual(Array(RateLimit.BURST).fill('ok'));
    expect(take(2)).toEqual(['limited', 'limited']);
    now += 1000;
    expect(take(RateLimit.PER_SECOND + 1).filter((verdict) => verdict === 'ok')).toHaveLength(RateLimit.PER_SECOND);
    expect(take(RateLimit.ABUSE).at(-1)).toBe('abuse');
  });

  it('forgives when it has been quiet', () => {
    let now = 0;
    const limit = new RateLimit(() => now);
    for (let i = 0; i < RateLimit.BURST + RateLimit.ABUSE - 1; i += 1) limit.take();
    now += 10_000;
    expect(limit.take()).toBe('ok');
    for (let i = 0; i < RateLimit.BURST; i += 1) limit.take();
    expect(limit.take()).toBe('limited');
  });
});
