import { afterEach, describe, expect, it } from 'vitest';
import { LiveClient, type Refusal } from '../../../test/live-client.ts';
import { createLiveServer, FakeAccess, FakeCurtains, FakeSessions } from '../../../test/live-server.ts';
import { rtpParametersOf } from '../../../test/rtp.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { newId } from '../../kernel/ids.ts';

const open: { close(): void | Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function call(options: Parameters<typeof createLiveServer>[0] = {}) {
  const curtains = new FakeCurtains();
  const server = await createLiveServer({ workers: 1, curtains, ...options });
  open.push(server);
  const { requestId, station, specialist } = server.consult();
  const enter = async (token: string) => {
    const client = new LiveClient(server.origin, token);
    open.push(client);
    await client.connected();
    return { client, joined: await client.join(requestId) };
  };
  const atStation = await enter(station.token);
  const microphone = await atStation.client.produce('microphone');
  const camera = await atStation.client.produce('camera');
  const atSpecialist = await enter(specialist.token);
  await atSpecialist.client.produce('camera');
  const seat = () => server.rooms.listSeated().find(({ peer }) => peer.side === 'station')?.peer;
  /** What of the station leaves the server. */
  const flowing = () =>
    [...(seat()?.producers.values() ?? [])].filter(({ producer }) => !producer.isPaused).map(({ source }) => source);
  return {
    server,
    curtains,
    requestId,
    station,
    specialist,
    enter,
    atStation,
    atSpecialist,
    microphone,
    camera,
    flowing,
  };
}

const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'ok',
    (refused: Refusal) => refused.code,
  );

describe('a curtain', () => {
  it('holds back every picture of the patient and tells everybody; the specialist’s goes on', async () => {
    const { server, curtains, atStation, atSpecialist, flowing } = await call();
    const answer = await atStation.client.call('curtain:set', { isDrawn: true });
    expect(answer.curtain).toMatchObject({ hidesSound: false, by: 'A feldsher' });
    expect((await atSpecialist.client.hears('curtain:changed')).curtain).toMatchObject({ by: 'A feldsher' });
    expect(await atSpecialist.client.hears('consumer:paused')).toBeDefined();
    expect(flowing()).toEqual(['microphone']);
    expect(curtains.written).toEqual(['feldsher draws']);
    const specialist = server.rooms.listSeated().find(({ peer }) => peer.side === 'specialist');
    expect([...(specialist?.peer.producers.values() ?? [])].map(({ producer }) => producer.isPaused)).toEqual([false]);

    await atStation.client.call('curtain:set', { isDrawn: true, hidesSound: true });
    expect(flowing()).toEqual([]);
    expect((await atStation.client.call('curtain:set', { isDrawn: false })).curtain).toBeNull();
    expect(flowing()).toEqual(['microphone', 'camera']);
    expect(curtains.written).toEqual(['feldsher draws', 'feldsher draws with sound', 'feldsher opens']);
  });

  it('is not to be got around: by unmuting, by a new camera, by a second camera, by coming back', async () => {
    const { requestId, station, enter, atStation, camera, flowing } = await call();
    await atStation.client.call('curtain:set', { isDrawn: true });
    await atStation.client.call('producer:resume', { producerKey: camera.producerKey });
    await atStation.client.produce('camera');
    await atStation.client.produce('examination');
    expect(flowing()).toEqual(['microphone']);
    atStation.client.close();
    const again = await enter(station.token);
    expect(again.joined.curtain).toMatchObject({ by: 'A feldsher' });
    await again.client.produce('camera');
    expect(flowing()).toEqual([]);
    const resumed = await again.client.call('room:resume', { requestId, peerId: again.joined.peerId });
    expect(resumed.curtain).not.toBeNull();
    await again.client.call('curtain:set', { isDrawn: false });
    expect(flowing()).toEqual(['camera']);
  });

  it('leaves muted what its sender had muted', async () => {
    const { atStation, microphone, flowing } = await call();
    await atStation.client.call('producer:pause', { producerKey: microphone.producerKey });
    await atStation.client.call('curtain:set', { isDrawn: true, hidesSound: true });
    await atStation.client.call('curtain:set', { isDrawn: false });
    expect(flowing()).toEqual(['camera']);
  });

  it('is drawn by anybody, and opened only where the patient is', async () => {
    const { curtains, atStation, atSpecialist, flowing } = await call();
    await atSpecialist.client.call('curtain:set', { isDrawn: true });
    expect((await atStation.client.hears('curtain:changed')).curtain).toMatchObject({ by: 'A specialist' });
    expect(await refusal(atSpecialist.client.call('curtain:set', { isDrawn: false }))).toBe('auth.forbidden');
    expect(flowing()).toEqual(['microphone']);
    expect(curtains.written).toEqual(['specialist draws']);
  });

  it('is still drawn after the server was started anew', async () => {
    const sessions = new FakeSessions();
    const access = new FakeAccess();
    const first = await call({ sessions, access });
    await first.atStation.client.call('curtain:set', { isDrawn: true });
    const { port, close } = first.server;
    open.splice(open.indexOf(first.server), 1);
    await close();
    const second = await createLiveServer({ workers: 1, sessions, access, port, curtains: first.curtains });
    open.push(second);
    const client = new LiveClient(second.origin, first.station.token);
    open.push(client);
    await client.connected();
    expect((await client.join(first.requestId)).curtain).toMatchObject({ by: 'A feldsher' });
  });

  it('hides although it cannot be written, and does not open unwritten', async () => {
    const curtains = new FakeCurtains();
    const { atStation, flowing } = await call({ curtains });
    const write = curtains.setCurtain.bind(curtains);
    const fail = async () => {
      throw new DomainError('store.unavailable');
    };
    curtains.setCurtain = fail;
    expect(await refusal(atStation.client.call('curtain:set', { isDrawn: true }))).toBe('store.unavailable');
    expect(flowing()).toEqual(['microphone']);
    curtains.setCurtain = write;
    await atStation.client.call('curtain:set', { isDrawn: true });
    curtains.setCurtain = fail;
    expect(await refusal(atStation.client.call('curtain:set', { isDrawn: false }))).toBe('store.unavailable');
    expect(flowing()).toEqual(['microphone']);
  });
});

describe('tracks', () => {
  it('of a hostile client are one a source, however many it asks for', async () => {
    const { server, atStation, atSpecialist } = await call();
    const sources = ['microphone', 'camera', 'screen', 'examination', 'stethoscope'] as const;
    const create = (source: (typeof sources)[number]) => {
      const kind = source === 'microphone' || source === 'stethoscope' ? ('audio' as const) : ('video' as const);
      const producerKey = newId<string>();
      return atStation.client.call('producer:create', {
        producerKey,
        kind,
        source,
        rtpParameters: rtpParametersOf(kind),
        isPaused: false,
      });
    };
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, (_, index) => refusal(create(sources[index % sources.length] ?? 'camera'))),
    );
    expect(outcomes).toContain('ok');
    const { peer } = server.rooms.listSeated().find((seated) => seated.peer.side === 'station') ?? {};
    expect(peer?.producers.size).toBeLessThanOrEqual(sources.length);
    const receiver = server.rooms.listSeated().find((seated) => seated.peer.side === 'specialist');
    expect(receiver?.peer.consumers.size).toBeLessThanOrEqual(sources.length);
    // A second camera and a stethoscope are where the patient is.
    expect(await refusal(atSpecialist.client.produce('examination'))).toBe('producer.rejected');
    expect(await refusal(atSpecialist.client.produce('stethoscope'))).toBe('producer.rejected');
  });
});
