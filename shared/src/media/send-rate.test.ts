import { describe, expect, it } from 'vitest';
import type { RateReport } from './queue-growth.ts';
import { nextRate, RATE, type SendRate, startRate } from './send-rate.ts';

interface Link {
  /** kbit/s at a moment (ms). */
  readonly rate: (now: number) => number;
  readonly queueBytes: number;
  readonly rttMs: number;
}

interface Moment {
  readonly now: number;
  readonly total: number;
  readonly queueMs: number;
  /** Of what the link carries at that moment. */
  readonly used: number;
}

/** A sender that sends all it may, over a link with a drop-tail queue; reports are as late as they really are. */
function simulate(link: Link, seconds: number): Moment[] {
  const moments: Moment[] = [];
  const late: { at: number; queueMs: number; receivedBps: number }[] = [];
  let state: SendRate = startRate(0);
  let queued = 0;
  const TICK = 50;
  for (let now = 0; now < seconds * 1000; now += TICK) {
    const capacity = (link.rate(now) * TICK) / 8;
    const offered = queued + (state.totalBps * TICK) / 8000;
    const passed = Math.min(offered, capacity);
    queued = Math.min(link.queueBytes, offered - passed);
    const queueMs = (queued * 8) / link.rate(now);
    // The end of the queue is seen when it has passed it; then the way to the receiver and the report's back.
    if (now % 100 === 0) late.push({ at: now + queueMs + link.rttMs, queueMs, receivedBps: (passed * 8000) / TICK });
    const due = late.findIndex(({ at }) => at <= now);
    const report = due < 0 ? undefined : late.splice(due, 1)[0];
    state = nextRate(state, now, state.totalBps, report && { ...report, jitterMs: 5, rttMs: link.rttMs });
    moments.push({ now, total: state.totalBps, queueMs, used: passed / capacity });
  }
  return moments;
}

const between = (moments: Moment[], from: number, to: number) =>
  moments.filter(({ now }) => now >= from * 1000 && now < to * 1000);
const mean = (moments: Moment[], of: 'total' | 'queueMs' | 'used') =>
  moments.reduce((sum, moment) => sum + moment[of], 0) / moments.length;

describe('the rate on a link that stays', () => {
  it.each([
    { kbps: 64, rttMs: 300, queueBytes: 12_000 },
    { kbps: 128, rttMs: 600, queueBytes: 24_000 },
    { kbps: 256, rttMs: 600, queueBytes: 24_000 },
    { kbps: 512, rttMs: 60, queueBytes: 64_000 },
  ])('uses $kbps kbit/s with RTT $rttMs and keeps the queue short', ({ kbps, ...rest }) => {
    const moments = simulate({ rate: () => kbps, ...rest }, 60);
    const steady = between(moments, 20, 60);
    expect(mean(steady, 'total')).toBeGreaterThan(0.85 * kbps * 1000);
    expect(mean(steady, 'queueMs')).toBeLessThan(100);
  });

  it('reaches what a good link is worth within ten seconds', () => {
    const moments = simulate({ rate: () => 20_000, queueBytes: 256_000, rttMs: 20 }, 12);
    expect(between(moments, 10, 12)[0]?.total).toBe(RATE.ceilingBps);
  });
});

describe('a link that falls to a quarter and comes back', () => {
  const moments = simulate(
    { rate: (now) => (now < 30_000 || now > 60_000 ? 512 : 128), queueBytes: 24_000, rttMs: 600 },
    90,
  );

  it('falls within the time that the news need', () => {
    const fallen = between(moments, 30, 60).find(({ total }) => total < 128_000);
    expect((fallen?.now ?? Number.POSITIVE_INFINITY) - 30_000).toBeLessThan(1500);
  });

  it('has emptied the queue three seconds after, and keeps it so', () => {
    for (const { queueMs } of between(moments, 33.2, 60)) expect(queueMs).toBeLessThan(300);
  });

  it('sends a picture again before somebody saw the queue empty: no second in which the link does next to nothing', () => {
    const seconds = Array.from({ length: 120 }, (_, index) => between(moments, 30.5 + index / 20, 31.5 + index / 20));
    expect(Math.min(...seconds.map((second) => mean(second, 'used')))).toBeGreaterThan(0.5);
  });

  it('uses the link again ten seconds after it is back', () => {
    expect(mean(between(moments, 70, 90), 'total')).toBeGreaterThan(0.8 * 512_000);
  });
});

/**
 * What a station at the edge of a 3G cell was told in the lab (64 kbit/s up, jitter 60 ms, RTT 300) while it sent 30 to 50 kbit/s: a
 * way that trembles and has next to no queue. [queue, jitter, arrived kbit/s, round trip]
 */
const TREMBLING = [
  [0, 53, 27, 287],
  [33, 50, 43, 287],
  [135, 62, 39, 287],
  [187, 60, 46, 449],
  [206, 64, 29, 449],
  [160, 66, 36, 449],
  [201, 58, 50, 449],
  [171, 54, 33, 449],
  [185, 51, 38, 449],
  [185, 47, 40, 449],
  [164, 44, 49, 449],
  [160, 40, 45, 442],
  [164, 45, 46, 442],
  [122, 37, 29, 461],
  [244, 48, 27, 461],
  [132, 53, 53, 461],
  [126, 52, 49, 461],
  [158, 55, 14, 461],
  [162, 60, 18, 458],
  [130, 52, 42, 458],
  [145, 54, 26, 458],
  [145, 53, 24, 458],
  [144, 65, 34, 458],
  [143, 71, 40, 458],
  [137, 64, 43, 458],
  [83, 62, 19, 656],
  [138, 66, 38, 656],
  [138, 60, 47, 656],
  [139, 61, 26, 656],
  [179, 57, 31, 353],
  [176, 59, 31, 358],
  [178, 57, 39, 358],
  [51, 51, 39, 263],
  [142, 55, 29, 263],
  [131, 55, 38, 263],
  [131, 55, 29, 257],
] as const;

it('does not fall for a way that trembles', () => {
  let state = startRate(0, 50_000);
  TREMBLING.forEach(([queueMs, jitterMs, kbps, rttMs], index) => {
    state = nextRate(state, 300 * (index + 1), 50_000, { queueMs, jitterMs, receivedBps: kbps * 1000, rttMs });
    expect(state.totalBps).toBeGreaterThanOrEqual(45_000);
  });
});

describe('a way that trembles by 55 ms, where every reading is about 110 ms without any queue', () => {
  const usual = { queueMs: 110, jitterMs: 55, receivedBps: 50_000, rttMs: 300 };
  const grown = (from: SendRate, seconds: number, report: RateReport) => {
    let state = from;
    for (let second = 1; second <= seconds; second += 1)
      state = nextRate(state, from.at + 1000 * second, state.totalBps, report);
    return state.totalBps / from.totalBps;
  };

  it('is taken as far as the link was seen to carry, about as fast as one that does not tremble', () => {
    const near = { ...startRate(0, 52_000), linkBps: 60_000, pace: RATE.back };
    expect(grown(near, 8, usual)).toBeGreaterThan(1.2);
  });

  it('is not taken by leaps where nothing is known of it', () => {
    expect(grown(startRate(0), 1, { ...usual, queueMs: 20 })).toBeLessThan(1.25);
    expect(grown(startRate(0), 1, { ...usual, queueMs: 5, jitterMs: 5 })).toBeGreaterThan(1.45);
  });

  it('is not taken ever bolder beyond what it was seen to carry', () => {
    const beyond = { ...startRate(0, 70_000), linkBps: 60_000, pace: RATE.slow };
    expect(grown(beyond, 6, usual)).toBeLessThan(1.15);
    expect(grown(beyond, 6, { ...usual, queueMs: 5, jitterMs: 5 })).toBeGreaterThan(2);
  });
});

describe('what one report after the other does', () => {
  const sending = (totalBps: number, linkBps?: number): SendRate => ({ ...startRate(0), totalBps, linkBps });

  it('takes two reports of a queue for a full one where far more is sent than arrives', () => {
    // From the lab: a link that fell from 512 to 128 kbit/s; half as much queue again would have been "full" by itself.
    const first = { queueMs: 224, jitterMs: 23, receivedBps: 130_000, rttMs: 839 };
    const before = nextRate(sending(283_000), 250, 283_000, first);
    const after = nextRate(before, 500, 283_000, { ...first, queueMs: 235, jitterMs: 27, receivedBps: 133_000 });
    expect(after.totalBps).toBeLessThan(50_000);
  });

  it('takes a queue that grows for as long as it is when the news of it is here', () => {
    // From the lab: 160 kbit/s into a satellite's 128; cut gently, a quarter of a second became a whole one.
    const growing = { queueMs: 229, jitterMs: 35, receivedBps: 122_000, rttMs: 700 };
    const cutAfter = (report: RateReport) =>
      nextRate(nextRate(sending(160_000), 250, 160_000, report), 500, 160_000, report);
    expect(cutAfter(growing).drain).toBeDefined();
    // The same queue with hardly more sent than arrives, or with the news here at once.
    expect(cutAfter({ ...growing, receivedBps: 150_000 }).drain).toBeUndefined();
    // After a gentle cut, the queue on its way down: emptying it took the picture for nothing.
    expect(cutAfter({ ...growing, queueMs: 330, receivedBps: 140_000 }).drain).toBeUndefined();
    expect(cutAfter({ ...growing, rttMs: 60 }).drain).toBeUndefined();
  });

  it('reckons how long a queue is by how fast it grew, once it has grown for longer than a whole picture takes', () => {
    // From the lab: 250 kbit/s where 128 go through; most of what was counted had come before.
    const queues = (...all: number[]) =>
      all.reduce(
        (state, queueMs, index) =>
          nextRate(state, 100 * index, 250_000, { queueMs, jitterMs: 20, receivedBps: 180_000, rttMs: 690 }),
        sending(250_000),
      );
    const fallen = queues(130, 180, 230, 280);
    expect(fallen.totalBps).toBeLessThan(50_000);
    expect(fallen.drain?.until).toBeGreaterThan(300 + 1700);
    expect(fallen.drain?.until).toBeLessThan(300 + 2300);
    // And what the link carries: 100 of them, since a half more a second joins than leaves.
    expect(fallen.linkBps).toBeLessThan(130_000);
    // The same queue, there at once: a picture goes on beside it.
    const there = queues(0, 280, 280, 280);
    expect(there.totalBps).toBeGreaterThan(55_000);
    expect(there.drain?.until).toBeLessThan(300 + 1200);
    // A whole picture on a thin link: gone before anybody is sure.
    expect(queues(0, 190, 240, 120, 20).drain).toBeUndefined();
    expect(queues(0, 190, 240, 120, 20).totalBps).toBeGreaterThan(220_000);
  });

  it('takes the picture for no queue that grows a little: an encoder is slow to obey, and it is on its way down', () => {
    let state = sending(120_000);
    for (const [index, queueMs] of [210, 230, 250, 270].entries())
      state = nextRate(state, 100 * index, 120_000, { queueMs, jitterMs: 20, receivedBps: 115_000, rttMs: 900 });
    expect(state.drain).toBeUndefined();
    expect(state.totalBps).toBeGreaterThan(80_000);
  });

  it('believes by a third a second that the link carries less than it seemed to, while the queue empties, however many reports say so', () => {
    const full = { queueMs: 600, jitterMs: 10, receivedBps: 120_000, rttMs: 300 };
    let state = nextRate(sending(300_000), 250, 300_000, full);
    expect(state.totalBps).toBeLessThan(50_000);
    for (let now = 350; now <= 1750; now += 100)
      state = nextRate(state, now, 40_000, { ...full, queueMs: 900, receivedBps: 60_000 });
    state = nextRate(state, 6000, 40_000, undefined);
    expect(state.totalBps).toBeCloseTo(RATE.againShare * 0.65 ** 0.9 * 120_000, -2);
  });

  it('grows with less care after three reports without a queue at what the link was thought to carry', () => {
    let state = sending(100_000, 100_000);
    const grown: number[] = [];
    for (let second = 1; second <= 3; second += 1) {
      const before = state.totalBps;
      state = nextRate(state, 1000 * second, before, { queueMs: 0, jitterMs: 0, receivedBps: before, rttMs: 600 });
      grown.push(state.totalBps / before);
    }
    expect(grown.map((by) => Number(by.toFixed(2)))).toEqual([RATE.slow, RATE.slow, RATE.back]);
  });
});

describe('what is not known', () => {
  const calm = { queueMs: 0, jitterMs: 0, receivedBps: 50_000, rttMs: 100 };

  it('does not grow by what it does not use', () => {
    let state = startRate(0);
    for (let now = 250; now < 10_000; now += 250) state = nextRate(state, now, 20_000, calm);
    expect(state.totalBps).toBe(RATE.startBps);
  });

  it('waits for reports, and goes down to the start when they stop', () => {
    let state = startRate(0);
    for (let now = 1000; now < 20_000; now += 1000) state = nextRate(state, now, 60_000, undefined);
    expect(state.totalBps).toBe(RATE.startBps);
    for (let now = 20_000; now < 30_000; now += 250) state = nextRate(state, now, state.totalBps, calm);
    expect(state.totalBps).toBeGreaterThan(400_000);
    for (let now = 30_000; now < 36_000; now += 1000) state = nextRate(state, now, state.totalBps, undefined);
    expect(state.totalBps).toBeGreaterThan(400_000);
    for (let now = 36_000; now < 60_000; now += 1000) state = nextRate(state, now, state.totalBps, undefined);
    expect(state.totalBps).toBe(RATE.startBps);
  });

  it('stays a number where nothing arrives and the news is here at once', () => {
    const state = nextRate({ ...startRate(0), totalBps: 250_000 }, 250, 250_000, {
      queueMs: 500,
      jitterMs: 0,
      receivedBps: 0,
      rttMs: 0,
    });
    expect(state.totalBps).toBe(RATE.lowBps);
    expect(state.drain?.until).not.toBeNaN();
  });

  it('never leaves its bounds, whatever is reported', () => {
    let state = startRate(0);
    for (const queueMs of [0, 5000, 0, 100_000, 0]) {
      for (const receivedBps of [0, 1e9]) {
        state = nextRate(state, state.at + 3000, state.totalBps, { queueMs, jitterMs: 0, receivedBps, rttMs: 10 });
        expect(state.totalBps).toBeGreaterThanOrEqual(RATE.floorBps);
        expect(state.totalBps).toBeLessThanOrEqual(RATE.ceilingBps);
      }
    }
  });
});

it('takes a queue for what it is where little is sent of what may be: others fill the link, and emptying it would take the picture for nothing', () => {
  const before = { ...startRate(0, 60_000), linkBps: 64_000 };
  const report = { queueMs: 260, jitterMs: 30, receivedBps: 38_000, rttMs: 300 };
  const twice = (sentBps: number) => nextRate(nextRate(before, 500, sentBps, report), 1000, sentBps, report);
  expect(twice(40_000).drain).toBeUndefined();
  expect(twice(40_000).totalBps).toBeGreaterThan(RATE.lowBps);
  expect(twice(60_000).totalBps).toBe(RATE.lowBps);
});
