/**
 * When a picture stands though packets of it come. A lost packet is sent again, but the media server keeps it for two seconds only, and behind a queue of 1.4 s on a
 * satellite the wish for it is older than that: the browser went on wishing, and asked for a whole picture after three to four seconds. Pure; times in ms.
 */

/** Counters since the track is there. */
export interface StallReading {
  readonly packets: number;
  /** That were made of them. */
  readonly pictures: number;
}

export interface PictureStall {
  readonly reading: StallReading;
  /** Since when packets have come and no picture was made; undefined: none came, or one was made. */
  readonly since: number | undefined;
  /** When a whole picture was last asked for. */
  readonly askedAt: number;
}

export const STALL = {
  /** Longer than a packet that is sent again takes beyond the wait for it (picture-wait.ts). */
  afterMs: 1000,
  /** A whole picture takes a round trip, and on the thinnest link a second. */
  againMs: 3000,
} as const;

/** To be called every half second or so. A whole picture is to be asked for where `askedAt` is `now`. */
export function nextStall(before: PictureStall | undefined, now: number, reading: StallReading): PictureStall {
  const { since, askedAt = Number.NEGATIVE_INFINITY } = before ?? {};
  const isMoving = before === undefined || reading.pictures !== before.reading.pictures;
  // Who has not seen any picture waits for the first one, and the browser asks for that at once.
  if (isMoving || reading.pictures === 0) return { reading, since: undefined, askedAt };
  const isComing = reading.packets > before.reading.packets;
  const standsSince = since ?? (isComing ? now : undefined);
  const isDue = standsSince !== undefined && now - standsSince >= STALL.afterMs && now - askedAt >= STALL.againMs;
  return { reading, since: standsSince, askedAt: isDue && isComing ? now : askedAt };
}
