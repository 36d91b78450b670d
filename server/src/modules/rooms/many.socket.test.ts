import type { RequestId } from '@jaqyn/shared/kernel/ids';
import type { MediaSource } from '@jaqyn/shared/media/source';
import type { RoomConsumer, RoomSide } from '@jaqyn/shared/signalling/room';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { LiveClient, type Refusal } from '../../../test/live-client.ts';
import { createLiveServer, type TestLiveServer } from '../../../test/live-server.ts';
import { MediaPeer } from '../../../test/media-peer.ts';
import { rtpParametersOf } from '../../../test/rtp.ts';
import { until } from '../../../test/until.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { newId } from '../../kernel/ids.ts';

const open: { close(): void | Promise<void> }[] = [];

afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function serve(): Promise<TestLiveServer> {
  const server = await createLiveServer({ workers: 1 });
  open.push(server);
  return server;
}

/** Somebody at the door, as what they may come in. */
async function come(server: TestLiveServer, requestId: RequestId, side: RoomSide) {
  const { actor, token } = server.sessions.signIn(side === 'station' ? 'feldsher' : 'specialist', {
    displayName: side,
  });
  server.access.admit(requestId, actor, side);
  const tab = new LiveClient(server.origin, token);
  open.push(tab);
  await tab.connected();
  return { actor, tab, side };
}

/** In the room, with microphone and camera where they may have any. */
async function sit(server: TestLiveServer, requestId: RequestId, side: RoomSide) {
  const one = await come(server, requestId, side);
  const joined = await one.tab.join(requestId);
  if (side === 'observer') return { ...one, joined, microphone: undefined, camera: undefined };
  return { ...one, joined, microphone: await one.tab.produce('microphone'), camera: await one.tab.produce('camera') };
}

type Seated = Awaited<ReturnType<typeof sit>>;

const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'ok',
    (refused: Refusal) => refused.code,
  );

/** What somebody gets now, by who sends it. */
async function received({ tab, joined }: Seated, requestId: RequestId): Promise<RoomConsumer[]> {
  const { consumers } = await tab.call('room:resume', { requestId, peerId: joined.peerId });
  return consumers;
}

async function facesOf(seated: Seated, requestId: RequestId, of: readonly Seated[]): Promise<string[]> {
  const consumers = await received(seated, requestId);
  return consumers
    .filter(({ kind, isHeld }) => kind === 'video' && !isHeld)
    .map(({ peerId }) => of.find(({ joined }) => joined.peerId === peerId)?.side ?? '')
    .sort();
}

const REPORT = { queueMs: 5, jitterMs: 2, lostPercent: 0, burstMs: 0, receivedBps: 90_000, rttMs: 40 };

describe('six in a room', () => {
  it('everybody hears everybody, sees who they are, and the seventh finds no place', async () => {
    const server = await serve();
    const { requestId } = server.consult();
    const sides = ['station', 'specialist', 'consultant', 'consultant', 'interpreter', 'observer'] as const;
    const all: Seated[] = [];
    for (const side of sides) all.push(await sit(server, requestId, side));

    const observer = all.at(-1) as Seated;
    expect(observer.joined.peers.map(({ side, displayName }) => [side, displayName])).toEqual(
      sides.slice(0, 5).map((side) => [side, side]),
    );
    for (const seated of all) {
      const consumers = await received(seated, requestId);
      const voices = consumers.filter(({ source }) => source === 'microphone');
      expect(voices, seated.side).toHaveLength(seated.side === 'observer' ? 5 : 4);
      expect(voices.every(({ isHeld }) => !isHeld)).toBe(true);
    }
    const seventh = await come(server, requestId, 'consultant');
    expect(await refusal(seventh.tab.join(requestId))).toBe('room.full');
    // Only what the two sides do changes the life of the request.
    expect(server.diary.lines.filter((line) => line.startsWith('sides'))).toEqual([
      'sides station',
      'sides specialist,station',
    ]);
  });

  it('keeps a place for each side of the consult, whoever comes first', async () => {
    const server = await serve();
    const { requestId } = server.consult();
    const guests = await Promise.all(Array.from({ length: 6 }, () => come(server, requestId, 'interpreter')));
    const results = await Promise.all(guests.map(({ tab }) => refusal(tab.join(requestId))));
    expect(results.filter((result) => result === 'ok')).toHaveLength(4);
    expect(results.filter((result) => result === 'room.full')).toHaveLength(2);
    for (const side of ['specialist', 'station'] as const) {
      expect(await refusal((await come(server, requestId, side)).tab.join(requestId))).toBe('ok');
    }
    expect(server.diary.lines.at(-1)).toBe('sides specialist,station');
  });
});

describe('an observer', () => {
  it('sends nothing and does nothing, whatever their browser says', async () => {
    const server = await serve();
    const { requestId } = server.consult();
    await sit(server, requestId, 'station');
    const { tab, joined } = await sit(server, requestId, 'observer');
    for (const source of ['microphone', 'camera', 'screen', 'examination', 'stethoscope'] satisfies MediaSource[]) {
      expect(await refusal(tab.produce(source)), source).toBe('auth.forbidden');
    }
    expect(await refusal(tab.call('curtain:set', { isDrawn: true }))).toBe('auth.forbidden');
    expect(await refusal(tab.call('view:show', { view: null }))).toBe('auth.forbidden');
    expect(await refusal(tab.call('examination:ask', { what: 'freeze' }))).toBe('auth.forbidden');
    expect(joined.consumers.map(({ source }) => source).sort()).toEqual(['camera', 'microphone']);
  });

  it('is out in the same moment in which the right to look on is', async () => {
    const server = await serve();
    const { requestId } = server.consult();
    const station = await sit(server, requestId, 'station');
    const observer = await sit(server, requestId, 'observer');
    server.access.dismiss(requestId, observer.actor);
    server.bus.publish('participants:changed', { requestId } as never);
    expect(await observer.tab.hears('room:closed')).toEqual({ requestId, reason: 'access_ended' });
    expect(await station.tab.hears('peer:closed')).toEqual({ peerId: observer.joined.peerId, reason: 'access_ended' });
    await until('their transports are gone', () => server.media.workers().every(({ transports }) => transports === 2));
    expect(await refusal(observer.tab.join(requestId))).toBe('consultation.not_found');
  });

  it('tells nobody what they send, which is nothing', async () => {
    const server = await serve();
    const { requestId } = server.consult();
    const station = await sit(server, requestId, 'station');
    const specialist = await sit(server, requestId, 'specialist');
    const observer = await sit(server, requestId, 'observer');
    await observer.tab.call('sender:step', { step: 'voice', why: 'link' });
    await specialist.tab.call('sender:step', { step: 'voice', why: 'link' });
    expect(await station.tab.hears('peer:stepped')).toMatchObject({ peerId: specialist.joined.peerId });
    expect(station.tab.heard('peer:stepped')).toHaveLength(1);
  });

  it('on a bad link goes without pictures, and nobody sends the others less', async () => {
    const server = await serve();
    const { requestId } = server.consult();
    const station = await sit(server, requestId, 'station');
    const specialist = await sit(server, requestId, 'specialist');
    const observer = await sit(server, requestId, 'observer');
    const { peerId } = station.joined;
    const bad = { ...REPORT, peerId, queueMs: 900, lostPercent: 30 };
    for (let count = 0; count < 2; count += 1) await observer.tab.call('receiver:report', bad);
    expect(await observer.tab.hears('consumer:held')).toMatchObject({ isHeld: true });
    expect(await facesOf(observer, requestId, [station, specialist])).toEqual([]);
    expect(
      (await received(observer, requestId)).filter(({ kind, isHeld }) => kind === 'audio' && !isHeld),
    ).toHaveLength(2);

    await specialist.tab.call('receiver:report', { ...REPORT, peerId });
    expect(await station.tab.hears('sender:advised')).toMatchObject({ peerId: specialist.joined.peerId, queueMs: 5 });
    expect(station.tab.heard('sender:advised')).toHaveLength(1);
    expect(await facesOf(specialist, requestId, [station, observer])).toEqual(['station']);
  });
});

describe('somebody whose part is another now', () => {
  it('has to take the other place: what they had is closed, and is not taken up again', async () => {
    const server = await serve();
    const { requestId } = server.consult();
    await sit(server, requestId, 'station');
    const told = await sit(server, requestId, 'consultant');
    const untold = await sit(server, requestId, 'interpreter');
    for (const { actor } of [told, untold]) server.access.admit(requestId, actor, 'observer');
    const { peerId } = untold.joined;
    expect(await refusal(untold.tab.produce('camera'))).toBe('auth.forbidden');
    expect(await refusal(untold.tab.call('room:resume', { requestId, peerId }))).toBe('room.not_joined');
    server.bus.publish('participants:changed', { requestId } as never);
    expect(await told.tab.hears('room:closed')).toEqual({ requestId, reason: 'access_ended' });
    await told.tab.join(requestId);
    expect(await refusal(told.tab.produce('microphone'))).toBe('auth.forbidden');
  });

  it('is out as soon as it can be read that they were sent out', async () => {
    const server = await serve();
    const { requestId } = server.consult();
    await sit(server, requestId, 'station');
    const observer = await sit(server, requestId, 'observer');
    server.access.dismiss(requestId, observer.actor);
    const busy = vi.spyOn(server.access, 'authorizeRoom').mockRejectedValue(new DomainError('store.busy'));
    server.bus.publish('participants:changed', { requestId } as never);
    await until('the database was asked', () => busy.mock.calls.length > 0);
    busy.mockRestore();
    expect(await observer.tab.hears('room:closed')).toEqual({ requestId, reason: 'access_ended' });
  });
});

it('an interpreter speaks, and neither examines nor shows: a screen would take a thin link from the consult', async () => {
  const server = await serve();
  const { requestId } = server.consult();
  const interpreter = await sit(server, requestId, 'interpreter');
  const { tab, joined } = interpreter;
  const mark = { kind: 'pointer', at: { x: 0.5, y: 0.5 } } as const;
  expect(await refusal(tab.produce('screen'))).toBe('producer.rejected');
  expect(await refusal(tab.call('view:show', { view: null }))).toBe('auth.forbidden');
  expect(await refusal(tab.call('view:point', { attachmentId: newId(), page: 1, mark }))).toBe('auth.forbidden');
  expect(await refusal(tab.call('examination:ask', { what: 'freeze' }))).toBe('auth.forbidden');
  const onCamera = { peerId: joined.peerId, source: 'camera', mark } as const;
  expect(await refusal(tab.call('examination:mark', onCamera))).toBe('auth.forbidden');
  expect(await refusal(tab.call('curtain:set', { isDrawn: false }))).toBe('auth.forbidden');
  const consultant = await sit(server, requestId, 'consultant');
  expect(await refusal(consultant.tab.produce('screen'))).toBe('ok');
});

describe('whose face goes where', () => {
  it('a thin station gets one, whoever comes; each of the others has the patient in front', async () => {
    const server = await serve();
    const { requestId } = server.consult();
    const station = await sit(server, requestId, 'station');
    const specialist = await sit(server, requestId, 'specialist');
    const all: Seated[] = [station, specialist];
    for (const side of ['consultant', 'consultant', 'interpreter', 'observer'] as const) {
      all.push(await sit(server, requestId, side));
      expect(await facesOf(station, requestId, all), `with ${all.length}`).toEqual(['specialist']);
    }
    for (const seated of all.slice(1)) expect(await facesOf(seated, requestId, all), seated.side).toEqual(['station']);

    // No camera at the specialist: the place is another's, and theirs again when it is back.
    const { producerKey } = specialist.camera as { producerKey: string };
    await specialist.tab.call('producer:pause', { producerKey });
    expect(await facesOf(station, requestId, all)).toEqual(['consultant']);
    await specialist.tab.call('producer:resume', { producerKey });
    expect(await facesOf(station, requestId, all)).toEqual(['specialist']);
    // In a room of two there is nothing to choose.
    for (const { tab } of all.slice(2)) await tab.call('room:leave', {});
    expect(await facesOf(station, requestId, all)).toEqual(['specialist']);
  });

  it('a link that has shown it carries more gets more, and one face again when it was too much', async () => {
    const server = await serve();
    const { requestId } = server.consult();
    const station = await sit(server, requestId, 'station');
    const specialist = await sit(server, requestId, 'specialist');
    const consultant = await sit(server, requestId, 'consultant');
    const all = [station, specialist, consultant];
    const report = { ...REPORT, peerId: specialist.joined.peerId, receivedBps: 600_000 };
    // As often as a browser reports.
    const look = async () => {
      await station.tab.call('receiver:report', report);
      return facesOf(station, requestId, all);
    };
    await expect.poll(look, { timeout: 45_000, interval: 250 }).toHaveLength(2);
    for (let count = 0; count < 2; count += 1) await station.tab.call('receiver:report', { ...report, queueMs: 900 });
    expect(await facesOf(station, requestId, all)).toEqual(['specialist']);
  }, 60_000);
});

describe('what really flows to a thin station', () => {
  const PATIENCE = { timeout: 45_000, interval: 50 };

  /** In the room with packets of sound and picture going out. */
  async function send(server: TestLiveServer, requestId: RequestId, side: RoomSide) {
    const one = await come(server, requestId, side);
    const joined = await one.tab.join(requestId);
    const lines = (['audio', 'video'] as const).map((kind) => ({ kind, rtpParameters: rtpParametersOf(kind) }));
    for (const { kind, rtpParameters } of lines) {
      const source = kind === 'audio' ? 'microphone' : 'camera';
      await one.tab.call('producer:create', { producerKey: newId(), kind, source, rtpParameters, isPaused: false });
    }
    const { sendTransport } = joined;
    const media = await MediaPeer.create({
      transport: sendTransport,
      lines,
      sends: true,
      connect: (dtlsParameters) => one.tab.call('transport:connect', { transportId: sendTransport.id, dtlsParameters }),
    });
    media.start('audio');
    media.start('video');
    return { ...one, joined, media };
  }

  it('is every voice and one face, and the face is of who speaks', async () => {
    const server = await serve();
    const { requestId } = server.consult();
    const station = await come(server, requestId, 'station');
    const joined = await station.tab.join(requestId);
    const specialist = await send(server, requestId, 'specialist');
    const others = [await send(server, requestId, 'consultant'), await send(server, requestId, 'interpreter')];
    const told = await expect
      .poll(() => station.tab.heard('consumer:created'), PATIENCE)
      .toHaveLength(6)
      .then(() => station.tab.heard('consumer:created'));
    await MediaPeer.create({
      transport: joined.recvTransport,
      lines: told.map(({ kind, rtpParameters }) => ({ kind, rtpParameters })),
      sends: false,
      connect: (dtlsParameters) =>
        station.tab.call('transport:connect', { transportId: joined.recvTransport.id, dtlsParameters }),
    });
    await station.tab.call('consumer:resume', { consumerIds: told.map(({ consumerId }) => consumerId) });

    const peer = server.rooms.listSeated().find((seat) => seat.peer.side === 'station')?.peer;
    const count = async () =>
      Promise.all(
        [...(peer?.consumers.values() ?? [])].map(async ({ from, consumer }) => ({
          from,
          kind: consumer.kind,
          packets: (await consumer.count()).packets,
        })),
      );
    /** From whom packets of this kind come between two looks. */
    const flowing = async (kind: 'audio' | 'video') => {
      const before = await count();
      await new Promise((resolve) => setTimeout(resolve, 300));
      return (await count())
        .filter((now, index) => now.kind === kind && now.packets > (before[index]?.packets ?? 0))
        .map(({ from }) => from)
        .sort();
    };
    const peerIds = (of: readonly { joined: { peerId: string } }[]) => of.map((one) => one.joined.peerId).sort();
    await expect.poll(() => flowing('audio'), PATIENCE).toEqual(peerIds([specialist, ...others]));
    await expect.poll(() => flowing('video'), PATIENCE).toEqual(peerIds([specialist]));

    const [consultant] = others;
    if (consultant === undefined) throw new Error('nobody came');
    consultant.media.speak(true);
    const { peerId } = consultant.joined;
    await expect.poll(() => station.tab.heard('speaker:changed').at(-1), PATIENCE).toEqual({ peerId });
    await expect.poll(() => flowing('video'), PATIENCE).toEqual([peerId]);
    expect((await flowing('audio')).sort()).toEqual(peerIds([specialist, ...others]));
    // And their own picture of it says so.
    const held = told
      .filter(({ kind }) => kind === 'video')
      .map(({ consumerId, peerId: from }) => {
        const last = station.tab.heard('consumer:held').findLast((one) => one.consumerId === consumerId);
        return [from, last?.isHeld ?? false];
      });
    expect(held).toContainEqual([peerId, false]);
    expect(held).toContainEqual([specialist.joined.peerId, true]);
  }, 120_000);
});
