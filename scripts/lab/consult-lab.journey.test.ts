import type { Page } from 'playwright-core';
import { afterEach, expect, test } from 'vitest';
import { firstPicture, firstVoice, readArrivals } from './call-meter.ts';
import { ConsultLab } from './consult-lab.ts';
import { getProfile } from './profiles.ts';

let consult: ConsultLab | undefined;
afterEach(() => consult?.close());

/** The limit is for a hang, not for judging speed. */
const FLOWS = { timeout: 60_000, interval: 250 };

const BOTH = [
  { hears: true, sees: true },
  { hears: true, sees: true },
];

/** For each person, whether they hear and see from this moment on. */
function flowsTo(people: readonly { page: Page }[], from: number): Promise<{ hears: boolean; sees: boolean }[]> {
  return Promise.all(
    people.map(async ({ page }) => {
      const { audio, video } = await readArrivals(page);
      return { hears: firstVoice(audio, from) !== undefined, sees: firstPicture(video, from) !== undefined };
    }),
  );
}

test('a consult over a satellite link flows both ways and comes back by itself after a cut', async () => {
  consult = await ConsultLab.create({ profile: getProfile('cut-5'), seed: 1 });
  const { people, station } = consult;
  const flows = (from: number) => flowsTo(people, from);
  await consult.ring();
  await consult.beginWeather();
  const answeredAt = Date.now();
  await consult.answer();
  await expect.poll(() => flows(answeredAt), FLOWS).toEqual(BOTH);

  await station.link.cut();
  // What was in the air has arrived, and nothing follows: two seconds in a row without a sound on either side.
  await expect
    .poll(async () => {
      const arrivals = await Promise.all(people.map(({ page }) => readArrivals(page)));
      return arrivals.every(({ audio }) => (audio.at(-1) ?? 0) < Date.now() - 2000);
    }, FLOWS)
    .toBe(true);

  const restoredAt = Date.now();
  await station.link.restore();
  await expect.poll(() => flows(restoredAt), FLOWS).toEqual(BOTH);
  const { up, down } = await station.link.readStats();
  expect(Math.min(up.lost.cut, down.lost.cut)).toBeGreaterThan(0);
});

test('on a way that loses, nobody sends anything that a browser would fill a thin way with padding for, and all flows on', async () => {
  consult = await ConsultLab.create({ profile: getProfile('lossy-lte-10'), seed: 1 });
  const { people } = consult;
  /** Of each person, what pictures are sent with that a browser estimates its way by. */
  const estimates = () =>
    Promise.all(
      people.map(({ page }) =>
        page.evaluate(() =>
          (window.__peerConnections ?? [])
            .flatMap(({ remoteDescription }) => remoteDescription?.sdp.split(/(?=^m=)/m) ?? [])
            .filter((section) => section.startsWith('m=video') && section.includes('a=recvonly'))
            .flatMap((section) => section.match(/transport-wide-cc|abs-send-time|toffset/g) ?? []),
        ),
      ),
    );

  await consult.ring();
  await consult.beginWeather();
  const answeredAt = Date.now();
  await consult.answer();
  await expect.poll(() => flowsTo(people, answeredAt), FLOWS).toEqual(BOTH);
  await expect.poll(estimates, FLOWS).toEqual([[], []]);
  const saidAt = Date.now();
  await expect.poll(() => flowsTo(people, saidAt), FLOWS).toEqual(BOTH);
});
