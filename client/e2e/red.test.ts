import { rmSync } from 'node:fs';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { openPerson, type Person } from './support/browser.ts';
import { buildRoomPage } from './support/build-room-page.ts';
import { LiveProcess } from './support/live-process.ts';
import { LossyRelay } from './support/lossy-relay.ts';
import { rememberPeerConnections, waitForGrowth } from './support/media-stats.ts';

type Side = 'station' | 'specialist';

let files: string;
let person: Person;
let live: LiveProcess;
const contexts: BrowserContext[] = [];

beforeAll(async () => {
  files = await buildRoomPage();
  person = await openPerson('http://127.0.0.1');
});

afterEach(async () => {
  await Promise.all(contexts.splice(0).map((context) => context.close()));
  await live.close();
});

afterAll(async () => {
  await person.browser.close();
  rmSync(files, { recursive: true, force: true });
});

async function enter(side: Side, prepare?: () => void, relay?: LossyRelay): Promise<Page> {
  const context = await person.browser.newContext({ permissions: ['camera', 'microphone'] });
  contexts.push(context);
  await context.addInitScript(rememberPeerConnections);
  await relay?.lead(context);
  if (prepare !== undefined) await context.addInitScript(prepare);
  await context.addCookies([{ name: 'jaqyn', value: live.ready.state[side].token, url: live.url }]);
  const page = await context.newPage();
  await page.goto(`${live.url}/?request=${live.ready.state.requestId}`);
  return page;
}

/** A browser of another family: no redundant sound at all. */
function withoutRed(): void {
  const real = RTCRtpReceiver.getCapabilities.bind(RTCRtpReceiver);
  RTCRtpReceiver.getCapabilities = (kind) => {
    const found = real(kind);
    return found && { ...found, codecs: found.codecs.filter(({ mimeType }) => mimeType !== 'audio/red') };
  };
}

/** An older Chromium: it can make one copy by itself, and nothing more. */
function withoutTransforms(): void {
  Reflect.deleteProperty(globalThis, 'RTCRtpScriptTransform');
}

/** % of the sound that was made up while so many packets came. */
async function concealed(page: Page, packets: number): Promise<number> {
  const read = () =>
    page.evaluate(async () => {
      const sum = { concealed: 0, all: 0 };
      for (const connection of window.__peerConnections ?? []) {
        if (connection.connectionState === 'closed') continue;
        for (const report of (await connection.getStats()).values()) {
          if (report.type !== 'inbound-rtp' || report.kind !== 'audio') continue;
          sum.concealed += report.concealedSamples ?? 0;
          sum.all += report.totalSamplesReceived ?? 0;
        }
      }
      return sum;
    });
  const before = await read();
  await waitForGrowth(page, { audioPackets: packets });
  const after = await read();
  return (100 * (after.concealed - before.concealed)) / (after.all - before.all);
}

const FLOWING = { audioPackets: 60, framesDecoded: 10 };

async function flows(...pages: Page[]): Promise<void> {
  await Promise.all(pages.map((page) => waitForGrowth(page, FLOWING)));
}

/**
 * Loudness of what is heard, a second: noise where sound should be is far above a beep a second. By the time that was played, not by
 * packets: the two sides may put 20 ms and 60 ms into one. Long enough for a few beeps.
 */
async function energy(page: Page): Promise<number> {
  const before = (await waitForGrowth(page, { audioPackets: 1 })).received;
  const after = (await waitForGrowth(page, { audioPackets: 1, audioSeconds: 4 })).received;
  return (after.audioEnergy - before.audioEnergy) / (after.audioSeconds - before.audioSeconds);
}

/** A call through a relay; what the specialist had to make up of 500 packets of sound once the relay loses. */
async function measureLoss(prepare?: () => void): Promise<number> {
  live = await LiveProcess.start({ LIVE_FILES: files });
  const relay = await LossyRelay.create();
  try {
    const pages = [await enter('station', prepare, relay), await enter('specialist', prepare, relay)] as const;
    await flows(...pages);
    relay.isLosing = true;
    // The first reports of loss have to be made and told, and half of what they look back on was before it.
    await waitForGrowth(pages[1], { audioPackets: 150 });
    const share = await concealed(pages[1], 350);
    expect(relay.lost).toBeGreaterThan(0);
    return share;
  } finally {
    relay.close();
    await Promise.all(contexts.splice(0).map((context) => context.close()));
    await live.close();
  }
}

it('saves most of what bursts take, compared with plain sound over the same loss', async () => {
  const saved = await measureLoss();
  const lost = await measureLoss(withoutRed);
  console.log(`concealed: redundant ${saved.toFixed(2)} %, plain ${lost.toFixed(2)} %`);
  expect(lost).toBeGreaterThan(4);
  expect(saved).toBeLessThan(0.75 * lost);
});

/** Reports that came beside the media. */
function reportsBeside(page: Page): Promise<number> {
  return page.evaluate(async () => {
    let messages = 0;
    for (const connection of window.__peerConnections ?? []) {
      if (connection.connectionState === 'closed') continue;
      for (const report of (await connection.getStats()).values())
        if (report.type === 'data-channel') messages += report.messagesReceived ?? 0;
    }
    return messages;
  });
}

it('tells both sides beside the media how their sound arrives', async () => {
  live = await LiveProcess.start({ LIVE_FILES: files });
  const pages = [await enter('station'), await enter('specialist')] as const;
  await flows(...pages);
  for (const page of pages) await expect.poll(() => reportsBeside(page), { timeout: 30_000 }).toBeGreaterThan(4);
});

it('tells them over the socket where a browser has no data channels', async () => {
  live = await LiveProcess.start({ LIVE_FILES: files });
  const station = await enter('station', () => {
    RTCPeerConnection.prototype.createDataChannel = () => {
      throw new DOMException('none here', 'NotSupportedError');
    };
  });
  const told: string[] = [];
  const socket = await station.context().newCDPSession(station);
  socket.on('Network.webSocketFrameReceived', ({ response }) => told.push(response.payloadData));
  await socket.send('Network.enable');
  const specialist = await enter('specialist');
  await flows(station, specialist);
  await expect
    .poll(() => told.filter((data) => data.includes('sender:advised')).length, { timeout: 30_000 })
    .toBeGreaterThan(4);
});

it('is plain for everybody where one cannot, and nobody hears noise', async () => {
  live = await LiveProcess.start({ LIVE_FILES: files });
  const station = await enter('station');
  await expect.poll(() => station.evaluate(() => window.room.getState().connection.kind)).toBe('live');
  const specialist = await enter('specialist', withoutRed);
  await flows(station, specialist);
  // The station joins again meanwhile, on new connections that count from nothing. The same microphone both ways.
  await expect
    .poll(
      async () => {
        const [heard, heardBack] = await Promise.all([energy(specialist), energy(station)]);
        return heardBack > 0 && heard > heardBack / 5 && heard < heardBack * 5;
      },
      { timeout: 60_000 },
    )
    .toBe(true);
});

it('works with a browser that makes its copies by itself', async () => {
  live = await LiveProcess.start({ LIVE_FILES: files });
  const older = await enter('station', withoutTransforms);
  const newer = await enter('specialist');
  await flows(older, newer);
  const [fromNewer, fromOlder] = await Promise.all([energy(older), energy(newer)]);
  expect(fromOlder).toBeGreaterThan(0);
  expect(fromNewer / fromOlder).toBeGreaterThan(0.2);
  expect(fromNewer / fromOlder).toBeLessThan(5);
});
