import * as mediasoup from 'mediasoup';
import type { DirectTransport, Router, RtpParameters, Worker } from 'mediasoup/types';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { until } from '../../test/until.ts';
import { DomainError } from '../kernel/domain-error.ts';
import { ConsumerAdapter, type PausedProducers, ProducerAdapter } from './mediasoup-tracks.ts';

/** RTPFB with the generic NACK, RFC 4585. */
const NACK = { packetType: 205, format: 1 };
const SSRC = 4242;
const CODEC = {
  mimeType: 'video/VP8',
  clockRate: 90_000,
  rtcpFeedback: [
    { type: 'nack', parameter: '' },
    { type: 'nack', parameter: 'pli' },
  ],
};
const PARAMETERS: RtpParameters = {
  codecs: [{ ...CODEC, payloadType: 101, parameters: {} }],
  encodings: [{ ssrc: SSRC }],
};

let worker: Worker;
let router: Router;
let here: DirectTransport;
/** Numbers of packets that were asked for. */
const asked = new Set<number>();

beforeEach(async () => {
  worker = await mediasoup.createWorker({ logLevel: 'none' });
  router = await worker.createRouter({ mediaCodecs: [{ ...CODEC, kind: 'video', preferredPayloadType: 101 }] });
  here = await router.createDirectTransport();
  asked.clear();
  here.on('rtcp', (packet) => {
    if (packet[1] !== NACK.packetType || ((packet[0] ?? 0) & 31) !== NACK.format) return;
    for (let at = 12; at + 4 <= packet.length; at += 4) {
      const [first, others] = [packet.readUInt16BE(at), packet.readUInt16BE(at + 2)];
      asked.add(first);
      for (let bit = 0; bit < 16; bit += 1) if ((others >> bit) & 1) asked.add(first + 1 + bit);
    }
  });
});

afterEach(() => worker.close());

/** A picture, and somebody who gets it and writes down what they hear of it. */
async function picture() {
  const paused: PausedProducers = new Set();
  const producer = await here.produce({ kind: 'video', rtpParameters: PARAMETERS });
  const consumer = await (await router.createDirectTransport()).consume({
    producerId: producer.id,
    rtpCapabilities: router.rtpCapabilities,
  });
  const sent = new ProducerAdapter(producer, paused);
  const shown = new ConsumerAdapter(consumer, paused);
  const heard: boolean[] = [];
  shown.onProducerPaused((isPaused) => heard.push(isPaused));
  const arrived: number[] = [];
  consumer.on('rtp', (packet) => arrived.push(packet.readUInt16BE(2)));
  return { producer, consumer, sent, shown, heard, arrived, send: (seq: number) => producer.send(vp8(seq)) };
}

/** A whole picture in one packet. */
function vp8(seq: number): Buffer {
  const header = Buffer.from([0x80, 0x80 | 101, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  header.writeUInt16BE(seq, 2);
  header.writeUInt32BE(seq * 3000, 4);
  header.writeUInt32BE(SSRC, 8);
  return Buffer.concat([header, Buffer.from([0x10, 0x00, 0x00, 0x00, 0x9d, 0x01, 0x2a, 0x10, 0x00, 0x10, 0x00])]);
}

it('asks for what a gap has lost, and not any more after it began anew', async () => {
  const { sent, send, arrived } = await picture();
  send(1);
  send(5);
  await until('a question for 2 to 4', () => asked.size === 3);

  await sent.startAnew();
  asked.clear();
  for (const seq of [60, 61, 64]) send(seq);
  await until('a question for what the new beginning has lost', () => asked.size >= 2);
  expect([...asked]).toEqual([62, 63]);
  // Who is shown the picture sees no gap where it began anew.
  await until('the picture goes on', () => arrived.length === 5);
  expect(arrived.slice(1).map((seq, index) => seq - (arrived[index] ?? 0))).toEqual([4, 1, 1, 3]);
});

it('tells nobody that it began anew', async () => {
  const { sent, shown, heard, producer, consumer } = await picture();
  await Promise.all([sent.startAnew(), shown.startAnew()]);
  expect([producer.paused, consumer.paused, consumer.producerPaused]).toEqual([false, false, false]);
  expect([sent.isPaused, shown.isPaused, shown.isProducerPaused]).toEqual([false, false, false]);
  expect(heard).toEqual([]);
});

it('leaves closed what is closed while it begins anew, before it and after it', async () => {
  const { sent, shown, heard, producer, consumer } = await picture();
  const anew = sent.startAnew();
  await Promise.all([anew, sent.pause()]);
  expect([producer.paused, sent.isPaused, shown.isProducerPaused]).toEqual([true, true, true]);
  await sent.startAnew();
  expect(producer.paused).toBe(true);
  await until('it is heard', () => heard.length > 0);
  expect(heard).toEqual([true]);

  const closing = shown.pause();
  await Promise.all([closing, shown.startAnew()]);
  expect([consumer.paused, shown.isPaused]).toEqual([true, true]);
});

it('says at once what was asked for, so that a curtain that falls while a picture is being opened closes it', async () => {
  const { sent, producer, heard } = await picture();
  await sent.pause();
  await until('it is heard', () => heard.length === 1);
  const opening = sent.resume();
  expect(sent.isPaused).toBe(false);
  const closing = sent.pause();
  expect(sent.isPaused).toBe(true);
  await Promise.all([opening, closing]);
  expect(producer.paused).toBe(true);
  expect(heard).toEqual([true]);
});

it('says what holds where the worker refused', async () => {
  const { sent, shown, producer, consumer } = await picture();
  producer.close();
  await expect(sent.pause()).rejects.toThrow(DomainError);
  expect(sent.isPaused).toBe(false);
  consumer.close();
  await expect(shown.pause()).rejects.toThrow(DomainError);
  expect(shown.isPaused).toBe(false);
});
