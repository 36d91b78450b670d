import { toInstant } from '@jaqyn/shared/kernel/time';
import type { LinkSample } from '@jaqyn/shared/link-samples/link-sample.contract';
import { describe, expect, test } from 'vitest';
import { createConsultDesk } from '../../../test/consult-desk.ts';
import { LinkSampler, type SampledPeer } from './link-sampler.ts';

const SAMPLE: Omit<LinkSample, 'at'> = {
  seconds: 10,
  sentBps: 61_000,
  receivedBps: 97_000,
  lostPercent: 2.5,
  rttMs: 610,
  concealedPercent: 0.4,
  bufferMs: 190,
  queueMs: 45,
  receivedFps: 9.8,
  sentFps: 10,
  frozenMs: 0,
  step: 'small',
  why: 'link',
};

async function setUp() {
  const desk = await createConsultDesk();
  const requestId = await desk.callAndAnswer();
  const { clock, linkSamples: samples } = desk;
  const at = (secondsAgo: number) => toInstant(new Date(clock.now().getTime() - 1000 * secondsAgo));
  return { ...desk, requestId, samples, at };
}

describe('what a browser says of its end', () => {
  test('is kept with the consult, once however often it is said, and read by both sides', async () => {
    const { samples, feldsher, cardio, requestId, at } = await setUp();
    const told = [20, 10, 0].map((ago) => ({ ...SAMPLE, at: at(ago) }));
    await samples.report(feldsher, requestId, 'station', told.slice(0, 2));
    await samples.report(feldsher, requestId, 'station', told);
    await samples.report(cardio, requestId, 'specialist', [{ ...SAMPLE, at: at(0), step: 'sharp', why: null }]);
    const { samples: found } = await samples.list(cardio, requestId);
    expect(found.map(({ at: when, side, origin, step }) => [when, side, origin, step])).toEqual([
      [at(20), 'station', 'client', 'small'],
      [at(10), 'station', 'client', 'small'],
      ...(feldsher.userId < cardio.userId
        ? [
            [at(0), 'station', 'client', 'small'],
            [at(0), 'specialist', 'client', 'sharp'],
          ]
        : [
            [at(0), 'specialist', 'client', 'sharp'],
            [at(0), 'station', 'client', 'small'],
          ]),
    ]);
    expect(found[0]).toEqual({ ...told[0], side: 'station', origin: 'client' });
    expect((await samples.list(feldsher, requestId)).samples).toHaveLength(4);
  });

  test('of a time that cannot be is dropped, the rest is kept', async () => {
    const { samples, feldsher, requestId, at } = await setUp();
    const told = [-3600, 0, 4 * 3600].map((ago) => ({ ...SAMPLE, at: at(ago) }));
    await samples.report(feldsher, requestId, 'station', told);
    expect((await samples.list(feldsher, requestId)).samples.map((one) => one.at)).toEqual([at(0)]);
  });

  test('is nobody else’s to read', async () => {
    const { samples, feldsher, neuro, requestId, at } = await setUp();
    await samples.report(feldsher, requestId, 'station', [{ ...SAMPLE, at: at(0) }]);
    await expect(samples.list(neuro, requestId)).rejects.toMatchObject({ code: 'consultation.not_found' });
  });
});

describe('what the media server counts', () => {
  test('is the rate between two looks at one stay, seen from the person', async () => {
    const { samples, store, clock, requestId, feldsher, at } = await setUp();
    const gone = { send: 0, recv: 0 };
    const seats: SampledPeer[] = [
      {
        peerId: 'a',
        requestId,
        userId: feldsher.userId,
        side: 'station',
        measure: async () => ({
          send: { receivedBytes: gone.send, sentBytes: 7, lostPercent: 3 },
          recv: { receivedBytes: 7, sentBytes: gone.recv, lostPercent: null },
        }),
      },
      {
        peerId: 'b',
        requestId,
        userId: 'somebody who closes meanwhile',
        side: 'specialist',
        measure: () => Promise.reject(new Error('closed')),
      },
    ];
    const errors: unknown[] = [];
    const sampler = LinkSampler.start({
      store,
      clock,
      logger: { error: (what: unknown) => void errors.push(what) },
      listSeated: () => seats,
      everyMs: 3_600_000,
    });
    await sampler.look();
    expect((await samples.list(feldsher, requestId)).samples).toEqual([]);
    clock.advance({ seconds: 10 });
    Object.assign(gone, { send: 75_000, recv: 125_000 });
    await sampler.look();
    expect((await samples.list(feldsher, requestId)).samples).toMatchObject([
      {
        at: at(0),
        origin: 'server',
        side: 'station',
        seconds: 10,
        sentBps: 60_000,
        receivedBps: 100_000,
        lostPercent: 3,
      },
    ]);
    // Another tab of the same person counts from nothing: no rate is made of the two.
    seats[0] = { ...(seats[0] as SampledPeer), peerId: 'c' };
    Object.assign(gone, { send: 10, recv: 10 });
    clock.advance({ seconds: 10 });
    await sampler.look();
    expect((await samples.list(feldsher, requestId)).samples).toHaveLength(1);
    expect(errors).toEqual([]);
    await sampler.close();
  });
});
