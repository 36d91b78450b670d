import type { Page } from 'playwright-core';

declare global {
  interface Window {
    __peerConnections?: RTCPeerConnection[];
  }
}

/** Runs in the page before its scripts: keeps every peer connection, so that a journey can ask the browser's own counters. */
export function rememberPeerConnections(): void {
  const connections: RTCPeerConnection[] = [];
  window.__peerConnections = connections;
  const Original = window.RTCPeerConnection;
  window.RTCPeerConnection = new Proxy(Original, {
    construct(target, args, newTarget) {
      const connection = Reflect.construct(target, args, newTarget) as RTCPeerConnection;
      connections.push(connection);
      return connection;
    },
  });
}

/** What one browser has received so far, over the peer connections that are open now. */
export interface Received {
  readonly framesDecoded: number;
  readonly audioPackets: number;
  /** Σ of squared samples: grows only when there is sound in what arrives. */
  readonly audioEnergy: number;
  /** Of sound that was played, made up or not. */
  readonly audioSeconds: number;
}

export function readReceived(page: Page): Promise<Received> {
  return page.evaluate(async () => {
    const sum = { framesDecoded: 0, audioPackets: 0, audioEnergy: 0, audioSeconds: 0 };
    for (const connection of window.__peerConnections ?? []) {
      if (connection.connectionState === 'closed') continue;
      for (const report of (await connection.getStats()).values()) {
        if (report.type !== 'inbound-rtp') continue;
        if (report.kind === 'video') sum.framesDecoded += report.framesDecoded ?? 0;
        if (report.kind === 'audio') {
          sum.audioPackets += report.packetsReceived ?? 0;
          sum.audioEnergy += report.totalAudioEnergy ?? 0;
          sum.audioSeconds += report.totalSamplesDuration ?? 0;
        }
      }
    }
    return sum;
  });
}

const POLL_MS = 50;

/**
 * Waits until media grows by this much from now on, and answers the milliseconds it took.
 * The limit is for a hang, not for judging speed.
 */
export async function waitForGrowth(
  page: Page,
  by: Partial<Received>,
  limitMs = 90_000,
): Promise<{ ms: number; received: Received }> {
  const startedAt = performance.now();
  // A new connection counts from nothing: then `now` is below the start, and the start is lowered with it.
  const start: { -readonly [Key in keyof Received]: number } = { ...(await readReceived(page)) };
  while (true) {
    const now = await readReceived(page);
    for (const key of Object.keys(start) as (keyof Received)[]) start[key] = Math.min(start[key], now[key]);
    const isEnough = (Object.keys(by) as (keyof Received)[]).every((key) => now[key] - start[key] >= (by[key] ?? 0));
    const ms = performance.now() - startedAt;
    if (isEnough) return { ms, received: now };
    if (ms > limitMs) throw new Error(`Media did not grow by ${JSON.stringify(by)}: ${JSON.stringify({ start, now })}`);
    await page.waitForTimeout(POLL_MS);
  }
}

/** The moment (milliseconds of the Unix clock, looked for every 20 ms in the page) at which the first of something arrived. */
export function firstMoment(page: Page, kind: 'audioPackets' | 'framesDecoded'): Promise<number> {
  return page.evaluate(async (wanted) => {
    while (true) {
      for (const connection of window.__peerConnections ?? []) {
        if (connection.connectionState === 'closed') continue;
        for (const report of (await connection.getStats()).values()) {
          if (report.type !== 'inbound-rtp') continue;
          const count =
            wanted === 'audioPackets' ? report.kind === 'audio' && report.packetsReceived : report.framesDecoded;
          if (count > 0) return Date.now();
        }
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }, kind);
}

/** Notes when a button with exactly this text is pressed; answers a function that reads the moment. */
export async function noteClick(page: Page, text: string): Promise<() => Promise<number>> {
  const moment = page.evaluate(
    (wanted) =>
      new Promise<number>((resolve) => {
        document.addEventListener(
          'click',
          (event) => {
            if ((event.target as Element).closest('button')?.textContent?.trim() === wanted) resolve(Date.now());
          },
          { capture: true },
        );
      }),
    text,
  );
  return () => moment;
}
