import { MEDIA_PROFILES } from '@jaqyn/shared/media/media-profile';
import { RtpCapabilities } from '@jaqyn/shared/media/rtp';
import { afterEach, describe, expect, it } from 'vitest';
import { dtlsParametersOf, rtpParametersOf } from '../../test/rtp.ts';
import { StunClient } from '../../test/stun.ts';
import { until } from '../../test/until.ts';
import { createLogger } from '../kernel/logger.ts';
import { MediaWorker } from './media-worker.ts';
import { MediasoupMedia } from './mediasoup-adapter.ts';
import { WorkerPool } from './worker-pool.ts';

const logger = createLogger({ level: 'silent', pretty: false });
const pools: WorkerPool[] = [];
const clients: StunClient[] = [];

async function createPool(count: number, options: Partial<Parameters<typeof WorkerPool.create>[0]> = {}) {
  const pool = await WorkerPool.create({ count, basePort: 0, listenIps: ['127.0.0.1'], logger, ...options });
  pools.push(pool);
  return { pool, media: MediasoupMedia.create(pool) };
}

function kill(pid: number | undefined): void {
  if (pid === undefined) throw new Error('no such worker');
  process.kill(pid, 'SIGKILL');
}

afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  await Promise.all(pools.splice(0).map((pool) => pool.close()));
});

describe('worker pool with real workers', () => {
  it('spreads rooms over the workers and gives every transport of a worker its one port', async () => {
    const { media } = await createPool(2);
    const routers = [await media.createRouter(), await media.createRouter()];
    const ports = await Promise.all(
      routers.map(async (router) => {
        const transports = [await router.createTransport('send'), await router.createTransport('recv')];
        return transports.flatMap((t) => t.parameters.iceCandidates.map((c) => `${c.protocol} ${c.port}`));
      }),
    );
    expect(media.workers().map(({ transports }) => transports)).toEqual([2, 2]);
    for (const own of ports) expect(new Set(own).size).toBe(2); // one for UDP, one for TCP
    expect(ports[0]).not.toEqual(ports[1]);
  });

  it('takes consecutive fixed ports, the same for UDP and TCP', async () => {
    const basePort = 43_210 + Math.floor(Math.random() * 1000) * 2;
    const { media } = await createPool(2, { basePort });
    const ports = new Set<number>();
    for (let i = 0; i < 2; i += 1) {
      const transport = await (await media.createRouter()).createTransport('send');
      expect(transport.parameters.iceCandidates).toHaveLength(2);
      for (const { port } of transport.parameters.iceCandidates) ports.add(port);
    }
    expect(ports).toEqual(new Set([basePort, basePort + 1]));
  });

  it('announces the public address, but never in place of loopback', async () => {
    const { media } = await createPool(1, { announcedAddress: 'jaqyn.example.kz' });
    const transport = await (await media.createRouter()).createTransport('send');
    expect(transport.parameters.iceCandidates.map(({ address }) => address)).toEqual(['127.0.0.1', '127.0.0.1']);
    await expect(createPool(1, { listenIps: ['0.0.0.0'] })).rejects.toMatchObject({ code: 'server.config_invalid' });
  });

  it('fails to start on a port that is taken', async () => {
    const { media } = await createPool(1);
    const transport = await (await media.createRouter()).createTransport('send');
    const port = transport.parameters.iceCandidates[0]?.port ?? 0;
    await expect(createPool(1, { basePort: port })).rejects.toThrow(/in use/i);
  });

  it('replaces a dead worker; its rooms are lost, the others do not notice', async () => {
    let deaths = 0;
    const { media } = await createPool(2, { onDeath: () => (deaths += 1) });
    const [doomed, safe] = [await media.createRouter(), await media.createRouter()];
    const safeTransport = await safe.createTransport('send');
    const lost: string[] = [];
    doomed.onLost(() => lost.push('doomed'));
    safe.onLost(() => lost.push('safe'));
    const [first] = media.workers();

    kill(first?.pid);
    await until('the room is lost', () => lost.includes('doomed'));
    // Whoever asks at this very moment gets the living worker, not the dying one.
    expect((await media.createRouter()).isClosed).toBe(false);
    const replaced = await until('the replacement', () => media.workers().find((w) => w.index === 0 && w.isUp));

    expect(replaced.pid).not.toBe(first?.pid);
    expect(replaced.deaths).toBe(1);
    expect(deaths).toBe(1);
    expect(lost).toEqual(['doomed']);
    expect(safeTransport.isClosed).toBe(false);
    expect(await safeTransport.restartIce()).toHaveProperty('usernameFragment');
  });

  it('says when a client is heard by another way than before, and not of the first one', async () => {
    const { media } = await createPool(1);
    const transport = await (await media.createRouter()).createTransport('recv');
    const { iceParameters } = transport.parameters;
    const [before, after] = [new StunClient(transport.parameters), new StunClient(transport.parameters)];
    clients.push(before, after);
    let moves = 0;
    transport.onMoved(() => (moves += 1));
    await before.takes(iceParameters, { isChosen: true });
    // Heard, but not chosen.
    await after.takes(iceParameters);
    expect(moves).toBe(0);
    await after.takes(iceParameters, { isChosen: true });
    await until('it is told', () => moves === 1);
  });

  it('lets a room wait for the replacement when its only worker died', async () => {
    const { media } = await createPool(1);
    const router = await media.createRouter();
    const next = new Promise<boolean>((resolve, reject) => {
      router.onLost(() => void media.createRouter().then((again) => resolve(!again.isClosed), reject));
    });
    kill(media.workers()[0]?.pid);
    expect(await next).toBe(true);
  });

  it('answers media.unavailable to a call that the worker died under', async () => {
    const { media } = await createPool(1);
    const transport = await (await media.createRouter()).createTransport('recv');
    const pid = media.workers()[0]?.pid;
    process.kill(pid ?? 0, 'SIGSTOP'); // the call is on its way and nobody answers
    const connecting = transport.connect(dtlsParametersOf());
    kill(pid);
    await expect(connecting).rejects.toMatchObject({ code: 'media.unavailable' });
    expect(transport.isClosed).toBe(true);
  });

  it('backs off from a worker that cannot start, and recovers when it can', async () => {
    let failures = 0;
    let isBroken = false;
    const { media } = await createPool(1, {
      startWorker: (options) => {
        if (!isBroken) return MediaWorker.create(options);
        failures += 1;
        return Promise.reject(new Error('no memory'));
      },
    });
    isBroken = true;
    kill(media.workers()[0]?.pid);
    await until('two failed starts', () => failures >= 2);
    const waiting = media.createRouter();
    isBroken = false;
    expect((await waiting).isClosed).toBe(false);
  });

  it('ends and replaces a worker that hangs, and none that answers', async () => {
    const { media } = await createPool(2, {
      startWorker: (options) => MediaWorker.create({ ...options, pulseMs: 250 }),
    });
    const [hanging, healthy] = media.workers();
    process.kill(hanging?.pid ?? 0, 'SIGSTOP');
    await until('the replacement', () => media.workers()[0]?.deaths === 1 && media.workers()[0]?.isUp);
    expect(media.workers()[1]).toEqual(healthy);
  });

  it('leaves signals to the server, which drains first', async () => {
    const before = ['SIGTERM', 'SIGINT'].map((signal) => process.listenerCount(signal));
    await createPool(2);
    expect(['SIGTERM', 'SIGINT'].map((signal) => process.listenerCount(signal))).toEqual(before);
  });
});

describe('mediasoup behind the port', () => {
  it('gives clients capabilities that fit the contract, without what does harm', async () => {
    const { media } = await createPool(1);
    const { rtpCapabilities, version } = media.capabilities;
    expect(RtpCapabilities.parse(rtpCapabilities)).toEqual(rtpCapabilities);
    expect(version).toMatch(/^[0-9a-f]{16}$/);
    const uris = (kind: string) =>
      rtpCapabilities.headerExtensions.filter((e) => e.kind === kind).map(({ uri }) => uri);
    expect([...uris('audio'), ...uris('video')].join()).not.toMatch(/abs-capture-time/);
    expect(uris('audio').join()).not.toMatch(/transport-wide-cc|abs-send-time/);
    expect(uris('video').join()).toMatch(/transport-wide-cc/);
    const opus = rtpCapabilities.codecs.find(({ mimeType }) => mimeType === 'audio/opus');
    expect(opus?.rtcpFeedback?.map(({ type }) => type)).not.toContain('transport-cc');
    expect(opus?.parameters).toMatchObject({ useinbandfec: 1 });
  });

  it('sets up media as the profile says, and the two profiles apart', async () => {
    const { pool, media } = await createPool(1);
    const stock = MediasoupMedia.create(pool, MEDIA_PROFILES.stock);
    expect(media.capabilities.profile).toBe('fitted');
    expect(stock.capabilities.profile).toBe('stock');
    expect(stock.capabilities.version).not.toBe(media.capabilities.version);
    const uris = stock.capabilities.rtpCapabilities.headerExtensions.flatMap(({ kind, uri }) =>
      kind === 'audio' ? uri : [],
    );
    expect(uris.join()).toMatch(/transport-wide-cc/);
    const router = await stock.createRouter();
    expect((await router.createTransport('send')).parameters.dtlsParameters.role).toBe('auto');
  });

  it('sends as DTLS client on the way up only', async () => {
    const { media } = await createPool(1);
    const router = await media.createRouter();
    expect((await router.createTransport('send')).parameters.dtlsParameters.role).toBe('client');
    expect((await router.createTransport('recv')).parameters.dtlsParameters.role).toBe('auto');
  });

  it('connects once, repeats harmlessly, and refuses another certificate', async () => {
    const { media } = await createPool(1);
    const transport = await (await media.createRouter()).createTransport('recv');
    await Promise.all([transport.connect(dtlsParametersOf()), transport.connect(dtlsParametersOf())]);
    await transport.connect(dtlsParametersOf());
    await expect(transport.connect(dtlsParametersOf('cd'))).rejects.toMatchObject({ code: 'transport.rejected' });
    expect(transport.isAlive).toBe(false); // nobody has sent a packet
  });

  it('forwards pause, resume and the end of a producer to its consumers', async () => {
    const { media } = await createPool(1);
    const router = await media.createRouter();
    const [up, down] = [await router.createTransport('send'), await router.createTransport('recv')];
    const producer = await up.produce({ kind: 'video', rtpParameters: rtpParametersOf('video'), isPaused: false });
    const { rtpCapabilities } = media.capabilities;
    expect(router.canConsume(producer.id, rtpCapabilities)).toBe(true);
    expect(router.canConsume(producer.id, { codecs: [], headerExtensions: [] })).toBe(false);
    const consumer = await down.consume({ producerId: producer.id, rtpCapabilities, isPaused: true });
    const told: unknown[] = [];
    consumer.onProducerPaused((isPaused) => told.push(isPaused));
    consumer.onProducerClosed(() => told.push('closed'));

    await consumer.resume();
    expect(consumer.isPaused).toBe(false);
    await producer.pause();
    await until('paused', () => told.length === 1);
    await producer.resume();
    await until('resumed', () => told.length === 2);
    producer.close();
    await until('closed', () => told.length === 3);
    expect(told).toEqual([true, false, 'closed']);
  });

  it('refuses what does not fit with stable codes', async () => {
    const { media } = await createPool(1);
    const router = await media.createRouter();
    const up = await router.createTransport('send');
    const rtpParameters = rtpParametersOf('audio');
    const h264 = {
      ...rtpParametersOf('video'),
      codecs: [{ mimeType: 'video/H264', payloadType: 97, clockRate: 90_000 }],
    };
    await expect(up.produce({ kind: 'video', rtpParameters: h264, isPaused: false })).rejects.toMatchObject({
      code: 'producer.rejected',
    });
    await up.produce({ kind: 'audio', rtpParameters, isPaused: false });
    await expect(up.produce({ kind: 'audio', rtpParameters, isPaused: false })).rejects.toMatchObject({
      code: 'producer.rejected', // the same SSRC twice
    });
    up.close();
    await expect(up.restartIce()).rejects.toMatchObject({ code: 'transport.not_found' });
  });
});
