import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { axeViolations } from './support/axe.ts';
import { Cast } from './support/cast.ts';
import { accept, DEMO, fillRequest, pressCall, waitForRing } from './support/consult.ts';
import { noisePicture } from './support/noise-picture.ts';

let cast: Cast;

beforeAll(async () => {
  // Nobody is to give the call up while the server is away.
  cast = await Cast.create({ JAQYN_RING_SECONDS: '900' });
});
afterAll(() => cast.close());

/** Lets this page send so many bytes a second; the answer takes the limit away. */
async function limitUplink(page: Page, bytes: number): Promise<() => Promise<void>> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Network.enable');
  await devtools.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: bytes,
  });
  return () => devtools.detach();
}

async function sentOf(page: Page): Promise<number> {
  return page
    .locator('progress')
    .first()
    .evaluate((bar: HTMLProgressElement) => bar.value);
}

const patience = { timeout: 90_000, interval: 200 };

it('a photo is added to the request, outlives a dead server and a reload, and is looked at together', async () => {
  const specialist = await cast.enter(DEMO.specialist);
  const station = await cast.enter(DEMO.station);
  const photo = noisePicture(900, 800);

  // Added while the request is written: it stays on this device until the request is there.
  await fillRequest(station);
  await station.locator('input[type=file][multiple]').setInputFiles({
    name: 'rash.png',
    mimeType: 'image/png',
    buffer: photo,
  });
  const dialog = station.getByRole('dialog', { name: 'What is on it?' });
  await dialog.getByRole('radio', { name: 'Skin' }).check({ force: true });
  await dialog.getByLabel('Note').fill('Left forearm');
  await dialog.getByRole('button', { name: 'Add to the request' }).click();
  await station.getByText('Kept here; sent with the request').waitFor();

  const lift = await limitUplink(station, 40_000);
  await pressCall(station);
  await expect.poll(() => sentOf(station), patience).toBeGreaterThan(photo.byteLength / 10);
  expect(await axeViolations(station)).toEqual([]);

  // The small copy went ahead, and the line breaks in the middle of the whole.
  await station.getByText('Small copy; the whole is coming').waitFor();
  await waitForRing(specialist);
  expect(await sentOf(station)).toBeLessThan(photo.byteLength);
  await cast.server.kill();
  await station.getByText('No connection; it goes on by itself').waitFor();
  const before = await sentOf(station);
  await cast.server.start();
  await expect.poll(() => sentOf(station), patience).toBeGreaterThan(before);

  const beforeReload = await sentOf(station);
  await station.reload();
  await station.locator('progress').first().waitFor();
  await expect.poll(() => sentOf(station), patience).toBeGreaterThan(beforeReload);
  await lift();
  const tile = station.getByRole('button', { name: /Skin.*Left forearm/ });
  await tile.waitFor();
  await station.locator('progress').first().waitFor({ state: 'detached', timeout: 120_000 });

  // The specialist looks closer and shows where.
  await accept(specialist);
  await cast.flows({ station, specialist });
  await specialist.getByRole('button', { name: /Skin.*Left forearm/ }).click();
  const viewer = specialist.getByRole('dialog', { name: 'Photos and files' });
  const frame = viewer.getByRole('group', { name: 'Skin: Left forearm' });
  await viewer.locator('img').waitFor();
  await viewer.getByRole('button', { name: 'Larger' }).click();
  await viewer.locator('img[data-full=true]').waitFor();
  await viewer.getByRole('button', { name: 'Show to the other side' }).click();
  const followed = station.getByRole('dialog', { name: 'Photos and files' });
  await followed.locator('img').waitFor();

  await viewer.getByRole('button', { name: 'Point', exact: true }).click();
  const box = await frame.boundingBox();
  if (box === null) throw new Error('The viewer has no size');
  const pointed = () => followed.locator('[data-pointer]').getAttribute('data-pointer');
  const shown = () => viewer.locator('[data-pointer]').getAttribute('data-pointer');
  await specialist.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await expect.poll(async () => (await shown()) === (await pointed()), patience).toBe(true);
  const middle = await pointed();
  await specialist.mouse.move(box.x + box.width / 3, box.y + box.height / 2, { steps: 12 });
  await expect
    .poll(async () => (await shown()) === (await pointed()) && (await pointed()) !== middle, patience)
    .toBe(true);
  // The middle of the picture is the middle on both screens.
  expect(middle).toBe('0.500 0.500');

  // A known length makes millimetres.
  await viewer.getByRole('button', { name: 'Measure' }).click();
  await specialist.mouse.move(box.x + 200, box.y + 200);
  await specialist.mouse.down();
  await specialist.mouse.move(box.x + 500, box.y + 200, { steps: 4 });
  await specialist.mouse.up();
  await viewer.getByText('% of the width').waitFor();
  await viewer.getByLabel('The line is, mm').fill('24');
  await viewer.getByRole('button', { name: 'Set the ruler' }).click();
  await viewer.getByText('24 mm').first().waitFor();
  expect(await axeViolations(specialist)).toEqual([]);
  await specialist.keyboard.press('Escape');
  await viewer.waitFor({ state: 'detached' });
}, 420_000);
