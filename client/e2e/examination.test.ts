import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Cast } from './support/cast.ts';
import { accept, callSpecialist, DEMO, waitForRing } from './support/consult.ts';
import { readReceived } from './support/media-stats.ts';

let cast: Cast;

beforeAll(async () => {
  cast = await Cast.create();
});
afterAll(() => cast.close());

const LIMIT = { timeout: 60_000 };
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true }).click();

/** Pictures of the examination that were shown. */
const examined = (page: Page) =>
  page
    .getByLabel('Picture of the examination')
    .evaluate((video) => (video as HTMLVideoElement).getVideoPlaybackQuality().totalVideoFrames);

async function drag(page: Page, target: ReturnType<Page['locator']>): Promise<void> {
  const box = await target.boundingBox();
  if (box === null) throw new Error('nothing to draw on');
  const at = (x: number, y: number) => [box.x + box.width * x, box.y + box.height * y] as const;
  await page.mouse.move(...at(0.4, 0.4));
  await page.mouse.down();
  await page.mouse.move(...at(0.55, 0.6), { steps: 6 });
  await page.mouse.up();
}

/** Where a mark stands on the picture itself, in shares of what is seen of it, whatever the size of the window. */
async function placeOnPicture(page: Page, kind: 'pointer' | 'ruler'): Promise<number[]> {
  const shares = await page
    .getByRole('dialog', { name: 'Photos and files' })
    .locator('svg:has([data-pointer], [data-ruler])')
    .evaluate((svg, wanted) => {
      const [frame, picture] = [svg, svg.parentElement?.querySelector('img')].map((one) =>
        one?.getBoundingClientRect(),
      );
      const mark = svg.querySelector(wanted === 'pointer' ? '[data-pointer] circle' : '[data-ruler] line');
      if (!frame || !picture || !mark) throw new Error(`no ${wanted} on a picture`);
      const at = (name: string) => Number(mark.getAttribute(name));
      const place = (x: string, y: string) => [
        (frame.left + at(x) - picture.left) / picture.width,
        (frame.top + at(y) - picture.top) / picture.height,
      ];
      return wanted === 'pointer' ? place('cx', 'cy') : [...place('x1', 'y1'), ...place('x2', 'y2')];
    }, kind);
  return shares.map((share) => Math.round(share * 200) / 200);
}

it('examines over the call: second camera, marks, held picture, photo, stethoscope, and a curtain before all of it', async () => {
  // The second of Chromium's cameras is one for depth, which no call can send; the third is a usual one.
  const station = await cast.enter(DEMO.station, { flags: ['--use-fake-device-for-media-stream=device-count=3'] });
  const specialist = await cast.enter(DEMO.specialist);
  const requestId = await callSpecialist(station, { reason: 'A spot on the back that has grown' });
  await waitForRing(specialist);
  await accept(specialist);

  // One press at the specialist's, one at the station's.
  await press(specialist, 'Examination');
  await press(specialist, 'Second camera');
  await press(station, 'Switch it on');
  await station.getByLabel('Which camera examines').selectOption({ label: 'fake_device_2' });
  await specialist.getByLabel('Picture of the examination').waitFor();
  await expect.poll(() => examined(specialist), LIMIT).toBeGreaterThan(2);
  // The face steps back for it, and says why.
  await specialist.getByText(/Their picture: .*the examination goes first/).waitFor();

  // The same place on both screens, from either side.
  await press(specialist, 'Draw');
  await drag(specialist, specialist.locator('[data-picture=large]'));
  await station.locator('[data-stroke]').first().waitFor();
  await press(station, 'Point');
  await station.getByRole('group', { name: /^Marks on the picture/ }).focus();
  await station.keyboard.press('ArrowRight');
  await specialist.locator('[data-pointer="0.520 0.500"]').waitFor();
  await press(specialist, 'Hold');
  await station.getByRole('button', { name: 'Let it move' }).waitFor();
  await press(specialist, 'Let it move');
  await station.getByRole('button', { name: 'Hold', exact: true }).waitFor();

  // A photo: on the station's disk before anybody is asked about it, then the marked place first.
  await press(specialist, 'Photo');
  await press(station, 'Take the photo');
  const dialog = station.getByRole('dialog');
  await drag(station, dialog.getByRole('img', { name: 'The photo' }));
  await dialog.locator('[data-region]').waitFor();
  await station.keyboard.press('Escape');
  await station.getByRole('button', { name: 'Go on' }).waitFor();
  await press(station, 'Photo in full detail');
  await drag(station, dialog.getByRole('img', { name: 'The photo' }));
  await dialog.getByRole('button', { name: 'Send', exact: true }).click();
  await specialist.getByRole('button', { name: /Marked place/ }).waitFor();
  await specialist.getByRole('button', { name: /^Skin \d\d:\d\d$/ }).waitFor();

  // What is sent is looked at together: what one opens and turns, opens and turns for the other, in a window of another size.
  const viewers = [specialist, station].map((page) => page.getByRole('dialog', { name: 'Photos and files' }));
  const [own, theirs] = viewers as [(typeof viewers)[0], (typeof viewers)[0]];
  const wide = station.viewportSize();
  await station.setViewportSize({ width: 900, height: 700 });
  await specialist.getByRole('button', { name: /^Skin \d\d:\d\d$/ }).click();
  await own.getByRole('button', { name: 'Show to the other side' }).click();
  await theirs.waitFor();
  await own.getByRole('button', { name: 'Turn' }).click();
  for (const viewer of viewers) await viewer.locator('img[style*="rotate(90deg)"]').first().waitFor();
  await own.getByRole('button', { name: 'Point' }).click();
  await own.getByRole('group', { name: /^Skin/ }).focus();
  await specialist.keyboard.press('ArrowRight');
  for (const viewer of viewers) await viewer.locator('[data-pointer="0.510 0.500"]').waitFor();
  expect(await placeOnPicture(station, 'pointer')).toEqual(await placeOnPicture(specialist, 'pointer'));
  // The ruler is the station's: whoever is shown a picture measures on it, too.
  await theirs.getByRole('button', { name: 'Measure' }).click();
  await drag(station, theirs.locator('img'));
  const length = await theirs.locator('[data-ruler]').getAttribute('data-ruler');
  await own.locator(`[data-ruler="${length}"]`).waitFor();
  await expect.poll(() => placeOnPicture(specialist, 'ruler'), LIMIT).toEqual(await placeOnPicture(station, 'ruler'));
  expect(Number(length)).toBeGreaterThan(10);
  // Two beside each other are for whoever compares; the other side goes on with the one that is shown.
  await own.getByRole('button', { name: 'Two beside each other' }).click();
  await expect.poll(() => own.locator('img').count(), LIMIT).toBe(2);
  expect(await theirs.locator('img').count()).toBe(1);
  await own.getByRole('button', { name: 'Show to the other side' }).click();
  await own.getByRole('button', { name: 'Close' }).click();
  await theirs.getByRole('button', { name: 'Close' }).click();
  if (wide) await station.setViewportSize(wide);

  // The talk is muted while somebody listens to the patient; a recording needs no link.
  await press(station, 'Stethoscope');
  await specialist.getByRole('button', { name: /^Lungs/ }).click();
  await station.getByRole('button', { name: 'Microphone off' }).waitFor();
  const { audioPackets } = await readReceived(specialist);
  await expect
    .poll(async () => (await readReceived(specialist)).audioPackets, LIMIT)
    .toBeGreaterThan(audioPackets + 15);
  await press(station, 'Record 15 seconds');
  await station.getByRole('button', { name: 'Stop, 13 s left' }).click();
  await specialist.getByRole('button', { name: /Stethoscope, 15 seconds/ }).click();
  const sound = specialist.locator('audio[controls]');
  await sound.evaluate((audio) => (audio as HTMLAudioElement).play());
  await expect.poll(() => sound.evaluate((audio) => (audio as HTMLAudioElement).duration), LIMIT).toBeGreaterThan(1);
  await press(specialist, 'Close');
  await press(station, 'Stethoscope');
  await station.getByRole('button', { name: 'Microphone on' }).waitFor();

  // One key, and nobody sees the patient: nor after a reload, until the station opens it.
  const drawn = (page: Page) => page.getByText('The curtain is drawn: nobody sees the patient').waitFor();
  await station.keyboard.press('Alt+KeyC');
  await Promise.all([drawn(station), drawn(specialist)]);
  expect(await specialist.getByLabel('Picture of the examination').count()).toBe(0);
  await specialist.reload();
  await drawn(specialist);
  expect(await specialist.getByRole('button', { name: 'Curtain' }).isDisabled()).toBe(true);
  await press(station, 'Open the curtain');
  await expect.poll(() => examined(specialist), LIMIT).toBeGreaterThan(0);
  const timeline = await specialist.request.get(`/api/consultations/${requestId}/timeline`);
  const actions = ((await timeline.json()) as { entries: { action: string }[] }).entries.map(({ action }) => action);
  expect(actions).toEqual(expect.arrayContaining(['consultation.draw_curtain', 'consultation.open_curtain']));
}, 240_000);
