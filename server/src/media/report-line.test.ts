import * as mediasoup from 'mediasoup';
import type { DirectTransport, PlainTransport, Worker } from 'mediasoup/types';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { until } from '../../test/until.ts';
import { openDownLine, openUpLine } from './report-line.ts';

// A browser cannot be had here; a second transport of mediasoup speaks the same SCTP over plain UDP.

let worker: Worker;
let ours: PlainTransport;
let theirs: PlainTransport;
let here: DirectTransport;
let there: DirectTransport;

beforeEach(async () => {
  worker = await mediasoup.createWorker({ logLevel: 'none' });
  const [a, b] = [await worker.createRouter(), await worker.createRouter()];
  const listenInfo = { protocol: 'udp', ip: '127.0.0.1' } as const;
  ours = await a.createPlainTransport({ listenInfo, enableSctp: true });
  theirs = await b.createPlainTransport({ listenInfo, enableSctp: true });
  await ours.connect({ ip: '127.0.0.1', port: theirs.tuple.localPort });
  await theirs.connect({ ip: '127.0.0.1', port: ours.tuple.localPort });
  here = await a.createDirectTransport();
  there = await b.createDirectTransport();
});

afterEach(() => worker.close());

/** What the client says on its first line. */
async function speakUp() {
  const source = await there.produceData();
  const line = await theirs.consumeData({ dataProducerId: source.id, ordered: false, maxRetransmits: 0 });
  return (bytes: Uint8Array) => line.send(Buffer.from(bytes));
}

test('what a client says on its line is heard here', async () => {
  const heard: number[][] = [];
  await openUpLine(ours, here, (bytes) => heard.push([...bytes]));
  const say = await speakUp();
  await until('the association', () => theirs.sctpState === 'connected');
  await say(Uint8Array.of(1, 2, 3));
  await until('a message', () => heard.length === 1);
  expect(heard).toEqual([[1, 2, 3]]);
});

test('who says far more than there is to say is not heard any more', async () => {
  const heard: number[] = [];
  await openUpLine(ours, here, (bytes) => heard.push(bytes[0] ?? 0));
  const say = await speakUp();
  await until('the association', () => theirs.sctpState === 'connected');
  for (let count = 0; count < 200; count += 1) await say(Uint8Array.of(1));
  await until('the end of the line', async () => (await ours.dump()).dataProducerIds.length === 0);
  const before = heard.length;
  expect(before).toBeLessThanOrEqual(120);
  await say(Uint8Array.of(2)).catch(() => undefined);
  // Whatever was on its way has come by now: the transport answers after it.
  await ours.getStats();
  expect(heard).not.toContain(2);
});

test('what is sent on a line comes to its client, and nothing is kept for a client that is not there', async () => {
  const nobody = await here.produceData();
  const line = await openDownLine(ours, nobody);
  expect(line.parameters).toMatchObject({ producerId: nobody.id, streamId: expect.any(Number) });
  if (!line.isOpen) line.send(Uint8Array.of(9));
  const arriving = await theirs.produceData({
    sctpStreamParameters: { streamId: line.parameters.streamId, ordered: false, maxRetransmits: 0 },
  });
  const heard: number[][] = [];
  const ear = await there.consumeData({ dataProducerId: arriving.id });
  ear.on('message', (bytes) => heard.push([...bytes]));
  await until('the association', () => line.isOpen);
  line.send(Uint8Array.of(4, 5));
  await until('a message', () => heard.length > 0);
  expect(heard).toEqual([[4, 5]]);
  ours.close();
  expect(line.isOpen).toBe(false);
  line.send(Uint8Array.of(6));
});
