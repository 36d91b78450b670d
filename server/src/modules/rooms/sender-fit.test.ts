import type { RoomSide } from '@jaqyn/shared/signalling/room';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Peer } from './peer.ts';
import { FIT, nextLimit, SenderFit } from './sender-fit.ts';

describe('the next limit', () => {
  it('stays while nothing is measured, and does not bother for little', () => {
    expect(nextLimit(80_000, 0)).toBe(80_000);
    const steady = 200_000 * FIT.margin + FIT.audioBps;
    expect(nextLimit(steady, 200_000)).toBe(steady);
    expect(nextLimit(steady, 205_000)).toBe(steady);
  });

  it('falls at once and rises by steps', () => {
    expect(nextLimit(500_000, 100_000)).toBe(121_000);
    expect(nextLimit(80_000, 1_000_000)).toBe(120_000);
  });

  it('never leaves what is worth sending', () => {
    expect(nextLimit(100_000, 1)).toBe(FIT.floorBps);
    expect(nextLimit(FIT.ceilingBps, 50_000_000)).toBe(FIT.ceilingBps);
  });

  it('reaches a good link within seven seconds', () => {
    let limit: number = FIT.startBps;
    let seconds = 0;
    for (; limit < FIT.ceilingBps; seconds += 1) limit = nextLimit(limit, 5_000_000);
    expect(seconds).toBeLessThanOrEqual(7);
  });
});

describe('fitting senders to receivers', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** Receives one video from each of `from`. */
  function peer(id: string, from: string[], options: { isPaused?: boolean; side?: RoomSide } = {}) {
    const limits: number[] = [];
    const said: number[] = [];
    const told: ((bps: number) => void)[] = [];
    const consumers = new Map(
      from.map((sender) => [
        `${sender}→${id}`,
        { from: sender, consumer: { kind: 'video', isPaused: options.isPaused ?? false, isProducerPaused: false } },
      ]),
    );
    const made = {
      id,
      side: options.side ?? 'station',
      hasMedia: true,
      estimate: 0,
      advisedAt: Number.NEGATIVE_INFINITY,
      consumers,
      connection: {} as object | undefined,
      send: { limitIncoming: async (bps: number) => void limits.push(bps) },
      notify: (_: 'sender:limited', { bitsPerSecond }: { bitsPerSecond: number }) => void said.push(bitsPerSecond),
      recv: { onEstimate: async (listener: (bps: number) => void) => void told.push(listener) },
    };
    return {
      peer: made as unknown as Peer,
      limits,
      said,
      measure: (bps: number) => told.forEach((tell) => tell(bps)),
      /** On another socket, or on none. */
      comeBack: (isThere = true) => void (made.connection = isThere ? {} : undefined),
    };
  }

  async function fit(peers: ReturnType<typeof peer>[]) {
    const senderFit = SenderFit.create(
      () => peers.map(({ peer: one }) => one),
      () => undefined,
    );
    await Promise.all(peers.map(({ peer: one }) => senderFit.start(one)));
    return senderFit;
  }

  it('follows the thinnest receiver; one that gets two pictures has half for each', async () => {
    const specialist = peer('specialist', []);
    const thin = peer('thin', ['specialist']);
    const wide = peer('wide', ['specialist', 'thin']);
    await fit([specialist, thin, wide]);
    expect(specialist.limits).toEqual([FIT.startBps]);
    thin.measure(100_000);
    wide.measure(1_000_000);
    await vi.advanceTimersByTimeAsync(FIT.periodMs);
    expect(specialist.limits.at(-1)).toBe(120_000); // a step towards 121 000 of the thin one
    await vi.advanceTimersByTimeAsync(FIT.periodMs * 20);
    expect(specialist.limits.at(-1)).toBeLessThanOrEqual(121_000);
    expect(thin.limits.at(-1)).toBe(Math.round(500_000 * FIT.margin + FIT.audioBps));
  });

  it('sends nobody less for the link of an interpreter or observer', async () => {
    const station = peer('station', []);
    const specialist = peer('specialist', ['station'], { side: 'specialist' });
    const onlookers = (['interpreter', 'observer'] as const).map((side) => peer(side, ['station'], { side }));
    await fit([station, specialist, ...onlookers]);
    specialist.measure(1_000_000);
    for (const onlooker of onlookers) onlooker.measure(30_000);
    await vi.advanceTimersByTimeAsync(FIT.periodMs * 20);
    expect(station.limits.at(-1)).toBe(Math.round(1_000_000 * FIT.margin + FIT.audioBps));
  });

  it('gets out of the way of a sender that fits itself, and is there again when that stops', async () => {
    const specialist = peer('specialist', []);
    const station = peer('station', ['specialist']);
    await fit([specialist, station]);
    station.measure(50_000);
    specialist.peer.advisedAt = performance.now();
    await vi.advanceTimersByTimeAsync(FIT.periodMs * 4);
    expect(specialist.limits.at(-1)).toBe(FIT.startBps * FIT.rise ** 4);
    expect(specialist.said).toEqual([]);
    await vi.advanceTimersByTimeAsync(FIT.adviceMs);
    const limit = Math.round(50_000 * FIT.margin + FIT.audioBps);
    expect(specialist.limits.at(-1)).toBe(limit);
    expect(specialist.said).toEqual([limit]);
    // What was said to a socket that is gone was not heard.
    specialist.comeBack(false);
    station.measure(20_000);
    await vi.advanceTimersByTimeAsync(FIT.periodMs * 2);
    expect(specialist.said).toEqual([limit]);
    specialist.comeBack();
    await vi.advanceTimersByTimeAsync(FIT.periodMs * 2);
    expect(specialist.said).toEqual([limit, FIT.floorBps]);
    specialist.comeBack();
    await vi.advanceTimersByTimeAsync(FIT.periodMs * 2);
    expect(specialist.said).toEqual([limit, FIT.floorBps, FIT.floorBps]);
  });

  it('leaves a sender alone whom nobody watches, and stops when closed', async () => {
    const specialist = peer('specialist', []);
    const station = peer('station', ['specialist'], { isPaused: true });
    const senderFit = await fit([specialist, station]);
    station.measure(1_000_000);
    await vi.advanceTimersByTimeAsync(FIT.periodMs * 3);
    expect(specialist.limits).toEqual([FIT.startBps]);
    senderFit.close();
    expect(vi.getTimerCount()).toBe(0);
  });
});
