import type { types } from 'mediasoup-client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ReportLine } from './room-client-line.ts';
import { ReceiverReporter } from './room-client-reporter.ts';
import { FakeSignalling } from './test-support.ts';
import type { VoiceReading } from './voice-worker-messages.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const READING = { queueMs: 5, jitterMs: 2, lostPercent: 0, burstMs: 0, reachMs: 0 };

type Said = Parameters<ReportLine['say']>[0];

/** A transport over which so many bytes a second of each track arrive, and what the reporter says of it. */
async function reported(bytesPerSecond: Record<string, number>, owners: Record<string, string>) {
  const { said } = await listen(bytesPerSecond, owners);
  return new Map(said.map(({ peerId, receivedBps }) => [peerId as string, Math.round(receivedBps / 1000)]));
}

/** The same, three seconds of it, over the socket and beside the media. */
async function listen(
  bytesPerSecond: Record<string, number>,
  owners: Record<string, string>,
  line?: { isOpen: boolean },
  reading: VoiceReading = READING,
) {
  const signalling = new FakeSignalling();
  const beside: Said[] = [];
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
    onStanding: () => undefined,
    line: () => line && { ...line, say: (report: Said) => void beside.push(report) },
  });
  for (let at = 0; at < 3000; at += 250) {
    for (const peerId of new Set(Object.values(owners))) reporter.note(peerId, reading, {} as RTCRtpReceiver);
    await vi.advanceTimersByTimeAsync(250);
  }
  reporter.close();
  return { said: signalling.said.map(({ data }) => data as Said), beside };
}

describe('beside the media', () => {
  const bytes = { voice: 3000 };
  const owners = { voice: 'a' };

  it('every report is said, and one in three seconds over the socket, under the same number', async () => {
    const { said, beside } = await listen(bytes, owners, { isOpen: true }, { ...READING, queueMs: 400 });
    expect(beside.length).toBeGreaterThan(6);
    expect(beside.map(({ sequence }) => sequence)).toEqual(beside.map((_, index) => index + 1));
    expect(said).toEqual([beside[0]]);
  });

  it('nothing is said on a line that is not open: the socket has all of them', async () => {
    const { said, beside } = await listen(bytes, owners, { isOpen: false }, { ...READING, queueMs: 400 });
    expect(beside).toEqual([]);
    expect(said.length).toBeGreaterThan(2);
    expect(said.map(({ sequence }) => sequence)).toEqual(said.map((_, index) => index + 1));
  });
});

it('says which picture stands though packets of it come, and of no voice', async () => {
  const standing: [number, string][] = [];
  const seconds = () => performance.now() / 1000;
  const rows = () => [
    { type: 'transport', id: 'T', timestamp: performance.now(), bytesReceived: 0, packetsReceived: 0 },
    ...(['audio', 'video'] as const).map((kind) => ({
      type: 'inbound-rtp',
      id: kind,
      trackIdentifier: kind,
      kind,
      packetsReceived: 20 * seconds(),
      framesDecoded: kind === 'audio' ? 0 : 10 * Math.min(seconds(), from + 3),
    })),
  ];
  const transport = { closed: false, getStats: async () => new Map(rows().map((row) => [row.id, row])) };
  const from = seconds();
  const reporter = ReceiverReporter.create({
    transport: transport as unknown as types.Transport,
    signalling: new FakeSignalling(),
    ownerOf: () => 'a',
    receiverOf: () => undefined,
    onStanding: (trackId) => standing.push([Math.round(seconds() - from), trackId]),
    line: () => undefined,
  });
  await vi.advanceTimersByTimeAsync(8500);
  reporter.close();
  expect(standing).toEqual([
    [5, 'video'],
    [8, 'video'],
  ]);
});

it('looks at once when a way becomes busy, and often in the moments after', async () => {
  const sayings = async (queueMs: (at: number) => number) => {
    const beside: number[] = [];
    const rows = () => [
      { type: 'transport', id: 'T', timestamp: performance.now(), bytesReceived: 0, packetsReceived: 0 },
    ];
    const transport = { closed: false, getStats: async () => new Map(rows().map((row) => [row.id, row])) };
    const reporter = ReceiverReporter.create({
      transport: transport as unknown as types.Transport,
      signalling: new FakeSignalling(),
      ownerOf: () => 'a',
      receiverOf: () => undefined,
      onStanding: () => undefined,
      line: () => ({ isOpen: true, say: () => void beside.push(performance.now() - from) }),
    });
    const from = performance.now();
    for (let at = 0; at < 8000; at += 100) {
      reporter.note('a', { ...READING, queueMs: queueMs(at) }, {} as RTCRtpReceiver);
      await vi.advanceTimersByTimeAsync(100);
    }
    reporter.close();
    return beside;
  };
  const fell = (await sayings((at) => (at < 5100 ? 5 : 400))).filter((at) => at >= 5100);
  expect(fell.filter((at) => at < 5750).length).toBeGreaterThanOrEqual(5);
  expect(fell[0]).toBeLessThanOrEqual(5100);
  // Then as often as any queue.
  expect(fell.filter((at) => at > 6000 && at <= 7500).length).toBeLessThanOrEqual(6);
  expect((await sayings(() => 5)).length).toBeLessThanOrEqual(8);
  // A way that trembles about the mark is not new each time.
  const trembling = (await sayings((at) => (at % 200 < 100 ? 90 : 130))).filter((at) => at > 1000);
  expect(trembling.length).toBeLessThanOrEqual(7 * 4.2);
});

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
