import { expect, it, vi } from 'vitest';
import type { Peer } from './peer.ts';
import { renewPicturesOnMove } from './whole-pictures.ts';

/** Somebody who gets tracks, and whose ways can be moved. */
function person(id: string, tracks: { from: string; kind: 'audio' | 'video'; isPaused?: boolean }[]) {
  const moves = { send: () => undefined as void, recv: () => undefined as void };
  const asked: string[] = [];
  const consumers = tracks.map(({ from, kind, isPaused = false }) => ({
    from,
    consumer: {
      kind,
      isPaused,
      requestKeyFrame: vi.fn(async () => {
        asked.push(`${from} ${kind}`);
        throw new Error('closed meanwhile');
      }),
    },
  }));
  const peer = {
    id,
    consumers: new Map(consumers.map((consumer, index) => [String(index), consumer])),
    send: { onMoved: (listener: () => void) => (moves.send = listener) },
    recv: { onMoved: (listener: () => void) => (moves.recv = listener) },
  } as unknown as Peer;
  return { peer, moves, asked };
}

it('asks for whole pictures over a way that leads elsewhere, in its direction only', () => {
  const station = person('station', [
    { from: 'specialist', kind: 'audio' },
    { from: 'specialist', kind: 'video' },
    { from: 'interpreter', kind: 'video', isPaused: true },
  ]);
  const specialist = person('specialist', [
    { from: 'station', kind: 'audio' },
    { from: 'station', kind: 'video' },
    { from: 'interpreter', kind: 'video' },
  ]);
  renewPicturesOnMove(station.peer, () => [station.peer, specialist.peer]);
  station.moves.recv();
  expect([station.asked, specialist.asked]).toEqual([['specialist video'], []]);
  station.moves.send();
  expect([station.asked, specialist.asked]).toEqual([['specialist video'], ['station video']]);
});
