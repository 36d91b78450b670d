import { describe, expect, it } from 'vitest';
import { call, connect, consult, refusal, serve, transports } from '../../../test/room-call.ts';
import { dtlsParametersOf } from '../../../test/rtp.ts';
import { until } from '../../../test/until.ts';

function kill(pid: number | undefined, signal: NodeJS.Signals = 'SIGKILL'): void {
  if (pid === undefined) throw new Error('no such worker');
  process.kill(pid, signal);
}

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
