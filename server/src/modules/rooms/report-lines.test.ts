import type { PeerId } from '@jaqyn/shared/kernel/ids';
import { fromBytes, toBytes } from '@jaqyn/shared/signalling/way-report-bytes';
import { expect, test } from 'vitest';
import type { MediaTransport } from '../../media/media-port.ts';
import type { Peer } from './peer.ts';
import { openReportLines, passOnReport } from './report-lines.ts';

const REPORT = {
  peerId: '019aa6b0-9c1e-7d3a-8f00-0123456789ab' as PeerId,
  sequence: 7,
  queueMs: 120,
  jitterMs: 9,
  lostPercent: 4,
  burstMs: 80,
  receivedBps: 97_000,
  rttMs: 600,
};

/** A peer with lines, what is said on them and over its socket, and its own mouth. */
async function seat(isOpen = true) {
  const down: Uint8Array[] = [];
  const socket: unknown[] = [];
  const heard: unknown[] = [];
  let say: (bytes: Uint8Array) => void = () => undefined;
  const recv: Pick<MediaTransport, 'openDownLine'> = {
    openDownLine: async () => ({
      parameters: { consumerId: 'c', producerId: 'p', streamId: 3 },
      isOpen,
      send: (bytes) => void down.push(bytes),
    }),
  };
  const send: Pick<MediaTransport, 'openUpLine'> = {
    openUpLine: async (onMessage) => {
      say = onMessage;
      return { producerId: 'up' };
    },
  };
  const peer = { recv, send, isClosed: false, notify: (...said: unknown[]) => void socket.push(said) };
  const answer = await openReportLines(peer as unknown as Peer, (report) => heard.push(report));
  return { peer: peer as unknown as Peer, answer, down, socket, heard, say, close: () => (peer.isClosed = true) };
}

test('a client is told both ends of its lines', async () => {
  const { answer } = await seat();
  expect(answer).toEqual({ down: { consumerId: 'c', producerId: 'p', streamId: 3 }, up: { producerId: 'up' } });
});

test('a report on the line is heard, anything else is not, and nothing of who has gone', async () => {
  const { heard, say, close } = await seat();
  say(toBytes(REPORT));
  for (const bytes of [new Uint8Array(0), new Uint8Array(31), new TextEncoder().encode('{"peerId":1}')]) say(bytes);
  expect(heard).toEqual([REPORT]);
  close();
  say(toBytes(REPORT));
  expect(heard).toHaveLength(1);
});

test('a report goes on by the way it came', async () => {
  const { peer, down, socket } = await seat();
  passOnReport(peer, REPORT, 'line');
  expect(down.map(fromBytes)).toEqual([REPORT]);
  expect(socket).toEqual([]);
  passOnReport(peer, REPORT, 'socket');
  expect(down).toHaveLength(1);
  expect(socket).toEqual([['sender:advised', REPORT]]);
});

test('and over the socket where the receiver’s line is not open', async () => {
  const { peer, down, socket } = await seat(false);
  passOnReport(peer, REPORT, 'line');
  expect([down, socket]).toEqual([[], [['sender:advised', REPORT]]]);
});
