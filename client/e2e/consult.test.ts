import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Cast } from './support/cast.ts';
import {
  accept,
  CONCLUSION,
  callSpecialist,
  DEMO,
  decline,
  fillRequest,
  sendChat,
  sign,
  waitForRing,
  writeConclusion,
} from './support/consult.ts';
import { readReceived, waitForGrowth } from './support/media-stats.ts';

let cast: Cast;
const LIMIT = { timeout: 60_000 };

/** A second specialist comes in, an observer when the patient has agreed; the station hears both and sees one face large. */
async function meetWithOthers({ station, specialist }: { station: Page; specialist: Page }): Promise<void> {
  const second = await cast.enter(DEMO.neurologist);
  const observer = await cast.enter(DEMO.coordinator);
  const ask = async (part: string | RegExp, name: string) => {
    await dialog.getByRole('radio', { name: part }).check({ force: true });
    await dialog.getByLabel('Part of the name').fill(name);
    await dialog.getByRole('button', { name: `Ask in: ${name}` }).click(LIMIT);
  };
  const [secondName = '', observerName = ''] = await Promise.all(
    [second, observer].map(async (page) => {
      const answer = await page.request.get('/api/session');
      return ((await answer.json()) as { displayName: string }).displayName;
    }),
  );
  await specialist.getByRole('button', { name: /^People/ }).click();
  const dialog = specialist.getByRole('dialog', { name: 'People in the call' });
  await ask(/^Further specialist/, secondName);
  await second.getByRole('link', { name: 'Join the call' }).click(LIMIT);
  // Three in the call: the station's picture at the second specialist, both voices at the station.
  await waitForGrowth(second, { framesDecoded: 10, audioPackets: 40 });
  await ask(/^Observer/, observerName);
  await observer.getByText('The patient is being asked').first().waitFor(LIMIT);
  await station.getByRole('button', { name: 'The patient agrees' }).click(LIMIT);
  await observer.getByRole('link', { name: 'Join the call' }).click(LIMIT);
  await waitForGrowth(observer, { framesDecoded: 10, audioPackets: 40 });

  const tiles = station.getByRole('list', { name: 'Others in the call' });
  for (const name of [secondName, observerName]) await tiles.getByText(name).waitFor(LIMIT);
  await tiles.getByText('Observer: hears and sees, is silent').waitFor();
  expect(await station.locator('audio').count()).toBe(2);
  await waitForGrowth(station, { framesDecoded: 10, audioPackets: 80 });

  await dialog.getByRole('button', { name: `Send out: ${observerName}` }).click();
  await specialist.getByRole('dialog').getByRole('button', { name: 'Send out', exact: true }).click();
  await observer
    .getByText(/^You are not (asked into|in) /)
    .first()
    .waitFor(LIMIT);
  await dialog.getByRole('button', { name: 'Close', exact: true }).click();
  await second.getByRole('button', { name: 'Leave the call' }).click();
  await tiles.waitFor({ state: 'detached', ...LIMIT });
}

beforeAll(async () => {
  cast = await Cast.create();
});
afterEach(() => cast.closeWindows());
afterAll(() => cast.close());

describe('a consult', () => {
  it('goes from the call to the conclusion that the station reads and acknowledges', async () => {
    const talk = await cast.talk();
    const { station, specialist, requestId } = talk;

    await sendChat(station, 'ECG is done, I am holding it to the camera');
    await specialist.getByText('ECG is done, I am holding it to the camera').waitFor();
    await sendChat(specialist, 'I see it well');
    await station.getByText('I see it well').waitFor();

    await meetWithOthers(talk);

    await writeConclusion(specialist);
    await sign(specialist);

    await station.waitForURL(`**/requests/${requestId}/result`);
    await station.getByText(CONCLUSION.findings).first().waitFor();
    await station.getByText(CONCLUSION.recommendation).first().waitFor();
    await station.getByLabel(/^Done: understood/).check();
    await station.getByRole('button', { name: 'Read and understood' }).click();
    await station.getByText(/^Read aloud on/).waitFor();
    await station.goto('/');
    await station.getByText('Results to read').first().waitFor();
  });

  it('rings the next on call when the first declines, and stops where it was answered', async () => {
    const first = await cast.enter(DEMO.specialist);
    const backup = await cast.enter(DEMO.backup);
    const station = await cast.enter(DEMO.station);
    await callSpecialist(station, { reason: 'Palpitations for an hour' });
    await waitForRing(first);
    await decline(first, 'Busy with another patient');
    await waitForRing(backup);
    await first.getByRole('button', { name: 'Accept' }).waitFor({ state: 'detached' });
    await accept(backup);
    await cast.flows({ station, specialist: backup });
  });

  it('rings a specialist on whichever page they are, in every window, until it is declined in one', async () => {
    const specialist = await cast.enter(DEMO.specialist);
    await specialist.goto('/my-roster');
    const other = await specialist.context().newPage();
    await other.goto('/notices');
    const station = await cast.enter(DEMO.station);
    await callSpecialist(station, { reason: 'Called while they look at their roster' });
    const heard = (page: Page) => page.getByRole('alert').filter({ hasText: 'Incoming call' });
    await Promise.all([specialist, other].map((page) => heard(page).waitFor(LIMIT)));
    await heard(specialist).getByRole('link', { name: 'To the worklist' }).click();
    await waitForRing(specialist);
    await heard(other).getByRole('button', { name: 'Decline' }).click();
    await other.getByRole('dialog').getByRole('radio', { name: 'Busy with another patient' }).check({ force: true });
    await other.getByRole('dialog').getByRole('button', { name: 'Decline' }).click();
    await heard(other).waitFor({ state: 'detached', ...LIMIT });
    await specialist.getByRole('button', { name: 'Accept' }).waitFor({ state: 'detached', ...LIMIT });
  });

  it('is there for the station when somebody answers, however long the request takes to be read anew', async () => {
    const specialist = await cast.enter(DEMO.neurologist);
    const station = await cast.enter(DEMO.station);
    const requestId = await callSpecialist(station, { specialty: 'Neurology', reason: 'Dizzy since the morning' });
    await waitForRing(specialist);
    await station.route(`**/api/consultations/${requestId}`, () => undefined);
    await accept(specialist);
    await cast.flows({ station, specialist });
    await station.getByRole('heading', { name: 'Video call' }).waitFor(LIMIT);
    await station.waitForFunction(() =>
      [...document.querySelectorAll('video')].some((video) => video.videoWidth > 0 && !video.muted),
    );
    await station.unrouteAll({ behavior: 'ignoreErrors' });
  });

  it('keeps what was typed in the request over a reload', async () => {
    const station = await cast.enter(DEMO.station);
    await fillRequest(station, { reason: 'Typed before the reload' });
    await station
      .getByText(/^Saved/)
      .first()
      .waitFor();
    await station.reload();
    await expect.poll(() => station.getByLabel('What is the question?').inputValue()).toBe('Typed before the reload');
    expect(await station.getByLabel('Blood pressure, upper').inputValue()).toBe('135');
  });
});

describe('without devices', () => {
  it('goes on with the voice and picture of the other side', async () => {
    const station = await cast.enter(DEMO.station, { devices: 'none' });
    const specialist = await cast.enter(DEMO.specialist);
    await callSpecialist(station, { reason: 'This PC has neither camera nor microphone' });
    await waitForRing(specialist);
    await accept(specialist);
    await expect.poll(async () => (await readReceived(station)).framesDecoded, { timeout: 30_000 }).toBeGreaterThan(15);
    // The other way there is nothing, and chat still works.
    await sendChat(station, 'I see and hear you, but have no camera');
    await specialist.getByText('I see and hear you, but have no camera').waitFor();
    expect((await readReceived(specialist)).audioPackets).toBe(0);
  });
});
