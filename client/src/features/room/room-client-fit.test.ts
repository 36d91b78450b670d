import { MEDIA_PROFILES } from '@jaqyn/shared/media/media-profile';
import type { NotificationData } from '@jaqyn/shared/signalling/events';
import { toBytes } from '@jaqyn/shared/signalling/way-report-bytes';
import type { types } from 'mediasoup-client';
import { expect, it, vi } from 'vitest';
import { LinkFit } from './room-client-fit.ts';
import type { SourceSender } from './room-client-sender.ts';
import { FakeSignalling } from './test-support.ts';

type Advice = NotificationData<'sender:advised'>;

const ADVICE: Advice & { sequence: number } = {
  peerId: '019aa6b0-9c1e-7d3a-8f00-0123456789ab' as Advice['peerId'],
  sequence: 1,
  queueMs: 5,
  jitterMs: 2,
  lostPercent: 0,
  burstMs: 0,
  receivedBps: 50_000,
  rttMs: 600,
};

/** A fit with a line beside the media, what it says on it, and a mouth for who speaks there. */
function setUp() {
  const transport = { closed: false, getStats: async () => new Map() };
  let speak: (data: unknown) => void = () => undefined;
  const down = { binaryType: 'blob', on: (_: 'message', listener: typeof speak) => void (speak = listener) };
  const produced: object[] = [];
  const recv = { ...transport, consumeData: vi.fn(async () => down) };
  const send = {
    ...transport,
    on: (_: 'producedata', make: (asked: object, go: (made: object) => void) => void) =>
      make({}, (made) => produced.push(made)),
    produceData: vi.fn(async () => ({ readyState: 'connecting' })),
  };
  const heard: Advice[] = [];
  let lossy = 0;
  const fit = LinkFit.create({
    profile: MEDIA_PROFILES.fitted,
    send: send as unknown as types.Transport,
    recv: recv as unknown as types.Transport,
    signalling: new FakeSignalling(),
    hold: undefined,
    hasSilentReceivers: false,
    onLossy: () => void (lossy += 1),
    senders: () => ({}) as Record<'microphone' | 'camera' | 'examination' | 'stethoscope', SourceSender>,
    ownerOf: () => undefined,
    receiverOf: () => undefined,
    onStanding: () => undefined,
    reportLine: { down: { consumerId: 'c', producerId: 'p', streamId: 3 }, up: { producerId: 'up' } },
    onAdvice: (advice) => heard.push(advice),
    onStep: () => undefined,
  });
  return { fit, recv, down, produced, heard, lossy: () => lossy, speak: (data: unknown) => speak(data) };
}

it('takes a report once, by whichever way it came first, and none that is older than the last', () => {
  const { fit } = setUp();
  for (const [sequence, queueMs] of [
    [7, 10],
    [7, 20],
    [6, 30],
  ] as const)
    fit.advise({ ...ADVICE, sequence, queueMs });
  expect(fit.advice).toMatchObject({ sequence: 7, queueMs: 10 });
  fit.advise({ ...ADVICE, sequence: 8, queueMs: 40 });
  expect(fit.advice).toMatchObject({ queueMs: 40 });
  // Somebody who counts nothing: an older page.
  const { sequence: _, ...uncounted } = ADVICE;
  fit.advise({ ...uncounted, queueMs: 50 });
  expect(fit.advice).toMatchObject({ queueMs: 50 });
  fit.close();
});

it('says once that the way loses: after two reports of the same receiver, not after one burst, and not for one packet of the first', () => {
  const { fit, lossy } = setUp();
  const other = 'p2' as Advice['peerId'];
  const say = (peerId: Advice['peerId'], ...lost: number[]) => {
    const { sequence: _, ...uncounted } = ADVICE;
    for (const lostPercent of lost) fit.advise({ ...uncounted, peerId, lostPercent });
    return lossy();
  };
  // One packet of sixteen, of thirty-two, and so on: what a satellite loses by the way.
  expect(say(other, 5.9, 3.0, 2.1, 1.5, 1.2)).toBe(0);
  expect([
    say(ADVICE.peerId, 1, 2, 1, 0, 1, 0),
    say(ADVICE.peerId, 9),
    say(other, 9),
    say(ADVICE.peerId, 0, 9),
  ]).toEqual([0, 0, 0, 0]);
  expect([say(ADVICE.peerId, 3), say(ADVICE.peerId, 9), say(other, 9)]).toEqual([1, 1, 1]);
  fit.close();
});

it('counts anew for who came again', () => {
  const { fit } = setUp();
  fit.advise({ ...ADVICE, sequence: 900, queueMs: 10 });
  fit.forget(ADVICE.peerId);
  fit.advise({ ...ADVICE, sequence: 1, queueMs: 20 });
  expect(fit.advice).toMatchObject({ queueMs: 20 });
  fit.close();
});

it('listens to the line that the server named, unordered and never sent again, and to reports only', async () => {
  const { fit, recv, down, produced, heard, speak } = setUp();
  const sctpStreamParameters = { streamId: 3, ordered: false, maxRetransmits: 0 };
  expect(recv.consumeData).toHaveBeenCalledWith({
    id: 'c',
    dataProducerId: 'p',
    sctpStreamParameters,
    label: 'reports',
  });
  expect(produced).toEqual([{ id: 'up' }]);
  await vi.waitFor(() => expect(down.binaryType).toBe('arraybuffer'));
  for (const data of ['{}', new ArrayBuffer(3), toBytes(ADVICE).buffer]) speak(data);
  expect(heard).toEqual([ADVICE]);
  fit.close();
});
