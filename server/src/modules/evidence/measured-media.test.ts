import { createHash } from 'node:crypto';
import type { Evidence } from '@jaqyn/shared/evidence/evidence.contract';
import type { RequestId } from '@jaqyn/shared/kernel/ids';
import type { MediaKind } from '@jaqyn/shared/media/source';
import type { RoomConsumer } from '@jaqyn/shared/signalling/room';
import { expect, onTestFinished, test } from 'vitest';
import { CONCLUSION, createConsultDesk } from '../../../test/consult-desk.ts';
import { PASSWORD } from '../../../test/factories.ts';
import { LiveClient } from '../../../test/live-client.ts';
import { createLiveServer, type TestLiveServer } from '../../../test/live-server.ts';
import { MediaPeer } from '../../../test/media-peer.ts';
import { rtpParametersOf } from '../../../test/rtp.ts';
import type { Actor } from '../../kernel/actor.ts';
import { newId } from '../../kernel/ids.ts';
import { describeSeated } from '../rooms/seated-peers.ts';
import { EvidenceRecorder } from './evidence-recorder.ts';

const SIDES = ['station', 'specialist'] as const;
type Side = (typeof SIDES)[number];
const SOURCE = { audio: 'microphone', video: 'camera' } as const;
const KINDS = ['audio', 'video'] as const;
/** Fake seconds between two looks; the packets between them are real. */
const LOOK_SECONDS = 3;
const PATIENCE = { timeout: 45_000, interval: 40 };

/** Somebody in the room whose packets go through the worker: microphone and camera, and what the other side sends. */
async function sit(server: TestLiveServer, requestId: RequestId, side: Side, { userId }: Actor) {
  const { actor, token } = server.sessions.signIn(side === 'station' ? 'feldsher' : 'specialist', { userId });
  server.access.admit(requestId, actor, side);
  const tab = await new LiveClient(server.origin, token).connected();
  onTestFinished(() => tab.close());
  const joined = await tab.join(requestId);
  const lines = KINDS.map((kind) => ({ kind, rtpParameters: rtpParametersOf(kind) }));
  for (const { kind, rtpParameters } of lines) {
    const source = SOURCE[kind];
    await tab.call('producer:create', { producerKey: newId(), kind, source, rtpParameters, isPaused: false });
  }
  const sender = await MediaPeer.create({
    transport: joined.sendTransport,
    lines,
    sends: true,
    connect: (dtlsParameters) =>
      tab.call('transport:connect', { transportId: joined.sendTransport.id, dtlsParameters }),
  });
  return {
    sender,
    async receive(): Promise<void> {
      const told = await expect
        .poll(() => [...joined.consumers, ...tab.heard('consumer:created')], PATIENCE)
        .toHaveLength(KINDS.length)
        .then(() => [...joined.consumers, ...tab.heard('consumer:created')] as RoomConsumer[]);
      await MediaPeer.create({
        transport: joined.recvTransport,
        lines: told.map(({ kind, rtpParameters }) => ({ kind, rtpParameters })),
        sends: false,
        connect: (dtlsParameters) =>
          tab.call('transport:connect', { transportId: joined.recvTransport.id, dtlsParameters }),
      });
      await tab.call('consumer:resume', { consumerIds: told.map(({ consumerId }) => consumerId) });
    },
  };
}

async function createCall() {
  const desk = await createConsultDesk();
  const requestId = await desk.callAndAnswer();
  const server = await createLiveServer({ workers: 1 });
  onTestFinished(() => server.close());
  const seats = {
    station: await sit(server, requestId, 'station', desk.feldsher),
    specialist: await sit(server, requestId, 'specialist', desk.cardio),
  };
  for (const side of SIDES) await seats[side].receive();

  const errors: unknown[] = [];
  const recorder = EvidenceRecorder.start({
    store: desk.store,
    clock: desk.clock,
    logger: { error: (what: unknown) => void errors.push(what) },
    listSeated: () => describeSeated(server.rooms),
    everyMs: 3_600_000,
  });

  /** The worker's own counters, by `side direction kind`. */
  async function count(): Promise<Record<string, number>> {
    const counted = describeSeated(server.rooms).flatMap(({ side, tracks }) =>
      tracks.map(async ({ direction, kind, count: ask }) => [`${side} ${direction} ${kind}`, (await ask()).packets]),
    );
    return Object.fromEntries(await Promise.all(counted)) as Record<string, number>;
  }

  /** So many looks, between each two of which all of these get packets. */
  async function flow(looks: number, names: readonly string[]): Promise<void> {
    for (let look = 0; look < looks; look += 1) {
      const before = await count();
      await expect
        .poll(async () => {
          const now = await count();
          return names.filter((name) => (now[name] ?? 0) <= (before[name] ?? 0));
        }, PATIENCE)
        .toEqual([]);
      desk.clock.advance({ seconds: LOOK_SECONDS });
      await recorder.look();
    }
  }

  /** What was under way has arrived, and is counted to the moment it belongs to. */
  async function settle(names: readonly string[]): Promise<void> {
    let last = '';
    await expect
      .poll(async () => {
        const now = await count();
        const before = last;
        last = JSON.stringify(names.map((name) => now[name]));
        return last === before;
      }, PATIENCE)
      .toBe(true);
    await recorder.look();
  }

  return { ...desk, requestId, seats, recorder, errors, count, flow, settle };
}

/** A track of `side` is what comes from it, and what goes to the other one. */
function waysOf(side: Side, kind: MediaKind): [string, string] {
  return [`${side} from ${kind}`, `${side === 'station' ? 'specialist' : 'station'} to ${kind}`];
}

test('the seconds and packets that the worker measured for each participant and direction are what is signed', async () => {
  const call = await createCall();
  const { seats, recorder, flow, settle, clock } = call;
  const all = SIDES.flatMap((side) => KINDS.flatMap((kind) => waysOf(side, kind)));

  for (const side of SIDES) for (const kind of KINDS) seats[side].sender.start(kind);
  // Connected, and the first look: from here on is measured.
  await expect
    .poll(async () => Object.values(await call.count()).filter((packets) => packets > 0).length, PATIENCE)
    .toBe(all.length);
  await recorder.look();
  const first = await call.count();
  await flow(4, all);

  const pictures = waysOf('station', 'video');
  seats.station.sender.stop('video');
  await settle(pictures);
  await flow(
    3,
    all.filter((name) => !pictures.includes(name)),
  );

  for (const side of SIDES) for (const kind of KINDS) seats[side].sender.stop(kind);
  await settle(all);
  // Both sit there and nothing flows: no second of it counts.
  clock.advance({ seconds: 10 * LOOK_SECONDS });
  await recorder.look();
  const last = await call.count();
  await recorder.close();
  expect(call.errors).toEqual([]);

  await call.conclusions.saveConclusion(call.cardio, call.requestId, 0, CONCLUSION);
  const { sha256, manifestSha256 } = await call.signing.preview(call.cardio, call.requestId);
  await call.signing.sign(call.cardio, call.requestId, sha256, PASSWORD, { manifestSha256 });

  const file = await call.conclusionFiles.getEvidence(call.cardio, call.requestId);
  const evidence = JSON.parse(file.bytes.toString('utf8')) as Evidence;
  const seconds = Object.fromEntries(
    evidence.participants.flatMap(({ side, tracks }) =>
      tracks.map((track) => [`${side} ${track.direction} ${track.kind}`, track.seconds]),
    ),
  );
  const whole = 7 * LOOK_SECONDS;
  expect(seconds).toEqual(
    Object.fromEntries(all.map((name) => [name, pictures.includes(name) ? 4 * LOOK_SECONDS : whole])),
  );
  expect(evidence).toMatchObject({ twoWayAudio: whole, voiceOnly: 0, together: whole + 10 * LOOK_SECONDS });
  for (const { side, tracks } of evidence.participants) {
    for (const { direction, kind, packets } of tracks) {
      const name = `${side} ${direction} ${kind}`;
      // What was counted between reading `first` and the look before it belongs to the first stretch.
      expect(packets, name).toBeGreaterThanOrEqual((last[name] ?? 0) - (first[name] ?? 0));
      expect(packets, name).toBeLessThanOrEqual(last[name] ?? 0);
    }
  }

  const manifest = (await call.conclusionFiles.getManifest(call.cardio, call.requestId)).bytes.toString('utf8');
  const hash = createHash('sha256').update(file.bytes).digest('hex');
  expect(JSON.parse(manifest).parts).toContainEqual(expect.objectContaining({ name: 'evidence.json', sha256: hash }));
  expect(await call.conclusionFiles.listEditions(call.cardio, call.requestId)).toMatchObject([{ status: 'valid' }]);
}, 180_000);
