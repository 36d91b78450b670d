import { expect, it, vi } from 'vitest';
import type { Peer } from './peer.ts';
import {
  countPictures,
  forgetLostPictures,
  renewPicturesOf,
  renewPicturesOnMove,
  renewStanding,
} from './whole-pictures.ts';

interface TrackOf {
  readonly from: string;
  readonly kind: 'audio' | 'video';
  readonly isPaused?: boolean;
}

/** Somebody who sends a face and a voice and gets tracks, and whose ways can be moved. */
function person(id: string, tracks: readonly TrackOf[]) {
  const moves = { send: () => undefined as void, recv: () => undefined as void };
  const done: string[] = [];
  const note = (what: string) =>
    vi.fn(async () => {
      done.push(what);
      throw new Error('closed meanwhile');
    });
  const packets = { audio: 0, video: 0 };
  const producer = (kind: 'audio' | 'video') => ({
    kind,
    count: async () => ({ packets: packets[kind], bytes: 0 }),
    startAnew: async () => void done.push(`own ${kind} anew`),
  });
  const consumers = tracks.map(({ from, kind, isPaused = false }) => ({
    from,
    consumer: {
      kind,
      isPaused,
      startAnew: note(`${from} ${kind} anew`),
      requestKeyFrame: note(`${from} ${kind} whole`),
    },
  }));
  const peer = {
    id,
    producers: new Map([
      ['voice', { producer: producer('audio') }],
      ['face', { producer: producer('video') }],
    ]),
    consumers: new Map(consumers.map((consumer, index) => [String(index), consumer])),
    send: { onMoved: (listener: () => void) => (moves.send = listener) },
    recv: { onMoved: (listener: () => void) => (moves.recv = listener) },
  } as unknown as Peer;
  return { peer, moves, done, packets };
}

const toStation = [
  { from: 'specialist', kind: 'audio' },
  { from: 'specialist', kind: 'video' },
] as const;
const toSpecialist = [
  { from: 'station', kind: 'audio' },
  { from: 'station', kind: 'video' },
  { from: 'interpreter', kind: 'video' },
  { from: 'station', kind: 'video', isPaused: true },
] as const;

it('begins pictures anew over a way that leads elsewhere, in its direction only', () => {
  const station = person('station', toStation);
  const specialist = person('specialist', toSpecialist);
  for (const { peer } of [station, specialist]) renewPicturesOnMove(peer);
  station.moves.recv();
  expect([station.done, specialist.done]).toEqual([['specialist video anew'], []]);
  station.moves.send();
  expect([station.done, specialist.done]).toEqual([['specialist video anew', 'own video anew'], []]);
});

it('asks for whole pictures of whoever is back, of those that are shown, and begins anew what they see', () => {
  const station = person('station', toStation);
  const specialist = person('specialist', toSpecialist);
  renewPicturesOf(station.peer, [station.peer, specialist.peer]);
  expect([station.done, specialist.done]).toEqual([['specialist video anew'], ['station video whole']]);
});

it('asks for a whole one of what is shown and stands, and of nothing else', () => {
  const { peer, done } = person('specialist', toSpecialist);
  renewStanding(peer, [...peer.consumers.keys(), 'nobody’s']);
  expect(done).toEqual(['station video whole', 'interpreter video whole']);
});

it('forgets what was lost of a picture of which nothing comes, and of no other', async () => {
  const { peer, done, packets } = person('station', []);
  const before = await countPictures(peer);
  packets.video += 1;
  await forgetLostPictures(before);
  expect(done).toEqual([]);
  await forgetLostPictures(await countPictures(peer));
  expect(done).toEqual(['own video anew']);
});
