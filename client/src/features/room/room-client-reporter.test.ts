import type { types } from 'mediasoup-client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ReceiverReporter } from './room-client-reporter.ts';
import { FakeSignalling } from './test-support.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const READING = { queueMs: 5, jitterMs: 2, lostPercent: 0, burstMs: 0, reachMs: 0 };

/** A transport over which so many bytes a second of each track arrive, and what the reporter says of it. */
async function reported(bytesPerSecond: Record<string, number>, owners: Record<string, string>) {
  const signalling = new FakeSignalling();
  const seconds = () => performance.now() / 1000;
  const rows = () => [
    {
      type: 'transport',
      id: 'T',
      timestamp: performance.now(),
      bytesReceived: seconds() * Object.values(bytesPerSecond).reduce((sum, bytes) => sum + bytes, 0),
      packetsReceived: 0,
    },
    ...Object.entries(bytesPerSecond).map(([trackIdentifier, bytes]) => ({
      type: 'inbound-rtp',
      id: trackIdentifier,
      trackIdentifier,
      kind: trackIdentifier.startsWith('voice') ? 'audio' : 'video',
      bytesReceived: seconds() * bytes,
    })),
  ];
  const transport = { closed: false, getStats: async () => new Map(rows().map((row) => [row.id, row])) };
  const reporter = ReceiverReporter.create({
    transport: transport as unknown as types.Transport,
    signalling,
    ownerOf: (trackId) => owners[trackId],
    receiverOf: () => undefined,
    line: () => undefined,
  });
  for (let at = 0; at < 3000; at += 250) {
    for (const peerId of new Set(Object.values(owners))) reporter.note(peerId, READING, {} as RTCRtpReceiver);
    await vi.advanceTimersByTimeAsync(250);
  }
  reporter.close();
  const said = signalling.said.map(({ data }) => data as { peerId: string; receivedBps: number });
  return new Map(said.map(({ peerId, receivedBps }) => [peerId, Math.round(receivedBps / 1000)]));
}

it('tells the only sender of all that arrives', async () => {
  expect(await reported({ voice: 3000, face: 9000 }, { voice: 'a', face: 'a' })).toEqual(new Map([['a', 96]]));
});

it('tells each of several senders of what arrives without the others', async () => {
  const bytes = { voiceA: 3000, faceA: 9000, voiceB: 4000, faceB: 1000 };
  const owners = { voiceA: 'a', faceA: 'a', voiceB: 'b', faceB: 'b' };
  expect(await reported(bytes, owners)).toEqual(
    new Map([
      ['a', 96],
      ['b', 40],
    ]),
  );
});

it('tells whose picture is held back what would be theirs: a tremble there is no reason to send the others no picture', async () => {
  const bytes = { voiceA: 3000, faceA: 9000, voiceB: 4000, faceB: 0, voiceC: 5000 };
  const owners = { voiceA: 'a', faceA: 'a', voiceB: 'b', faceB: 'b', voiceC: 'c' };
  expect(await reported(bytes, owners)).toEqual(
    new Map([
      ['a', 96],
      ['b', 104],
      ['c', 112],
    ]),
  );
});
