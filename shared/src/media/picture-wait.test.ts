import { expect, it } from 'vitest';
import { NO_WAIT, nextPictureWait, PICTURE_WAIT, type PictureReading, type PictureWait } from './picture-wait.ts';

const CALM: PictureReading = { freezes: 0, frozenMs: 0, again: 0 };
const LOST: PictureReading = { freezes: 1, frozenMs: 700, again: 1 };

const NEAR_MS = 90;
const FAR_MS = 600;

/** A reading a second. */
function pass(
  readings: readonly PictureReading[],
  before: PictureWait = NO_WAIT,
  from = 0,
  rttMs = NEAR_MS,
): PictureWait {
  return readings.reduce(
    (wait, reading, second) => nextPictureWait(wait, from + 1000 * (second + 1), reading, rttMs),
    before,
  );
}

it('shows a picture at once while nothing is lost', () => {
  expect(pass([CALM, CALM, CALM])).toBe(NO_WAIT);
});

it('waits as long as the picture stood for what was sent again, and a little', () => {
  expect(pass([CALM, LOST]).waitMs).toBe(700 + PICTURE_WAIT.spareMs);
});

it('sees a freeze that ended after the packet had come', () => {
  expect(pass([{ ...CALM, again: 1 }, CALM, { ...LOST, again: 0 }]).waitMs).toBe(780);
});

it('does not blame a freeze on what was sent again long before', () => {
  const calm = Array.from({ length: PICTURE_WAIT.explainsMs / 1000 }, () => CALM);
  expect(pass([{ ...CALM, again: 1 }, ...calm, { ...LOST, again: 0 }]).waitMs).toBe(0);
});

it.each([
  ['that nothing sent again has ended', { ...LOST, again: 0 }],
  ['of a link that was gone', { ...LOST, frozenMs: 5000 }],
  ['that nobody sees', { ...LOST, frozenMs: 120 }],
])('does not wait for a freeze %s', (_, reading) => {
  expect(pass([CALM, reading]).waitMs).toBe(0);
});

it('takes the middle of several freezes between two looks', () => {
  expect(pass([{ freezes: 2, frozenMs: 1000, again: 3 }]).waitMs).toBe(580);
});

it('waits longer when that was not enough, but never so long that two people talk past each other', () => {
  const once = pass([LOST]);
  const twice = pass([LOST], once, 1000);
  expect(twice.waitMs).toBeGreaterThan(once.waitMs);
  expect(pass(Array.from({ length: 20 }, () => LOST)).waitMs).toBe(PICTURE_WAIT.mostMs);
});

it('keeps waiting while packets still come again, and stops a minute after the last', () => {
  const waits = pass([LOST]);
  const still = pass([{ ...CALM, again: 1 }], waits, 50_000);
  expect(still.waitMs).toBe(waits.waitMs);
  expect(nextPictureWait(still, 100_000, CALM, NEAR_MS).waitMs).toBe(waits.waitMs);
  expect(nextPictureWait(still, 51_001 + PICTURE_WAIT.forgetMs, CALM, NEAR_MS).waitMs).toBe(0);
});

it('waits over a satellite from the beginning, and stops there, too, where nothing is lost', () => {
  const waits = pass([CALM], NO_WAIT, 0, FAR_MS);
  expect(waits.waitMs).toBe(FAR_MS + PICTURE_WAIT.spareMs);
  const calm = Array.from({ length: 200 }, () => CALM);
  expect(pass(calm, waits, 1000, FAR_MS).waitMs).toBe(0);
});
