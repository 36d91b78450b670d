import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { toInstant } from '@jaqyn/shared/kernel/time';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { LiveClient, type Refusal } from '../../../test/live-client.ts';
import { createLiveServer, type TestLiveServer } from '../../../test/live-server.ts';
import { audioOnly, dtlsParametersOf, rtpParametersOf } from '../../../test/rtp.ts';
import { until } from '../../../test/until.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { newId } from '../../kernel/ids.ts';

const open: { close(): void | Promise<void> }[] = [];

async function serve(options: Parameters<typeof createLiveServer>[0] = {}): Promise<TestLiveServer> {
  const server = await createLiveServer({ workers: 1, ...options });
  open.push(server);
  return server;
}

async function connect(server: TestLiveServer, token: string): Promise<LiveClient> {
  const client = new LiveClient(server.origin, token);
  open.push(client);
  return client.connected();
}

/** A consultation with both sides connected, nobody in the room yet. */
async function consult(server: TestLiveServer) {
  const { requestId, station, specialist } = server.consult();
  return {
    requestId,
    station: { ...station, tab: await connect(server, station.token) },
    specialist: { ...specialist, tab: await connect(server, specialist.token) },
  };
}

/** Both in the room, the station with microphone and camera. */
async function call(server: TestLiveServer) {
  const { requestId, station, specialist } = await consult(server);
  const joinedStation = await station.tab.join(requestId);
  const microphone = await station.tab.produce('microphone');
  const camera = await station.tab.produce('camera');
  const joinedSpecialist = await specialist.tab.join(requestId);
  return {
    requestId,
    station: { ...station, joined: joinedStation, microphone, camera },
    specialist: { ...specialist, joined: joinedSpecialist },
  };
}

const transports = (server: TestLiveServer) =>
  server.media.workers().reduce((sum, worker) => sum + worker.transports, 0);
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'ok',
    (refused: Refusal) => refused.code,
  );

function kill(pid: number | undefined, signal: NodeJS.Signals = 'SIGKILL'): void {
  if (pid === undefined) throw new Error('no such worker');
  process.kill(pid, signal);
}

afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

describe('coming in', () => {
  it('answers one join with everything that media needs', async () => {
    const server = await serve();
    const { station, specialist } = await call(server);
    const { sendTransport, recvTransport, peers, consumers, iceServers } = specialist.joined;
    expect(sendTransport.dtlsParameters.role).toBe('client');
    expect(recvTransport.dtlsParameters.role).toBe('auto');
    expect(sendTransport.iceCandidates.map(({ protocol }) => protocol).sort()).toEqual(['tcp', 'udp']);
    expect(iceServers).toEqual([]);
    expect(peers).toEqual([
      {
        peerId: station.joined.peerId,
        userId: station.actor.userId,
        displayName: station.actor.displayName,
        side: 'station',
        isReachable: true,
        step: null,
      },
    ]);
    const { peerId } = station.joined;
    expect(consumers.map(({ rtpParameters, consumerId, ...rest }) => rest)).toEqual([
      {
        peerId,
        producerId: station.microphone.producerId,
        kind: 'audio',
        source: 'microphone',
        isPaused: false,
        isFlowing: true,
        isHeld: false,
      },
      {
        peerId,
        producerId: station.camera.producerId,
        kind: 'video',
        source: 'camera',
        isPaused: false,
        isFlowing: true,
        isHeld: false,
      },
    ]);
    expect(station.tab.heard('peer:joined')).toMatchObject([{ peerId: specialist.joined.peerId, side: 'specialist' }]);
    expect(server.diary.lines).toEqual([
      'joined station',
      'sides station',
      'joined specialist',
      'sides specialist,station',
    ]);
  });

  it('announces later tracks paused and lets them flow when the receiver is ready', async () => {
    const server = await serve();
    const { requestId, station, specialist } = await call(server);
    const { producerId } = await specialist.tab.produce('camera');
    const created = await station.tab.hears('consumer:created');
    expect(created).toMatchObject({ producerId, peerId: specialist.joined.peerId, source: 'camera', isFlowing: false });
    await station.tab.call('consumer:resume', { consumerIds: [created.consumerId] });
    const { consumers } = await station.tab.call('room:resume', { requestId, peerId: station.joined.peerId });
    expect(consumers).toMatchObject([{ consumerId: created.consumerId, isFlowing: true }]);
  });

  it('gives a receiver without the codec what it can take', async () => {
    const server = await serve();
    const { requestId, station, specialist } = await consult(server);
    await station.tab.join(requestId);
    await station.tab.produce('microphone');
    await station.tab.produce('camera');
    const { consumers } = await specialist.tab.join(requestId, audioOnly);
    expect(consumers.map(({ kind }) => kind)).toEqual(['audio']);
  });

  it('refuses capabilities of another server version, and says so', async () => {
    const server = await serve();
    const { requestId, station } = await consult(server);
    const { rtpCapabilities } = await station.tab.call('media:capabilities', {});
    await expect(
      station.tab.call('room:join', { requestId, capabilitiesVersion: 'old', rtpCapabilities }),
    ).rejects.toMatchObject({ code: 'request.invalid', fields: [{ path: 'capabilitiesVersion', code: 'stale' }] });
  });

  it('makes one room and one peer a person, however many come at once', async () => {
    const server = await serve();
    const { requestId, station, specialist } = await consult(server);
    const tabs = [station, specialist, station, specialist, station, specialist];
    const clients = await Promise.all(tabs.map(({ token }) => connect(server, token)));
    const results = await Promise.all(clients.map((tab) => refusal(tab.join(requestId))));
    expect(results.filter((result) => result === 'ok').length).toBeGreaterThanOrEqual(2);
    expect(new Set(results)).toEqual(new Set(results.includes('room.closed') ? ['ok', 'room.closed'] : ['ok']));
    expect(server.rooms.roomCount).toBe(1);
    await until('only two peers hold transports', () => transports(server) === 4);
    expect(server.diary.lines.filter((line) => line.startsWith('joined')).sort()).toEqual([
      'joined specialist',
      'joined station',
    ]);
  });

  it('takes a second tab in place of the first, without a ghost and without anybody leaving', async () => {
    const server = await serve();
    const { requestId, station, specialist } = await call(server);
    const secondTab = await connect(server, station.token);
    const again = await secondTab.join(requestId);

    expect(again.peers.map(({ peerId }) => peerId)).toEqual([specialist.joined.peerId]);
    expect(await station.tab.hears('room:closed')).toEqual({ requestId, reason: 'replaced' });
    expect(specialist.tab.heard('peer:closed')).toEqual([{ peerId: station.joined.peerId, reason: 'replaced' }]);
    expect(specialist.tab.heard('peer:joined')).toMatchObject([{ peerId: again.peerId }]);
    expect(await refusal(station.tab.produce('camera'))).toBe('room.not_joined');
    expect(transports(server)).toBe(4);
    expect(server.diary.lines.filter((line) => line.startsWith('left'))).toEqual([]);
    // The old tab closes later and takes nothing with it.
    station.tab.close();
    await secondTab.produce('microphone');
    expect(await specialist.tab.hears('consumer:created')).toMatchObject({ peerId: again.peerId });
  });

  it('holds six people and no seventh, also when they come all at once', async () => {
    const server = await serve();
    const { requestId } = server.consult();
    const tabs = await Promise.all(
      Array.from({ length: 8 }, (_, index) => {
        const { actor, token } = server.sessions.signIn('specialist');
        server.access.admit(requestId, actor, index < 6 ? 'consultant' : index === 6 ? 'station' : 'specialist');
        return connect(server, token);
      }),
    );
    const results = await Promise.all(tabs.map((tab) => refusal(tab.join(requestId))));
    expect(results.filter((result) => result === 'ok')).toHaveLength(6);
    expect(results.filter((result) => result === 'room.full')).toHaveLength(2);
    expect(transports(server)).toBe(12);
  });

  it('leaves no ghost when the socket goes during the join', async () => {
    const gate = Promise.withResolvers<void>();
    let isWaiting = false;
    const server = await serve({
      graceMs: 60_000,
      wrapMedia: (media) =>
        Object.assign(Object.create(media) as typeof media, {
          createRouter: async () => {
            isWaiting = true;
            await gate.promise;
            return media.createRouter();
          },
          workers: () => media.workers(),
          close: () => media.close(),
        }),
    });
    const { requestId, station } = await consult(server);
    const joining = refusal(station.tab.join(requestId));
    await until('the join waits for its router', () => isWaiting);
    station.tab.close();
    await until('the socket is gone', async () => (await server.metrics.sockets.get()).values[0]?.value === 1);
    gate.resolve();
    await until('no room', () => server.rooms.roomCount === 0 && transports(server) === 0);
    expect(await joining).not.toBe('ok');
    expect(server.diary.lines).toEqual([]);
  });

  it('lets nobody into new rooms while the server drains, and everybody back into old ones', async () => {
    const server = await serve();
    const { requestId, station } = await call(server);
    const other = await consult(server);
    server.rooms.drain();
    expect(await refusal(other.station.tab.join(other.requestId))).toBe('server.draining');
    expect(await refusal((await connect(server, station.token)).join(requestId))).toBe('ok');
  });
});

describe('sending and receiving', () => {
  it('tells receivers of mute, unmute and the end of a track', async () => {
    const server = await serve();
    const { station, specialist } = await call(server);
    const [audio] = specialist.joined.consumers;
    if (audio === undefined) throw new Error('no audio');
    const { producerKey } = station.microphone;
    await station.tab.call('producer:pause', { producerKey });
    expect(await specialist.tab.hears('consumer:paused')).toEqual({ consumerId: audio.consumerId });
    await station.tab.call('producer:resume', { producerKey });
    expect(await specialist.tab.hears('consumer:resumed')).toEqual({ consumerId: audio.consumerId });
    await station.tab.call('producer:close', { producerKey });
    expect(await specialist.tab.hears('consumer:closed')).toEqual({ consumerId: audio.consumerId });
    expect(await refusal(station.tab.call('producer:pause', { producerKey }))).toBe('producer.not_found');
    expect(await refusal(specialist.tab.call('consumer:pause', { consumerIds: [audio.consumerId] }))).toBe(
      'consumer.not_found',
    );
  });

  it('makes one track of a repeated call, and one camera of two', async () => {
    const server = await serve();
    const { station, specialist } = await call(server);
    const data = {
      producerKey: newId<string>(),
      kind: 'video' as const,
      source: 'camera' as const,
      rtpParameters: rtpParametersOf('video'),
      isPaused: false,
    };
    const answers = [await station.tab.call('producer:create', data), await station.tab.call('producer:create', data)];
    expect(answers[1]).toEqual(answers[0]);
    const before = specialist.joined.consumers.find(({ source }) => source === 'camera');
    expect(await specialist.tab.hears('consumer:closed')).toEqual({ consumerId: before?.consumerId });
    expect(await specialist.tab.hears('consumer:created')).toMatchObject(answers[0] ?? {});
    expect(specialist.tab.heard('consumer:created')).toHaveLength(1);
  });

  it('sends no more than its sources of a client that makes fifty tracks, and goes on', async () => {
    const server = await serve();
    const people = await consult(server);
    const [station, specialist] = [people.station.tab, people.specialist.tab];
    await station.join(people.requestId);
    await specialist.join(people.requestId);
    const sources = ['microphone', 'camera', 'screen', 'examination', 'stethoscope'] as const;
    for (let count = 0; count < 50; count += 1) {
      const source = sources[count % sources.length] ?? 'camera';
      // Faster than anybody means to: what is slowed down is asked again.
      await until('it is taken', () =>
        station.produce(source).then(
          () => true,
          ({ code }: Refusal) => {
            if (code !== 'request.rate_limited') throw new Error(code);
            return false;
          },
        ),
      );
    }
    const peers = server.rooms.listSeated().map(({ peer }) => peer);
    const [sender, receiver] = ['station', 'specialist'].map((side) => peers.find((peer) => peer.side === side));
    expect([...(sender?.producers.values() ?? [])].map(({ source }) => source).toSorted()).toEqual(sources.toSorted());
    await until('the others are closed', () => receiver?.consumers.size === sources.length);
    const known = () => specialist.heard('consumer:created').length - specialist.heard('consumer:closed').length;
    await until('the receiver knows', () => known() === sources.length);
    await specialist.produce('microphone');
    await until('it is heard', () => station.heard('consumer:created').length === 1);
  }, 60_000);

  it('refuses tracks that are not what they say', async () => {
    const server = await serve();
    const { station } = await call(server);
    const data = { producerKey: newId<string>(), isPaused: false, rtpParameters: rtpParametersOf('audio') };
    const create = (kind: 'audio' | 'video', source: 'camera' | 'microphone') =>
      refusal(station.tab.call('producer:create', { ...data, kind, source }));
    expect(await create('audio', 'camera')).toBe('request.invalid');
    expect(await create('video', 'camera')).toBe('request.invalid'); // a microphone that says it is a camera
  });

  it('asks again who may be there before a camera is added', async () => {
    const server = await serve();
    const { requestId, station } = await consult(server);
    await station.tab.join(requestId);
    await station.tab.produce('microphone');
    server.access.dismiss(requestId, station.actor);
    expect(await refusal(station.tab.produce('camera'))).toBe('consultation.not_found');
  });

  it('connects and restarts only its own transports', async () => {
    const server = await serve();
    const { station, specialist } = await call(server);
    const transportId = station.joined.recvTransport.id;
    const connecting = { transportId, dtlsParameters: dtlsParametersOf() };
    await station.tab.call('transport:connect', connecting);
    await station.tab.call('transport:connect', connecting);
    const { iceParameters } = await station.tab.call('transport:restart-ice', { transportId });
    expect(iceParameters.usernameFragment).not.toBe(station.joined.recvTransport.iceParameters.usernameFragment);
    expect(await refusal(specialist.tab.call('transport:restart-ice', { transportId }))).toBe('transport.not_found');
    expect(await refusal(specialist.tab.call('transport:connect', connecting))).toBe('transport.not_found');
  });
});

describe('voice only', () => {
  it('gets no picture of those who are in already before it asks for one', async () => {
    const server = await serve();
    const { requestId, station, specialist } = await consult(server);
    await station.tab.join(requestId);
    await station.tab.produce('microphone');
    await station.tab.produce('camera');
    const joined = await specialist.tab.join(requestId, (version) => version, { isVideoWanted: false });
    const flowing = Object.fromEntries(joined.consumers.map(({ source, isFlowing }) => [source, isFlowing]));
    expect(flowing).toEqual({ microphone: true, camera: false });
  });
});

describe('redundant voice', () => {
  const WITH_RED = { hasRed: true };
  const same = <T>(value: T) => value;

  it('is agreed on when every browser can, and never without', async () => {
    const server = await serve();
    const { requestId, station, specialist } = await consult(server);
    expect((await station.tab.join(requestId, same, WITH_RED)).isVoiceRedundant).toBe(true);
    expect((await specialist.tab.join(requestId, same, WITH_RED)).isVoiceRedundant).toBe(true);
    expect(station.tab.heard('room:moved')).toEqual([]);
  });

  it('ends for all when somebody comes who cannot; until they have joined again nobody hears what is noise to them', async () => {
    const server = await serve();
    const { requestId, station, specialist } = await consult(server);
    await station.tab.join(requestId, same, WITH_RED);
    await station.tab.produce('microphone');
    await station.tab.produce('camera');
    const joined = await specialist.tab.join(requestId);
    expect(joined.isVoiceRedundant).toBe(false);
    expect(joined.consumers.map(({ source }) => source)).toEqual(['camera']);
    expect(await station.tab.hears('room:moved')).toEqual({ requestId });

    expect((await station.tab.join(requestId, same, WITH_RED)).isVoiceRedundant).toBe(false);
    await station.tab.produce('microphone');
    expect(await specialist.tab.hears('consumer:created')).toMatchObject({ source: 'microphone' });
  });

  it('comes back when who could not has gone', async () => {
    const server = await serve();
    const { requestId, station, specialist } = await consult(server);
    await specialist.tab.join(requestId);
    expect((await station.tab.join(requestId, same, WITH_RED)).isVoiceRedundant).toBe(false);
    await specialist.tab.call('room:leave', {});
    expect((await specialist.tab.join(requestId, same, WITH_RED)).isVoiceRedundant).toBe(true);
    await station.tab.hears('room:moved');
  });

  it('forwards Opus under the number that browsers call RED', async () => {
    const server = await serve();
    const { specialist } = await call(server);
    const voice = specialist.joined.consumers.find(({ kind }) => kind === 'audio');
    expect(voice?.rtpParameters.codecs[0]?.payloadType).toBe(63);
    // 111 is Opus inside of RED: no other codec may have it.
    const { rtpCapabilities } = server.media.capabilities;
    expect(rtpCapabilities.codecs.map(({ preferredPayloadType }) => preferredPayloadType)).not.toContain(111);
  });
});

describe('the step of a picture', () => {
  it('is told to the others, and to who comes later', async () => {
    const server = await serve();
    const { requestId, station, specialist } = await call(server);
    expect(station.joined.peers.concat(specialist.joined.peers).map(({ step }) => step)).toEqual([null]);
    const step = { step: 'still', why: 'link' } as const;
    await station.tab.call('sender:step', step);
    expect(await specialist.tab.hears('peer:stepped')).toEqual({ peerId: station.joined.peerId, step });
    expect(station.tab.heard('peer:stepped')).toEqual([]);
    const { peers } = await specialist.tab.join(requestId);
    expect(peers).toMatchObject([{ peerId: station.joined.peerId, step }]);
  });

  it('is one of those there are, and of who is in a room', async () => {
    const server = await serve();
    const { station } = await call(server);
    expect(await refusal(station.tab.call('sender:step', { step: 'huge' as never, why: null }))).toBe(
      'request.invalid',
    );
    const { station: outside } = await consult(server);
    expect(await refusal(outside.tab.call('sender:step', { step: 'sharp', why: null }))).toBe('room.not_joined');
  });
});

describe('how sound arrives', () => {
  const REPORT = { queueMs: 120.5, jitterMs: 9, lostPercent: 4, burstMs: 80, receivedBps: 97_000, rttMs: 600 };

  it('is passed on to who sends it, and to nobody else', async () => {
    const server = await serve();
    const { requestId, station, specialist } = await call(server);
    await specialist.tab.call('receiver:report', { peerId: station.joined.peerId, ...REPORT });
    const advice = await station.tab.hears('sender:advised');
    expect(advice).toEqual({ peerId: specialist.joined.peerId, ...REPORT });
    expect(specialist.tab.heard('sender:advised')).toEqual([]);

    // Somebody in another room, somebody who has gone, oneself: no effect, and no way to tell which it was.
    const other = await call(server);
    for (const peerId of [other.station.joined.peerId, newId<typeof advice.peerId>(), specialist.joined.peerId]) {
      expect(await refusal(specialist.tab.call('receiver:report', { peerId, ...REPORT }))).toBe('ok');
    }
    await station.tab.call('room:resume', { requestId, peerId: station.joined.peerId });
    expect(other.station.tab.heard('sender:advised')).toEqual([]);
    expect(specialist.tab.heard('sender:advised')).toEqual([]);
    expect(station.tab.heard('sender:advised')).toHaveLength(1);
  });

  it('is refused when it cannot be', async () => {
    const server = await serve();
    const { station, specialist } = await call(server);
    for (const wrong of [{ queueMs: -1 }, { lostPercent: 101 }, { receivedBps: Number.POSITIVE_INFINITY }]) {
      const report = { peerId: station.joined.peerId, ...REPORT, ...wrong };
      expect(await refusal(specialist.tab.call('receiver:report', report))).toBe('request.invalid');
    }
  });
});

describe('foreign ids', () => {
  it('answers the same to what is foreign and to what is missing', async () => {
    const server = await serve();
    const mine = await call(server);
    const theirs = await call(server);
    const { tab } = mine.station;
    const problems = async (work: (id: 'foreign' | 'missing') => Promise<unknown>) => {
      const answers = await Promise.all(
        (['foreign', 'missing'] as const).map((id) => work(id).catch((refused: Refusal) => refused.problem)),
      );
      return answers.map((answer) => ({ ...(answer as Refusal['problem']), reference: '' }));
    };
    const pick = <T>(id: 'foreign' | 'missing', foreign: T, missing: T) => (id === 'foreign' ? foreign : missing);

    const cases = {
      'consultation.not_found': (id: 'foreign' | 'missing') => tab.join(pick(id, theirs.requestId, newId<RequestId>())),
      'transport.not_found': (id: 'foreign' | 'missing') =>
        tab.call('transport:restart-ice', {
          transportId: pick(id, theirs.station.joined.sendTransport.id, newId<string>()),
        }),
      'producer.not_found': (id: 'foreign' | 'missing') =>
        tab.call('producer:close', { producerKey: pick(id, theirs.station.camera.producerKey, newId<string>()) }),
      'consumer.not_found': (id: 'foreign' | 'missing') =>
        tab.call('consumer:pause', {
          consumerIds: [pick(id, theirs.specialist.joined.consumers[0]?.consumerId ?? '', newId<string>())],
        }),
    };
    for (const [code, work] of Object.entries(cases)) {
      const [foreign, missing] = await problems(work);
      expect(foreign?.code).toBe(code);
      expect(foreign).toEqual(missing);
    }
    // A peer of the same room is foreign as well, and by its public producer id too.
    const { camera, joined } = mine.station;
    const other = mine.specialist.tab;
    for (const producerKey of [camera.producerKey, camera.producerId]) {
      expect(await refusal(other.call('producer:close', { producerKey }))).toBe('producer.not_found');
    }
    expect(await refusal(other.call('transport:restart-ice', { transportId: joined.sendTransport.id }))).toBe(
      'transport.not_found',
    );
    // One foreign id among good ones: none is touched.
    const [own] = mine.specialist.joined.consumers;
    const mixed = [own?.consumerId ?? '', theirs.specialist.joined.consumers[0]?.consumerId ?? ''];
    expect(await refusal(other.call('consumer:pause', { consumerIds: mixed }))).toBe('consumer.not_found');
    const { requestId } = mine;
    const { consumers } = await other.call('room:resume', { requestId, peerId: mine.specialist.joined.peerId });
    expect(consumers.every(({ isFlowing }) => isFlowing)).toBe(true);
  });

  it('answers everything but the door with room.not_joined to who is outside', async () => {
    const server = await serve();
    const { requestId, station, specialist } = await call(server);
    await specialist.tab.call('room:leave', {});
    const { tab } = specialist;
    const { joined } = specialist;
    for (const work of [
      tab.call('transport:connect', { transportId: joined.sendTransport.id, dtlsParameters: dtlsParametersOf() }),
      tab.call('transport:restart-ice', { transportId: joined.sendTransport.id }),
      tab.produce('camera'),
      tab.call('producer:pause', { producerKey: station.camera.producerKey }),
      tab.call('consumer:resume', { consumerIds: [joined.consumers[0]?.consumerId ?? ''] }),
      tab.call('room:resume', { requestId, peerId: joined.peerId }),
      tab.call('room:resume', { requestId, peerId: station.joined.peerId }),
    ]) {
      expect(await refusal(work)).toBe('room.not_joined');
    }
    expect(await refusal(tab.call('room:leave', {}))).toBe('ok'); // leaving twice is leaving
  });
});

describe('going away and coming back', () => {
  it('closes a peer that leaves, and the room with the last one', async () => {
    const server = await serve();
    const { requestId, station, specialist } = await call(server);
    await station.tab.call('room:leave', {});
    expect(await specialist.tab.hears('peer:closed')).toEqual({ peerId: station.joined.peerId, reason: 'left' });
    expect(server.rooms.sidesOf(requestId)).toEqual(['specialist']);
    await specialist.tab.call('room:leave', {});
    expect(server.rooms.roomCount).toBe(0);
    expect(transports(server)).toBe(0);
    expect(server.diary.lines.slice(-4)).toEqual([
      'left station left',
      'sides specialist',
      'left specialist left',
      'sides ',
    ]);
    expect((await server.metrics.peers.get()).values[0]?.value).toBe(0);
  });

  it('keeps the peer of a socket that blinks, and brings back what was missed', async () => {
    const server = await serve();
    const { requestId, station, specialist } = await call(server);
    const { peerId } = specialist.joined;
    specialist.tab.socket.io.engine.close();
    expect(await station.tab.hears('peer:suspended')).toEqual({ peerId });
    await station.tab.call('producer:close', { producerKey: station.microphone.producerKey });
    const screen = await station.tab.produce('screen');

    const back = await connect(server, specialist.token);
    const content = await back.call('room:resume', { requestId, peerId });
    expect(await station.tab.hears('peer:resumed')).toEqual({ peerId });
    expect(content.peers).toMatchObject([{ peerId: station.joined.peerId, isReachable: true }]);
    expect(content.consumers.map(({ source, producerId, isFlowing }) => ({ source, producerId, isFlowing }))).toEqual([
      { source: 'camera', producerId: station.camera.producerId, isFlowing: true },
      { source: 'screen', producerId: screen.producerId, isFlowing: false },
    ]);
    await back.produce('microphone');
    expect(station.tab.heard('peer:closed')).toEqual([]);
    expect(server.diary.lines.filter((line) => line.startsWith('left'))).toEqual([]);
  });

  it('takes up a peer again while its old socket is still half open, and the old one takes nothing with it', async () => {
    const server = await serve();
    const { requestId, station, specialist } = await call(server);
    const { peerId } = specialist.joined;
    const back = await connect(server, specialist.token);
    await back.call('room:resume', { requestId, peerId });
    specialist.tab.close();
    await until('the old socket is gone', async () => (await server.metrics.sockets.get()).values[0]?.value === 2);
    await back.produce('microphone');
    expect(await station.tab.hears('consumer:created')).toMatchObject({ peerId });
    expect(station.tab.heard('peer:suspended')).toEqual([]);
  });

  it('lets only the same session take a peer up', async () => {
    const server = await serve();
    const { requestId, station, specialist } = await call(server);
    const { userId, practitionerId } = specialist.actor;
    const elsewhere = server.sessions.signIn('specialist', { userId, practitionerId });
    const { peerId } = specialist.joined;
    for (const token of [elsewhere.token, station.token]) {
      const tab = await connect(server, token);
      expect(await refusal(tab.call('room:resume', { requestId, peerId }))).toBe('room.not_joined');
    }
    const stranger = await connect(server, server.sessions.signIn('specialist').token);
    expect(await refusal(stranger.call('room:resume', { requestId, peerId }))).toBe('consultation.not_found');
    server.access.dismiss(requestId, specialist.actor);
    expect(await refusal(specialist.tab.call('room:resume', { requestId, peerId }))).toBe('consultation.not_found');
  });

  it('gives up on who does not come back', async () => {
    const server = await serve({ graceMs: 30 });
    const { requestId, station, specialist } = await call(server);
    specialist.tab.close();
    expect(await station.tab.hears('peer:closed')).toEqual({ peerId: specialist.joined.peerId, reason: 'lost' });
    const back = await connect(server, specialist.token);
    const { peerId } = specialist.joined;
    expect(await refusal(back.call('room:resume', { requestId, peerId }))).toBe('room.not_joined');
    expect(server.diary.lines.slice(-2)).toEqual(['left specialist lost', 'sides station']);
  });

  it('moves a tab from room to room without staying in the first', async () => {
    const server = await serve();
    const first = await call(server);
    const second = server.consult();
    server.access.admit(second.requestId, first.specialist.actor, 'specialist');
    await first.specialist.tab.join(second.requestId);
    expect(await first.station.tab.hears('peer:closed')).toMatchObject({ reason: 'left' });
    expect(server.rooms.sidesOf(second.requestId)).toEqual(['specialist']);
    expect(server.rooms.sidesOf(first.requestId)).toEqual(['station']);
  });
});

describe('a media worker that dies', () => {
  it('moves its rooms, whose clients join again; other rooms do not notice', async () => {
    const server = await serve({ workers: 2 });
    const first = await call(server);
    const second = await call(server);
    const [worker] = server.media.workers();
    kill(worker?.pid);
    for (const { tab } of [first.station, first.specialist]) {
      expect(await tab.hears('room:moved')).toEqual({ requestId: first.requestId });
    }
    expect(await refusal(first.station.tab.produce('camera'))).toBe('room.not_joined');

    const again = await first.station.tab.join(first.requestId);
    expect(again.peers.map(({ peerId }) => peerId)).toEqual([first.specialist.joined.peerId]);
    await first.station.tab.produce('camera');
    const { consumers, peers } = await first.specialist.tab.join(first.requestId);
    expect(consumers).toMatchObject([{ source: 'camera', peerId: again.peerId }]);
    expect(peers.map(({ peerId }) => peerId)).toEqual([again.peerId]);

    for (const { tab } of [second.station, second.specialist]) expect(tab.heard('room:moved')).toEqual([]);
    const transportId = second.station.joined.sendTransport.id;
    expect(await refusal(second.station.tab.call('transport:restart-ice', { transportId }))).toBe('ok');
    expect(server.diary.lines.filter((line) => line.startsWith('left'))).toEqual([]);
    expect(server.diary.lines.filter((line) => line.startsWith('sides'))).toHaveLength(4);
  });

  it('under transport:connect answers media.unavailable, then the room moves', async () => {
    const server = await serve();
    const { requestId, station } = await call(server);
    const pid = server.media.workers()[0]?.pid;
    kill(pid, 'SIGSTOP');
    const connecting = refusal(
      station.tab.call('transport:connect', {
        transportId: station.joined.recvTransport.id,
        dtlsParameters: dtlsParametersOf(),
      }),
    );
    kill(pid);
    expect(await connecting).toBe('media.unavailable');
    await station.tab.hears('room:moved');
    expect((await station.tab.join(requestId)).peers).toHaveLength(1);
  });

  it('under room:join answers media.unavailable, and the next join finds no ghost', async () => {
    const server = await serve();
    const { requestId, station } = await consult(server);
    await station.tab.call('media:capabilities', {});
    const pid = server.media.workers()[0]?.pid;
    kill(pid, 'SIGSTOP');
    const joining = refusal(station.tab.join(requestId));
    kill(pid);
    expect(['media.unavailable', 'ok']).toContain(await joining);
    const { peers } = await station.tab.join(requestId);
    expect(peers).toEqual([]);
    expect(transports(server)).toBe(2);
  });

  it('counts who does not come back as lost', async () => {
    const server = await serve({ graceMs: 200 });
    const { requestId, station, specialist } = await call(server);
    kill(server.media.workers()[0]?.pid);
    await station.tab.hears('room:moved');
    await station.tab.join(requestId);
    expect(await specialist.tab.hears('room:closed')).toEqual({ requestId, reason: 'lost' });
    expect(server.rooms.sidesOf(requestId)).toEqual(['station']);
  });
});

describe('who may not be there any more', () => {
  it('signed out with the camera live: media and socket are closed, the other side is told', async () => {
    const server = await serve();
    const { requestId, station, specialist } = await call(server);
    server.bus.publish('session:ended', { ...specialist.actor, reason: 'signed_out' });
    expect(await station.tab.hears('peer:closed')).toEqual({
      peerId: specialist.joined.peerId,
      reason: 'session_ended',
    });
    expect(transports(server)).toBe(2);
    expect(server.rooms.sidesOf(requestId)).toEqual(['station']);
    await until('the socket is closed', () => specialist.tab.disconnects.length > 0);
  });

  it('signed out while the socket was away: media do not outlive the session', async () => {
    const server = await serve();
    const { station, specialist } = await call(server);
    specialist.tab.socket.io.engine.close();
    await station.tab.hears('peer:suspended');
    server.bus.publish('session:ended', { ...specialist.actor, reason: 'signed_out' });
    await until('the media are closed', () => transports(server) === 2);
  });

  it('expired while the socket was away: the same', async () => {
    const server = await serve({ sweepMs: 60_000 });
    const { requestId, station } = await consult(server);
    const sessionExpiresAt = toInstant(new Date(Date.now() + 400));
    const { actor, token } = server.sessions.signIn('specialist', { sessionExpiresAt });
    server.access.admit(requestId, actor, 'specialist');
    const tab = await connect(server, token);
    await station.tab.join(requestId);
    await tab.join(requestId);
    tab.close();
    expect(await station.tab.hears('peer:closed')).toMatchObject({ reason: 'session_ended' });
  });

  it('other rights: out of the room at once', async () => {
    const server = await serve({ sweepMs: 20 });
    const { station, specialist } = await call(server);
    server.sessions.change(specialist.token, { role: 'analyst' });
    expect(await station.tab.hears('peer:closed')).toMatchObject({ reason: 'access_ended' });
    expect(transports(server)).toBe(2);
  });

  it('the consultation passed to another specialist: the first is shown out, the station stays', async () => {
    const server = await serve();
    const { requestId, station, specialist } = await call(server);
    server.access.dismiss(requestId, specialist.actor);
    server.bus.publish('consultation:changed', { requestId } as never);
    expect(await specialist.tab.hears('room:closed')).toEqual({ requestId, reason: 'access_ended' });
    expect(await station.tab.hears('peer:closed')).toMatchObject({ reason: 'access_ended' });
    expect(server.rooms.sidesOf(requestId)).toEqual(['station']);
    expect(await refusal(specialist.tab.join(requestId))).toBe('consultation.not_found');
  });

  it('the right ends while the join waits for its media: nobody gets in', async () => {
    const gate = Promise.withResolvers<void>();
    let isWaiting = false;
    const server = await serve({
      wrapMedia: (media) =>
        Object.assign(Object.create(media) as typeof media, {
          createRouter: async () => {
            isWaiting = true;
            await gate.promise;
            return media.createRouter();
          },
          workers: () => media.workers(),
          close: () => media.close(),
        }),
    });
    const { requestId, specialist } = await consult(server);
    const joining = refusal(specialist.tab.join(requestId));
    await until('the join waits for its router', () => isWaiting);
    server.access.dismiss(requestId, specialist.actor);
    server.bus.publish('consultation:changed', { requestId } as never);
    await until('the bus has told', () => new Promise<true>((resolve) => setImmediate(() => resolve(true))));
    gate.resolve();
    expect(await joining).toBe('room.closed');
    expect(server.rooms.sidesOf(requestId)).toEqual([]);
    expect(await refusal(specialist.tab.produce('camera'))).toBe('room.not_joined');
  });

  it('a database that is busy for a moment shows nobody out', async () => {
    const server = await serve();
    const { requestId, station, specialist } = await call(server);
    const asked = vi.spyOn(server.access, 'authorizeRoom').mockRejectedValue(new DomainError('store.busy'));
    server.bus.publish('consultation:changed', { requestId } as never);
    await until('both were asked about', () => asked.mock.calls.length === 2);
    asked.mockRestore();
    // Answered after the re-check: both are still in.
    for (const { tab } of [station, specialist]) expect(await refusal(tab.produce('screen'))).toBe('ok');
    expect(server.rooms.sidesOf(requestId)).toEqual(['specialist', 'station']);
  });

  it('roles without a seat do not get as far as the room', async () => {
    const server = await serve();
    const { requestId } = await call(server);
    const { version, rtpCapabilities } = server.media.capabilities;
    for (const role of ['admin', 'analyst'] as const) {
      const { actor, token } = server.sessions.signIn(role);
      server.access.admit(requestId, actor, 'observer');
      const tab = await connect(server, token);
      const joining = tab.call('room:join', { requestId, capabilitiesVersion: version, rtpCapabilities });
      expect(await refusal(joining)).toBe('auth.forbidden');
    }
  });
});
