import { describe, expect, it } from 'vitest';
import { RATE } from './send-rate.ts';
import { FIRST_TALK, isTalkSent, nextTalk, TALK, type TalkReport, type TalkState } from './talk.ts';

const GOOD: TalkReport = { queueMs: 40, lostPercent: 1 };
const LOST: TalkReport = { queueMs: 300, lostPercent: 60 };
const LATE: TalkReport = { queueMs: 2500, lostPercent: 0 };

/** Seconds of reports four times each, while anything is sent; answers how long something was. */
function pass(
  before: TalkState,
  from: number,
  seconds: number,
  report: (now: number) => TalkReport | undefined,
  totalBps: number = RATE.floorBps,
): { state: TalkState; now: number; sentMs: number } {
  let state = before;
  let sentMs = 0;
  let now = from;
  for (let quarter = 0; quarter < seconds * 4; quarter += 1) {
    now += 250;
    const isSent = isTalkSent(state, now);
    if (isSent) sentMs += 250;
    state = nextTalk(state, now, totalBps, isSent ? report(now) : undefined);
  }
  return { state, now, sentMs };
}

describe('a voice', () => {
  it.each([
    ['whose pieces are lost', LOST],
    ['that comes too late to talk', LATE],
  ])('%s on the thinnest step for ten seconds is not carried', (_, report) => {
    const { state, now } = pass(FIRST_TALK, 0, 9, () => report);
    expect(state.isCarried).toBe(true);
    expect(pass(state, now, 2, () => report).state.isCarried).toBe(false);
  });

  it('goes on where less can be sent, after a good report, and where nobody said anything bad', () => {
    expect(pass(FIRST_TALK, 0, 60, () => LOST, 40_000).state.isCarried).toBe(true);
    expect(pass(FIRST_TALK, 0, 60, (now) => (now % 8000 === 0 ? GOOD : LOST)).state.isCarried).toBe(true);
    // Muted, or the link is away: that has words of its own.
    expect(pass(FIRST_TALK, 0, 60, () => undefined).state.isCarried).toBe(true);
  });

  it('is given up also when the last that was heard of it was bad: reports come over the same link', () => {
    expect(pass(FIRST_TALK, 0, 12, (now) => (now < 1000 ? LOST : undefined)).state.isCarried).toBe(false);
  });

  it('tries for a fifth of the time, and is back after two tries that came through', () => {
    const { state: silent, now } = pass(FIRST_TALK, 0, 11, () => LOST);
    const minute = pass(silent, now, 60, () => LATE);
    expect(minute.state.isCarried).toBe(false);
    expect(minute.sentMs).toBeGreaterThan(8000);
    expect(minute.sentMs).toBeLessThanOrEqual(0.2 * 60_000);
    // One good one is luck.
    const once = pass(silent, now, 60, (at) => (at - now < 14_000 ? GOOD : LATE));
    expect(once.state.isCarried).toBe(false);
    expect(pass(minute.state, minute.now, 40, () => GOOD).state.isCarried).toBe(true);
  });

  it('takes the first moment of a try for nothing: its queue has not grown yet', () => {
    const { state: silent, now } = pass(FIRST_TALK, 0, 11, () => LOST);
    const early = pass(silent, now, 90, (at) => ((at - silent.silentSince) % TALK.everyMs < 11_000 ? GOOD : LATE));
    expect(early.state.isCarried).toBe(false);
  });
});
