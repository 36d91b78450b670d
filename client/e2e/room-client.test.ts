import { rmSync } from 'node:fs';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openPerson, type Person } from './support/browser.ts';
import { buildRoomPage } from './support/build-room-page.ts';
import { LiveProcess } from './support/live-process.ts';
import { readReceived, rememberPeerConnections, waitForGrowth } from './support/media-stats.ts';

type Side = 'station' | 'specialist';

/** Enough of both to be sure that they flow and do not trickle. */
const FLOWING = { framesDecoded: 15, audioPackets: 60 };

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

async function start(env: Record<string, string> = {}): Promise<void> {
  live = await LiveProcess.start({ LIVE_FILES: files, ...env });
}

async function enter(side: Side, prepare?: (context: BrowserContext) => Promise<unknown>): Promise<Page> {
  const context = await person.browser.newContext({ permissions: ['camera', 'microphone'] });
  contexts.push(context);
  await context.addInitScript(rememberPeerConnections);
  await context.addCookies([{ name: 'jaqyn', value: live.ready.state[side].token, url: live.url }]);
  await prepare?.(context);
  return openTab(context);
}

async function openTab(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${live.url}/?request=${live.ready.state.requestId}`);
  return page;
}

async function call(): Promise<{ station: Page; specialist: Page }> {
  const station = await enter('station');
  const specialist = await enter('specialist');
  await flowsBothWays({ station, specialist });
  return { station, specialist };
}

async function flowsBothWays({ station, specialist }: { station: Page; specialist: Page }): Promise<void> {
  await Promise.all([waitForGrowth(station, FLOWING), waitForGrowth(specialist, FLOWING)]);
}

const isLive = (page: Page) => page.waitForFunction(() => window.room.getState().connection.kind === 'live');
const went = (page: Page) => page.evaluate(() => window.went);
const peerIds = (page: Page) => page.evaluate(() => window.room.getState().peers.map(({ peerId }) => peerId));
const forget = (page: Page) => page.evaluate(() => window.went.splice(0, window.went.length - 1));
const lefts = async () => (await live.diary()).filter((line) => line.startsWith('left'));

describe('a call in real browsers', () => {
  it('sends and receives both ways, with the whole way in told step by step', async () => {
    await start();
    const { station, specialist } = await call();
    for (const page of [station, specialist]) {
      const steps = await went(page);
      expect(steps[0]).toBe('joining server');
      expect(steps.at(-1)).toBe('live');
      expect(steps).toContain('joining room');
      expect(steps.some((step) => step.startsWith('reconnecting'))).toBe(false);
    }
    const stats = await specialist.evaluate(() => window.room.getStats());
    expect(stats?.recv.framesDecoded).toBeGreaterThan(0);
    expect(stats?.send.audioPackets).toBeGreaterThan(0);
    expect(stats?.send.rttMs).not.toBeNull();
    expect((await readReceived(station)).audioEnergy).toBeGreaterThan(0);
  });

  it('mutes, and lets the camera go and takes it back, as the other side sees', async () => {
    await start();
    const { station, specialist } = await call();
    const seen = (page: Page) =>
      page.evaluate(() => {
        const [peer] = window.room.getState().peers;
        return { microphone: peer?.microphone?.isPaused, camera: peer?.camera?.isPaused };
      });
    await station.evaluate(() => window.room.setMicrophoneMuted(true));
    await station.evaluate(() => window.room.setDeviceOn('camera', false));
    await expect.poll(() => seen(specialist)).toEqual({ microphone: true, camera: true });
    const track = await station.evaluate(() => window.room.getState().camera.kind);
    expect(track).toBe('off');
    const before = await readReceived(specialist);
    await waitForGrowth(station, FLOWING); // the other way goes on
    const after = await readReceived(specialist);
    expect(after.framesDecoded - before.framesDecoded).toBeLessThan(5);

    await station.evaluate(() => window.room.setMicrophoneMuted(false));
    await station.evaluate(() => window.room.setDeviceOn('camera', true));
    await expect.poll(() => seen(specialist)).toEqual({ microphone: false, camera: false });
    await flowsBothWays({ station, specialist });
  });
});

describe('stills', () => {
  it('come one by one beside the voice, are named on the other side, and moving pictures come back', async () => {
    await start();
    const { station, specialist } = await call();
    const seenStep = () => specialist.evaluate(() => window.room.getState().peers[0]?.step);
    await station.evaluate(() => window.room.setHold('still'));
    await expect.poll(seenStep, { timeout: 45_000 }).toEqual({ step: 'still', why: 'by_hand' });
    // A moving picture would be fifteen or more in that time.
    const during = async (audioPackets: number) => {
      const before = await readReceived(specialist);
      await waitForGrowth(specialist, { audioPackets });
      return (await readReceived(specialist)).framesDecoded - before.framesDecoded;
    };
    await expect.poll(() => during(60), { timeout: 45_000 }).toBeLessThan(4);
    await waitForGrowth(specialist, { framesDecoded: 2 });

    await station.evaluate(() => window.room.setHold(undefined));
    await flowsBothWays({ station, specialist });
    await expect.poll(async () => (await seenStep())?.step, { timeout: 45_000 }).toMatch(/^(small|sharp)$/);
  });
});

describe('voice only', () => {
  it('stops the pictures both ways, leaves the sound, and brings them back', async () => {
    await start();
    const { station, specialist } = await call();
    await station.evaluate(() => window.room.setVoiceOnly(true));
    // Two readings in which sound came and no picture: what was on its way has arrived by the second.
    const pictures = async (page: Page) => {
      const before = await readReceived(page);
      await waitForGrowth(page, { audioPackets: 60 });
      return (await readReceived(page)).framesDecoded - before.framesDecoded;
    };
    await expect.poll(() => pictures(station), { timeout: 20_000 }).toBe(0);
    await expect.poll(() => pictures(specialist), { timeout: 20_000 }).toBe(0);

    await station.evaluate(() => window.room.setVoiceOnly(false));
    await flowsBothWays({ station, specialist });
  });

  it('stays so through a new join', async () => {
    await start();
    const { station } = await call();
    await station.evaluate(() => window.room.setVoiceOnly(true));
    await live.restart();
    await expect
      .poll(async () => (await live.diary()).filter((line) => line.startsWith('joined')).length, { timeout: 45_000 })
      .toBe(2);
    await waitForGrowth(station, { audioPackets: 60 });
    await expect
      .poll(
        async () => {
          const before = await readReceived(station);
          await waitForGrowth(station, { audioPackets: 60 });
          return (await readReceived(station)).framesDecoded - before.framesDecoded;
        },
        { timeout: 45_000 },
      )
      .toBe(0);
  });
});

describe('devices', () => {
  const refuse = (kinds: readonly ('audio' | 'video')[]) => (context: BrowserContext) =>
    context.addInitScript((refused) => {
      const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
      navigator.mediaDevices.getUserMedia = (constraints) =>
        refused.some((kind) => constraints?.[kind])
          ? Promise.reject(new DOMException('refused', 'NotAllowedError'))
          : real(constraints);
    }, kinds);
  const own = (page: Page) =>
    page.evaluate(() => {
      const { microphone, camera } = window.room.getState();
      return [microphone, camera].map((one) => (one.kind === 'unavailable' ? one.problem.code : one.kind));
    });

  it('goes on by voice when the camera is refused', async () => {
    await start();
    const station = await enter('station', refuse(['video']));
    const specialist = await enter('specialist');
    await Promise.all([waitForGrowth(station, FLOWING), waitForGrowth(specialist, { audioPackets: 60 })]);
    expect(await own(station)).toEqual(['on', 'device.refused']);
    expect((await readReceived(specialist)).framesDecoded).toBe(0);
  });

  it('hears and sees with no device at all', async () => {
    await start();
    const station = await enter('station', refuse(['audio', 'video']));
    await enter('specialist');
    await waitForGrowth(station, FLOWING);
    expect(await own(station)).toEqual(['device.refused', 'device.refused']);
  });

  it('takes the next camera when one is pulled out, carries on when there is none, and says both', async () => {
    await start();
    const { station, specialist } = await call();
    const pullOut = (hasNext: boolean) =>
      station.evaluate((isThere) => {
        const { camera } = window.room.getState();
        if (camera.kind !== 'on') throw new Error('no camera');
        const real = MediaDevices.prototype.getUserMedia.bind(navigator.mediaDevices);
        navigator.mediaDevices.getUserMedia = (wanted) =>
          isThere || !wanted?.video ? real(wanted) : Promise.reject(new DOMException('none', 'NotFoundError'));
        camera.track.stop();
        camera.track.dispatchEvent(new Event('ended'));
      }, hasNext);
    const news = () => station.evaluate(() => window.room.getState().deviceNews?.kind);
    await pullOut(true);
    await expect.poll(news).toBe('replaced');
    await flowsBothWays({ station, specialist });

    await pullOut(false);
    await expect.poll(news).toBe('gone');
    expect(await own(station)).toEqual(['on', 'device.missing']);
    await waitForGrowth(specialist, { audioPackets: 60 });
    await station.evaluate(() => {
      navigator.mediaDevices.getUserMedia = MediaDevices.prototype.getUserMedia.bind(navigator.mediaDevices);
      navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
    });
    await flowsBothWays({ station, specialist });
    expect(await own(station)).toEqual(['on', 'on']);
    expect(await news()).toBe('back');
  });

  it('switches to another camera while the call goes on', async () => {
    await start();
    const { station, specialist } = await call();
    const deviceId = await station.evaluate(async () => {
      const cameras = (await navigator.mediaDevices.enumerateDevices()).filter(({ kind }) => kind === 'videoinput');
      return cameras.at(-1)?.deviceId ?? '';
    });
    const ids = await peerIds(specialist);
    await station.evaluate((id) => window.room.switchDevice('camera', id), deviceId);
    await flowsBothWays({ station, specialist });
    expect(await peerIds(specialist)).toEqual(ids);
    const error = await station.evaluate(() =>
      window.room.switchDevice('camera', 'gone').then(
        () => 'fell back',
        () => 'refused',
      ),
    );
    expect(error).toBe('fell back'); // the chosen one is not there: any other is better than none
  });
});

describe('what goes wrong on the way', () => {
  it('keeps its place and its media over a dropped socket', async () => {
    await start();
    const { station, specialist } = await call();
    const before = [await peerIds(station), await peerIds(specialist)];
    await Promise.all([forget(station), forget(specialist)]);
    await specialist.evaluate(() => window.liveSocket.io.engine.close());
    await specialist.waitForFunction(() => !window.liveSocket.connected);
    await specialist.waitForFunction(() => {
      const { connection } = window.room.getState();
      return window.liveSocket.connected && connection.kind === 'live' && connection.signallingLostSince === null;
    });
    await flowsBothWays({ station, specialist });
    expect([await peerIds(station), await peerIds(specialist)]).toEqual(before);
    expect([await went(station), await went(specialist)]).toEqual([['live'], ['live']]);
    expect(await lefts()).toEqual([]);
    // What is switched on after the blink arrives as well.
    await specialist.evaluate(() => window.room.setDeviceOn('camera', false));
    await station.waitForFunction(() => window.room.getState().peers[0]?.camera?.isPaused === true);
  });

  it('throws nobody out while media flow, however long the signalling is away', async () => {
    await start({ LIVE_GRACE_MS: '300' });
    const { station, specialist } = await call();
    const before = await peerIds(station);
    await specialist.evaluate(() => {
      window.liveSocket.io.reconnection(false);
      window.liveSocket.io.engine.close();
    });
    await station.waitForFunction(() => window.room.getState().peers[0]?.isReachable === false);
    for (let i = 0; i < 3; i += 1) await flowsBothWays({ station, specialist });
    expect(await lefts()).toEqual([]);
    await specialist.evaluate(() => {
      window.liveSocket.io.reconnection(true);
      window.liveSocket.connect();
    });
    await station.waitForFunction(() => window.room.getState().peers[0]?.isReachable === true);
    expect(await peerIds(station)).toEqual(before);
  });

  it('comes back by itself when its media worker is killed', async () => {
    await start();
    const { station, specialist } = await call();
    const [worker] = await live.workers();
    process.kill(worker?.pid ?? 0, 'SIGKILL');
    await expect.poll(async () => (await live.workers())[0]?.deaths).toBe(1);
    await flowsBothWays({ station, specialist });
    await Promise.all([isLive(station), isLive(specialist)]);
    expect(await went(station)).toContain('reconnecting room');
    expect(await lefts()).toEqual([]);
  });

  it('comes back by itself when the server is killed and started again', async () => {
    await start();
    const { station, specialist } = await call();
    await live.restart();
    await flowsBothWays({ station, specialist });
    await Promise.all([isLive(station), isLive(specialist)]);
    expect((await live.diary()).filter((line) => line.startsWith('joined')).sort()).toEqual([
      'joined specialist',
      'joined station',
    ]);
    expect(await lefts()).toEqual([]);
  });

  it('answers a path that was silent for too long with an ICE restart, not with a new call', async () => {
    await start();
    const { station, specialist } = await call();
    const before = [await peerIds(station), await peerIds(specialist)];
    const [worker] = await live.workers();
    process.kill(worker?.pid ?? 0, 'SIGSTOP'); // not a packet from there, and the socket lives
    await Promise.all(
      [station, specialist].map((page) =>
        page.waitForFunction(
          () => {
            const states = (window.__peerConnections ?? []).map(({ connectionState }) => connectionState);
            return states.filter((state) => state === 'failed').length === 2 && !states.includes('connected');
          },
          undefined,
          { timeout: 60_000 },
        ),
      ),
    );
    expect((await went(station)).at(-1)).toBe('reconnecting media');
    process.kill(worker?.pid ?? 0, 'SIGCONT');
    await flowsBothWays({ station, specialist });
    await Promise.all([isLive(station), isLive(specialist)]);
    expect([await peerIds(station), await peerIds(specialist)]).toEqual(before);
    expect(await lefts()).toEqual([]);
  });

  it('is the same person after a reload, without a ghost', async () => {
    await start();
    const { station, specialist } = await call();
    await station.reload();
    await flowsBothWays({ station, specialist });
    expect(await peerIds(specialist)).toHaveLength(1);
    expect(await peerIds(station)).toHaveLength(1);
    expect(await lefts()).toEqual([]);
  });
});

describe('the end', () => {
  it('goes to the newest tab of a person and stays there', async () => {
    await start();
    const { station, specialist } = await call();
    const [context] = contexts;
    if (context === undefined) throw new Error('no context');
    const second = await openTab(context);
    await flowsBothWays({ station: second, specialist });
    await station.waitForFunction(() => window.room.getState().connection.kind === 'left');
    expect(await station.evaluate(() => window.room.getState().connection)).toEqual({
      kind: 'left',
      reason: 'replaced',
    });
    expect(await station.evaluate(() => window.room.getState().camera.kind)).toBe('off');
    expect(await peerIds(specialist)).toHaveLength(1);
  });

  it('lets devices go and tells the other side when somebody leaves', async () => {
    await start();
    const { station, specialist } = await call();
    await station.evaluate(() => window.room.leave());
    expect(await station.evaluate(() => window.room.getState())).toMatchObject({
      connection: { kind: 'left', reason: 'by_self' },
      microphone: { kind: 'off' },
      camera: { kind: 'off' },
      peers: [],
    });
    await expect.poll(() => peerIds(specialist)).toEqual([]);
    expect(await lefts()).toEqual(['left station left']);
  });

  it('stops camera, microphone and media at once when the session ends', async () => {
    await start();
    const { station, specialist } = await call();
    await live.endSession('specialist');
    await expect.poll(() => peerIds(station)).toEqual([]);
    await specialist.waitForFunction(() => {
      const { microphone, camera } = window.room.getState();
      return microphone.kind === 'off' && camera.kind === 'off' && !window.liveSocket.connected;
    });
    const open = await specialist.evaluate(
      () => window.__peerConnections?.filter(({ connectionState }) => connectionState !== 'closed').length,
    );
    expect(open).toBe(0);
    expect(await lefts()).toEqual(['left specialist session_ended']);
  });
});
