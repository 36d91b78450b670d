import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { toInstant } from '@jaqyn/shared/kernel/time';
import { describe, expect, it, vi } from 'vitest';
import type { Refusal } from '../../../test/live-client.ts';
import { call, connect, consult, refusal, serve, transports } from '../../../test/room-call.ts';
import { audioOnly, dtlsParametersOf } from '../../../test/rtp.ts';
import { until } from '../../../test/until.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { newId } from '../../kernel/ids.ts';

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

  it('lets later tracks flow as they are announced', async () => {
    const server = await serve();
    const { station, specialist } = await call(server);
    const sent = [await specialist.tab.produce('microphone'), await specialist.tab.produce('camera')];
    await until('both are announced', () => station.tab.heard('consumer:created').length === 2);
    expect(station.tab.heard('consumer:created')).toMatchObject(
      sent.map(({ producerId }) => ({ producerId, peerId: specialist.joined.peerId, isFlowing: true })),
    );
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
