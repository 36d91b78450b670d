import { isClinicalSide, type RoomSide, type WayReport } from '@jaqyn/shared/signalling/room';
import type { PictureWidth } from './picture-choice.ts';

/** How many pictures a receiver's link carries beside the voices, by what the receiver itself says of the way. Times in ms. */
export interface WidthState {
  readonly width: PictureWidth;
  /** Reports in a row that say too much. */
  readonly bad: number;
  /** Since when they have been good; undefined: they are not. */
  readonly goodSince: number | undefined;
  /** How long they have to be good before more is tried. */
  readonly patienceMs: number;
}

export const WIDTH = {
  queueMs: 250,
  lostPercent: 8,
  /** In a row: one may be a tremble. */
  reports: 2,
  firstPatienceMs: 4000,
  /** Each time that more was too much it is doubled. */
  mostPatienceMs: 240_000,
  /** A station's link is thin until so much has come over it from one person: nothing is tried out on a patient's call. */
  stationBps: 300_000,
} as const;

export const FIRST_WIDTH: WidthState = {
  width: 'front',
  bad: 0,
  goodSince: undefined,
  patienceMs: WIDTH.firstPatienceMs,
};

/**
 * The state after a report of how somebody's sound arrives. Down after two bad ones in a row; up one step after a time of good ones. For
 * those who examine and decide the senders are fitted, so they always keep one picture; an interpreter or observer on a bad link does
 * without before anybody else has less.
 */
export function nextWidth(
  before: WidthState,
  side: RoomSide,
  report: Pick<WayReport, 'queueMs' | 'jitterMs' | 'lostPercent' | 'receivedBps'>,
  now: number,
): WidthState {
  const isBad = report.queueMs > WIDTH.queueMs + 2 * report.jitterMs || report.lostPercent > WIDTH.lostPercent;
  if (isBad) {
    const bad = before.bad + 1;
    const less = bad >= WIDTH.reports ? lessThan(before.width, side) : undefined;
    if (less === undefined) return { ...before, bad, goodSince: undefined };
    const patienceMs = Math.min(WIDTH.mostPatienceMs, 2 * before.patienceMs);
    return { width: less, bad: 0, goodSince: undefined, patienceMs };
  }
  const goodSince = before.goodSince ?? now;
  const more = moreThan(before.width, side, report.receivedBps);
  if (more === undefined || now - goodSince < before.patienceMs) return { ...before, bad: 0, goodSince };
  return { ...before, width: more, bad: 0, goodSince: now };
}

function lessThan(width: PictureWidth, side: RoomSide): PictureWidth | undefined {
  if (width === 'all') return 'front';
  return width === 'front' && !isClinicalSide(side) ? 'none' : undefined;
}

function moreThan(width: PictureWidth, side: RoomSide, receivedBps: number): PictureWidth | undefined {
  if (width === 'none') return 'front';
  if (width === 'all') return undefined;
  return side === 'station' && receivedBps < WIDTH.stationBps ? undefined : 'all';
}
