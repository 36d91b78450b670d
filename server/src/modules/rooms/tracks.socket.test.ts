import { describe, expect, it } from 'vitest';
import type { Refusal } from '../../../test/live-client.ts';
import { call, consult, refusal, serve } from '../../../test/room-call.ts';
import { dtlsParametersOf, rtpParametersOf } from '../../../test/rtp.ts';
import { until } from '../../../test/until.ts';
import { newId } from '../../kernel/ids.ts';

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

  it('gets none of those who come later either, until it asks for pictures again', async () => {
    const server = await serve();
    const { requestId, station, specialist } = await consult(server);
    await station.tab.join(requestId, (version) => version, { isVideoWanted: false });
    await specialist.tab.join(requestId);
    await specialist.tab.produce('microphone');
    await specialist.tab.produce('camera');
    const announced = () => station.tab.heard('consumer:created');
    await until('both are announced', () => announced().length === 2);
    expect(announced().map(({ source, isFlowing }) => [source, isFlowing])).toEqual([
      ['microphone', true],
      ['camera', false],
    ]);
    await station.tab.call('consumer:resume', {
      consumerIds: announced()
        .slice(1)
        .map(({ consumerId }) => consumerId),
    });
    await specialist.tab.produce('camera');
    await until('the next is announced', () => announced().length === 3);
    expect(announced()[2]).toMatchObject({ source: 'camera', isFlowing: true });
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
