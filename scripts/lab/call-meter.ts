import type { Page } from 'playwright-core';

/** Moments (ms of the Unix clock) at which something reached the person: a piece of sound, or a picture. */
export interface Arrivals {
  readonly audio: readonly number[];
  readonly video: readonly number[];
}

declare global {
  interface Window {
    __arrivals?: { audio: number[]; video: number[] };
    __arrivalsTimer?: ReturnType<typeof setInterval>;
    /** The last press of a button: what stood on it, and when. */
    __lastPress?: { text: string; at: number };
  }
}

/**
 * Runs in the page before its scripts, after `rememberPeerConnections`: notes every arrival. It asks the receivers which frame they
 * handed on last, which is much cheaper than getStats and so can be asked often.
 */
export function noteArrivals(): void {
  const arrivals: { audio: number[]; video: number[] } = { audio: [], video: [] };
  window.__arrivals = arrivals;
  const latest = new WeakMap<RTCRtpReceiver, number>();
  window.__arrivalsTimer = setInterval(() => {
    const now = Date.now();
    for (const connection of window.__peerConnections ?? []) {
      if (connection.connectionState === 'closed') continue;
      for (const receiver of connection.getReceivers()) {
        const handedOn = receiver.getSynchronizationSources()[0]?.timestamp;
        if (handedOn === undefined || handedOn === latest.get(receiver)) continue;
        latest.set(receiver, handedOn);
        arrivals[receiver.track.kind === 'audio' ? 'audio' : 'video'].push(now);
      }
    }
  }, 20);
  document.addEventListener(
    'click',
    ({ target }) => {
      const button = target instanceof Element ? target.closest('button') : null;
      if (button !== null) window.__lastPress = { text: button.textContent?.trim() ?? '', at: Date.now() };
    },
    { capture: true },
  );
}

/** For who measures what a call costs its page: asking fifty times a second is a cost of its own. */
export function stopNotingArrivals(page: Page): Promise<void> {
  return page.evaluate(() => clearInterval(window.__arrivalsTimer));
}

/** Everything since the page was loaded. */
export function readArrivals(page: Page): Promise<Arrivals> {
  return page.evaluate(() => window.__arrivals ?? { audio: [], video: [] });
}

/** When the button with this text was pressed last. Throws when another one was, or none. */
export async function readPress(page: Page, text: string): Promise<number> {
  const press = await page.evaluate(() => window.__lastPress);
  if (press?.text !== text) throw new Error(`The last press was on "${press?.text}", not on "${text}".`);
  return press.at;
}

/**
 * The first moment from `from` on after which sound goes on: in a second after it, most tenths have some. One stray piece of
 * sound is not a voice. `undefined` where there is none yet.
 */
export function firstVoice(audio: readonly number[], from: number): number | undefined {
  const heard = audio.filter((at) => at >= from);
  return heard.find((start, index) => {
    const tenths = new Set<number>();
    for (let next = index; next < heard.length; next++) {
      const tenth = Math.floor(((heard[next] ?? 0) - start) / 100);
      if (tenth >= 10) break;
      tenths.add(tenth);
    }
    return tenths.size >= 8;
  });
}

/** The first picture from `from` on. */
export function firstPicture(video: readonly number[], from: number): number | undefined {
  return video.find((at) => at >= from);
}

/**
 * Seconds between `from` and `to` in which the picture stood: gaps longer than three times the usual distance of two pictures, and
 * 150 ms longer than it, as webrtc-stats defines a freeze; and all of the time when there is no picture at all. Unlike the
 * browser's own counter it also counts a freeze that has not ended.
 */
export function frozenSeconds(video: readonly number[], from: number, to: number): number {
  const recent: number[] = [];
  let frozen = 0;
  let before = from;
  for (const at of [...video.filter((at) => at > from && at < to), to]) {
    const gap = at - before;
    const usual = recent.reduce((sum, other) => sum + other, 0) / Math.max(1, recent.length);
    const limit = recent.length < 5 ? SLOWEST_PICTURE_MS : Math.max(3 * usual, usual + 150);
    if (gap > limit) frozen += gap;
    recent.push(gap);
    if (recent.length > 30) recent.shift();
    before = at;
  }
  return frozen / 1000;
}

/** Before there is a usual distance, a second without a picture is a freeze. */
const SLOWEST_PICTURE_MS = 1000;

/** Counters of everything a page receives, summed over its connections. */
export interface Counters {
  readonly at: number;
  readonly audioSamples: number;
  readonly concealedSamples: number;
  readonly jitterBufferSeconds: number;
  readonly jitterBufferEmitted: number;
  readonly framesDecoded: number;
  /** Of the last picture, 0 when there was none. */
  readonly width: number;
  readonly height: number;
}

export function readCounters(page: Page): Promise<Counters> {
  return page.evaluate(async () => {
    const sum = {
      at: Date.now(),
      audioSamples: 0,
      concealedSamples: 0,
      jitterBufferSeconds: 0,
      jitterBufferEmitted: 0,
      framesDecoded: 0,
      width: 0,
      height: 0,
    };
    for (const connection of window.__peerConnections ?? []) {
      if (connection.connectionState === 'closed') continue;
      for (const report of (await connection.getStats()).values()) {
        if (report.type !== 'inbound-rtp') continue;
        if (report.kind === 'audio') {
          sum.audioSamples += report.totalSamplesReceived ?? 0;
          sum.concealedSamples += report.concealedSamples ?? 0;
          sum.jitterBufferSeconds += report.jitterBufferDelay ?? 0;
          sum.jitterBufferEmitted += report.jitterBufferEmittedCount ?? 0;
        } else {
          sum.framesDecoded += report.framesDecoded ?? 0;
          sum.width = Math.max(sum.width, report.frameWidth ?? 0);
          sum.height = Math.max(sum.height, report.frameHeight ?? 0);
        }
      }
    }
    return sum;
  });
}

/** What one person saw and heard of a call between two readings. */
export interface Quality {
  /** Pictures a second. */
  readonly fps: number;
  /** Seconds a minute in which the picture stood. */
  readonly frozenPerMinute: number;
  /** % of the sound that was made up; 100 when none came. */
  readonly concealed: number;
  /** Mean time sound waited to be played, ms; 0 when none came. */
  readonly jitterBufferMs: number;
  /** Height of the last picture. */
  readonly height: number;
}

export function toQuality(before: Counters, after: Counters, arrivals: Arrivals): Quality {
  const seconds = (after.at - before.at) / 1000;
  const samples = after.audioSamples - before.audioSamples;
  const emitted = after.jitterBufferEmitted - before.jitterBufferEmitted;
  const waited = after.jitterBufferSeconds - before.jitterBufferSeconds;
  return {
    fps: Math.max(0, after.framesDecoded - before.framesDecoded) / seconds,
    frozenPerMinute: (frozenSeconds(arrivals.video, before.at, after.at) * 60) / seconds,
    concealed: samples > 0 ? (100 * (after.concealedSamples - before.concealedSamples)) / samples : 100,
    jitterBufferMs: emitted > 0 ? (1000 * waited) / emitted : 0,
    height: after.height,
  };
}
