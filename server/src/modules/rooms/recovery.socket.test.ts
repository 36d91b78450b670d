import type { IceParameters } from '@jaqyn/shared/media/transport';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { LiveClient } from '../../../test/live-client.ts';
import { createLiveServer, type TestLiveServer } from '../../../test/live-server.ts';
import { MediaPeer } from '../../../test/media-peer.ts';
import { rtpParametersOf } from '../../../test/rtp.ts';
import { StunClient } from '../../../test/stun.ts';
import { until } from '../../../test/until.ts';
import { newId } from '../../kernel/ids.ts';

const open: { close(): void | Promise<void> }[] = [];

afterEach(async () => {
  vi.restoreAllMocks();
  for (const one of open.splice(0).reverse()) await one.close();
});

async function serve(): Promise<TestLiveServer> {
  const server = await createLiveServer({ workers: 1 });
  open.push(server);
  return server;
}

async function connect(server: TestLiveServer, token: string): Promise<LiveClient> {
  const client = new LiveClient(server.origin, token);
  open.push(client);
  return client.connected();
}

async function enter(side: 'station' | 'specialist' = 'station') {
  const server = await serve();
  const consult = server.consult();
  const tab = await connect(server, consult[side].token);
  const joined = await tab.join(consult.requestId);
  return { server, consult, tab, joined };
}

function spareOf({ spareIceParameters }: { spareIceParameters?: IceParameters | undefined }): IceParameters {
  if (spareIceParameters === undefined) throw new Error('nothing in reserve');
  return spareIceParameters;
}

describe('a path that is made anew without asking', () => {
  it.each(['sendTransport', 'recvTransport'] as const)(
    'by the parameters in reserve, which the %s takes until they are used beside the first',
    async (name) => {
      const { joined } = await enter();
      const { [name]: transport } = joined;
      const browser = new StunClient(transport);
      open.push(browser);
      const spare = spareOf(transport);
      expect(await browser.takes(transport.iceParameters)).toBe(true);
      expect(await browser.takes(spare)).toBe(true);
      expect(await browser.takes(transport.iceParameters)).toBe(false);
      expect(await browser.takes(spare)).toBe(true);
    },
  );

  it('gets the next ones in reserve, the same as often as it asks, and keeps what it is on', async () => {
    const { tab, joined } = await enter();
    const { sendTransport: transport } = joined;
    const { id: transportId, iceParameters: first } = transport;
    const browser = new StunClient(transport);
    open.push(browser);
    const after = async ({ usernameFragment }: IceParameters) =>
      (await tab.call('transport:restart-ice', { transportId, inUse: usernameFragment })).iceParameters;

    const spare = spareOf(transport);
    // Asked for though there are some: the answer to the join may have been lost.
    expect([await after(first), await after(first)]).toEqual([spare, spare]);
    expect(await browser.takes(first)).toBe(true);
    expect(await browser.takes(spare)).toBe(true);

    const next = await after(spare);
    expect(next).not.toEqual(spare);
    // The answer was lost, and it asks again: one more would have made invalid what it is on.
    expect(await after(spare)).toEqual(next);
    expect(await browser.takes(spare)).toBe(true);
    expect(await browser.takes(next)).toBe(true);
    expect(await browser.takes(spare)).toBe(false);
  });
});

describe('a socket that is replaced because nobody hears it any more', () => {
  it('takes the place with it, while the server still holds the one before for open', async () => {
    const { server, consult, tab: before, joined } = await enter();
    const other = await connect(server, consult.specialist.token);
    const { peerId: otherId } = await other.join(consult.requestId);
    const { peerId } = joined;

    const after = await connect(server, consult.station.token);
    const content = await after.call('room:resume', { requestId: consult.requestId, peerId });
    expect(content.peers).toMatchObject([{ side: 'specialist', isReachable: true }]);
    expect(before.disconnects).toEqual([]);
    // What still comes over the one before is not in the room any more.
    const { id: transportId } = joined.sendTransport;
    await expect(before.call('transport:restart-ice', { transportId })).rejects.toMatchObject({
      code: 'room.not_joined',
    });
    await after.call('transport:restart-ice', { transportId });

    before.close();
    await until(
      'the server has noticed',
      async () => server.live.presence.socketsOfUser(consult.station.actor.userId) === 1,
    );
    // Neither gone nor come: there was one all the time.
    expect(other.told.filter(({ name }) => name.startsWith('peer:'))).toEqual([]);
    const seen = await other.call('room:resume', { requestId: consult.requestId, peerId: otherId });
    expect(seen.peers).toMatchObject([{ peerId, isReachable: true }]);
    expect(server.diary.lines.filter((line) => line.startsWith('left'))).toEqual([]);
  });

  it('is asked whether it still reaches the server', async () => {
    const { tab } = await enter();
    expect(await tab.call('link:probe', {})).toEqual({});
  });
});

describe('waiting alone', () => {
  it('has something to connect the way down for, which is nobody’s track', async () => {
    const { server, consult, tab, joined } = await enter();
    expect(joined.nothing).toMatchObject({ rtpParameters: { codecs: [{ mimeType: 'audio/opus' }] } });
    expect(joined.consumers).toEqual([]);
    await tab.produce('microphone');
    const other = await connect(server, consult.specialist.token);
    const joinedOther = await other.join(consult.requestId);
    // There is something to receive already.
    expect([joinedOther.nothing, joinedOther.consumers.length]).toEqual([undefined, 1]);
    const content = await tab.call('room:resume', { requestId: consult.requestId, peerId: joined.peerId });
    expect(content.consumers).toEqual([]);
  });

  it('hears and sees whoever comes without asking for it first', async () => {
    const { server, consult, tab } = await enter();
    const other = await connect(server, consult.specialist.token);
    await other.join(consult.requestId);
    await other.produce('microphone');
    await other.produce('camera');
    await until('both are announced', () => tab.heard('consumer:created').length === 2);
    expect(tab.heard('consumer:created').map(({ kind, isFlowing }) => ({ kind, isFlowing }))).toEqual([
      { kind: 'audio', isFlowing: true },
      { kind: 'video', isFlowing: true },
    ]);
  });
});

describe('a link that was away and is back by the same way', () => {
  const PATIENCE = { timeout: 45_000, interval: 50 };
  const REPORT = { queueMs: 5, jitterMs: 2, lostPercent: 0, burstMs: 0, receivedBps: 90_000, rttMs: 40 };

  it('gets whole pictures both ways with the first packet of sound', async () => {
    const { server, consult, tab: station, joined } = await enter();
    const specialist = await connect(server, consult.specialist.token);
    await specialist.join(consult.requestId);
    await station.produce('camera');
    await specialist.produce('camera');
    const rtpParameters = rtpParametersOf('audio');
    const voice = { kind: 'audio', source: 'microphone', rtpParameters, isPaused: false } as const;
    await station.call('producer:create', { ...voice, producerKey: newId<string>() });
    const { sendTransport } = joined;
    const media = await MediaPeer.create({
      transport: sendTransport,
      lines: [{ kind: 'audio', rtpParameters }],
      sends: true,
      connect: (dtlsParameters) => station.call('transport:connect', { transportId: sendTransport.id, dtlsParameters }),
    });
    media.start('audio');
    await until('the picture is announced', () => station.heard('consumer:created').length === 1);

    const peers = server.rooms.listSeated().map(({ peer }) => peer);
    /** To whom a whole picture is to come. */
    const asked: string[] = [];
    for (const { side, consumers } of peers) {
      for (const { consumer, source } of consumers.values()) {
        if (source !== 'camera') continue;
        await consumer.resume();
        vi.spyOn(consumer, 'requestKeyFrame').mockImplementation(async () => void asked.push(side));
        vi.spyOn(consumer, 'startAnew').mockImplementation(async () => void asked.push(side));
      }
    }
    const microphone = peers
      .flatMap(({ side, producers }) => (side === 'station' ? [...producers.values()] : []))
      .find(({ source }) => source === 'microphone')?.producer;
    const packets = async () => (await microphone?.count())?.packets ?? 0;
    await expect.poll(packets, PATIENCE).toBeGreaterThan(20);
    await specialist.call('receiver:report', { ...REPORT, peerId: joined.peerId });
    media.stop('audio');
    const count = microphone === undefined ? undefined : vi.spyOn(microphone, 'count');
    // The server looks for a while, and finds nothing.
    await expect.poll(() => count?.mock.calls.length ?? 0, PATIENCE).toBeGreaterThan(10);
    expect(asked).toEqual([]);
    media.start('audio');
    await expect.poll(() => asked.toSorted(), PATIENCE).toEqual(['specialist', 'station']);
  }, 60_000);
});
