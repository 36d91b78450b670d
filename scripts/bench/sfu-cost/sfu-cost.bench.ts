import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../../../client/e2e/support/browser.ts';
import { buildPage } from '../../../client/e2e/support/build-room-page.ts';
import type { Bench, BenchContext, Control, RunResult, Sample } from '../bench.ts';
import { inWorkFolder } from '../work-folder.ts';
import { JanusSfu } from './janus-sfu.ts';
import { OurSfu } from './our-sfu.ts';
import { readCpuMicros, readMemory } from './process-cost.ts';
import type { Sfu } from './sfu.ts';

const ROOMS = 3;
/** Both senders find their bit rate in this time. */
const SETTLE_MS = 8000;
const MEASURE_MS = 20_000;
const FULL_MEASURE_MS = 60_000;
const JANUS = 'janus';

type Cost = Readonly<Record<'cpuPerPacket' | 'packets' | 'cpuPerConsult' | 'consultsPerCore' | 'rssPerRoom', Sample>>;

/**
 * What a media server takes to forward a consult, beside Debian's Janus: the same Chromium sends the same sound and picture through
 * one after the other, encrypted on both ways. Which goes first changes from run to run.
 */
export const sfuCostBench: Bench = {
  name: 'sfu-cost',
  summary: 'what the media server takes to forward a packet and to keep a room, beside Janus',
  profiles: ['three-rooms'],
  baselines: [JANUS],
  runs: { usual: 3, full: 5 },
  plain: { cpuPerPacket: 'median', consultsPerCore: 'median', rssPerRoom: 'median' },
  secondsPerRun: (isFull) => (isFull ? 180 : 90),
  aims: [
    { name: 'processor for a packet, ours ÷ Janus', of: 'ratio', metric: 'cpuPerPacket', atMost: 0.4 },
    { name: 'memory of a room, ours ÷ Janus', of: 'ratio', metric: 'rssPerRoom', atMost: 0.4 },
  ],
  run: (context) => inWorkFolder((folder) => runOnce(folder, context)),
  control: (context) => inWorkFolder((folder) => runControl(folder, context)),
};

async function runOnce(folder: string, context: BenchContext): Promise<RunResult> {
  const ms = context.isFull ? FULL_MEASURE_MS : MEASURE_MS;
  const ours = () => measure(() => OurSfu.start(0), ms);
  if (context.baseline !== JANUS) {
    context.progress('ours', 0);
    return { metrics: await ours() };
  }
  const janus = () => measure(() => JanusSfu.start(folder), ms);
  if (context.run % 2 === 1) {
    context.progress('ours', 0);
    const metrics = await ours();
    context.progress('Janus', 0.5);
    return { metrics, baseline: await janus() };
  }
  context.progress('Janus', 0);
  const baseline = await janus();
  context.progress('ours', 0.5);
  return { metrics: await ours(), baseline };
}

/** Work that is not counted as forwarded must show in what a counted packet costs. */
async function runControl(_folder: string, context: BenchContext): Promise<Control> {
  context.progress('as it is', 0);
  const plain = await measure(() => OurSfu.start(0), MEASURE_MS);
  context.progress('sending everything five times', 0.5);
  const hidden = await measure(() => OurSfu.start(4), MEASURE_MS);
  const ratio = hidden.cpuPerPacket.value / plain.cpuPerPacket.value;
  context.progress(`a counted packet cost ${ratio.toFixed(2)} times as much`, 1);
  return { planted: 'four fifths of what is sent are not counted', caught: ratio > 1.4 };
}

/** One server with its rooms, from its start to its end. */
async function measure(start: () => Promise<Sfu>, ms: number): Promise<Cost> {
  const files = await buildPage('sfu-page.ts');
  const sfu = await start();
  const server = await serve(files, sfu);
  const browser = await openBrowser();
  try {
    const { port } = server.address() as AddressInfo;
    const pages: Page[] = [];
    const addRoom = async (room: number): Promise<void> => {
      const pair = [await openPage(browser, port), await openPage(browser, port)] as const;
      await sfu.connect(`room${room}`, pair);
      pages.push(...pair);
    };
    const settle = async (): Promise<void> => {
      await waitForPackets(pages);
      await delay(SETTLE_MS);
    };
    await addRoom(1);
    await settle();
    // With the first room come the pages of code that any room needs, 1 MB of ours and 2 of Janus: a room is what comes with each after it.
    const withFirst = readMemory(sfu.pid);
    for (let room = 2; room <= ROOMS; room += 1) await addRoom(room);
    await settle();
    const before = await read(sfu, pages);
    await delay(ms);
    const after = await read(sfu, pages);

    const packets = after.packets - before.packets;
    const micros = after.micros - before.micros;
    const perConsult = micros / ((after.at - before.at) / 1000) / ROOMS;
    return {
      cpuPerPacket: { value: micros / packets, unit: 'µs' },
      packets: { value: packets / ((after.at - before.at) / 1000) / ROOMS, unit: '1/s a room' },
      cpuPerConsult: { value: perConsult / 1000, unit: 'ms/s' },
      consultsPerCore: { value: 1e6 / perConsult, unit: '' },
      rssPerRoom: { value: (readMemory(sfu.pid) - withFirst) / (ROOMS - 1), unit: 'MB' },
    };
  } finally {
    await browser.close();
    server.close();
    await sfu.close();
    rmSync(files, { recursive: true, force: true });
  }
}

async function openPage(browser: Browser, port: number): Promise<Page> {
  const origin = `http://127.0.0.1:${port}`;
  const context = await browser.newContext();
  await context.grantPermissions(['camera', 'microphone'], { origin });
  const page = await context.newPage();
  await page.goto(origin);
  await page.waitForFunction(() => window.sfu !== undefined);
  return page;
}

/** Throws when a page hears and sees nothing within half a minute. */
async function waitForPackets(pages: readonly Page[]): Promise<void> {
  for (const page of pages) {
    await page.waitForFunction(async () => (await window.sfu.received()) > 50, undefined, {
      timeout: 30_000,
      polling: 250,
    });
  }
}

async function read(sfu: Sfu, pages: readonly Page[]): Promise<{ packets: number; micros: number; at: number }> {
  const counts = await Promise.all(pages.map((page) => page.evaluate(() => window.sfu.received())));
  return {
    packets: counts.reduce((sum, count) => sum + count, 0),
    micros: readCpuMicros(sfu.pid),
    at: performance.now(),
  };
}

/** The page, and our side's answers to it. */
async function serve(files: string, sfu: Sfu): Promise<Server> {
  const server = createServer((request, response) => {
    const [, kind, name = ''] = (request.url ?? '/').split('/');
    if (kind !== 'ours') {
      const file = path.basename(request.url ?? '') || 'index.html';
      response.setHeader('content-type', file.endsWith('.js') ? 'text/javascript' : 'text/html');
      try {
        response.end(readFileSync(path.join(files, file)));
      } catch {
        response.writeHead(404).end();
      }
      return;
    }
    const answer = async (): Promise<unknown> => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      if (!(sfu instanceof OurSfu)) throw new Error('only ours is asked here');
      return sfu.answer(name, JSON.parse(Buffer.concat(chunks).toString()));
    };
    answer().then(
      (body) => response.end(JSON.stringify(body)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}
