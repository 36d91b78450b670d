import type { Consultation } from '@jaqyn/shared/consultations/consultation.contract';
import type { EndpointResponse } from '@jaqyn/shared/kernel/endpoint';
import type { listLadders } from '@jaqyn/shared/ladders/ladder.contract';
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { newId } from '../src/lib/ids.ts';
import { axeViolations } from './support/axe.ts';
import { Cast } from './support/cast.ts';
import {
  accept,
  CONCLUSION,
  callSpecialist,
  DEMO,
  fillRequest,
  requestIdOf,
  sign,
  waitForRing,
  writeConclusion,
} from './support/consult.ts';
import { hugePicture, noisePicture } from './support/noise-picture.ts';
import { ask } from './support/rosters.ts';

/** A consult never fails, it steps down: without a call, past people who do not answer, and after a call that died. */
let cast: Cast;

beforeAll(async () => {
  cast = await Cast.create();
});
afterEach(() => cast.closeWindows());
afterAll(() => cast.close());

const patiently = { timeout: 60_000 };

/** The line of uploads of one page: cut as soon as a file is this far, until it is mended. */
async function cutUploads(page: Page, atBytes: number): Promise<{ resumedFrom: number[]; mend(): void }> {
  let isCut = false;
  let isMended = false;
  const resumedFrom: number[] = [];
  await page.route('**/api/uploads/*', async (route) => {
    const request = route.request();
    const offset = Number(request.headers()['upload-offset'] ?? 0);
    if (request.method() === 'PATCH' && offset >= atBytes && !isMended) isCut = true;
    if (isCut) return route.abort('connectionfailed');
    if (isMended && request.method() === 'PATCH') resumedFrom.push(offset);
    return route.continue();
  });
  return {
    resumedFrom,
    mend() {
      isCut = false;
      isMended = true;
    },
  };
}

async function addFile(page: Page, buffer: Buffer, kind: string, note: string, send: string): Promise<void> {
  await page
    .locator('input[type=file][multiple]')
    .first()
    .setInputFiles({ name: 'photo.png', mimeType: 'image/png', buffer });
  const dialog = page.getByRole('dialog', { name: 'What is on it?' });
  await dialog.getByRole('radio', { name: kind }).check({ force: true });
  await dialog.getByLabel('Note').fill(note);
  await dialog.getByRole('button', { name: send }).click();
  await dialog.waitFor({ state: 'detached' });
}

it('is asked for in writing, with a photo over a line that breaks in the middle of it, and answered without a call', async () => {
  const station = await cast.enter(DEMO.station);
  const photo = noisePicture(900, 800);
  const reason = 'A spreading rash since Friday: what is it?';
  await fillRequest(station, { reason });
  await addFile(station, photo, 'Skin', 'Left forearm', 'Add to the request');
  await station.getByText('Kept here; sent with the request').waitFor();
  const line = await cutUploads(station, 300_000);
  await station.getByRole('button', { name: 'Answer in writing' }).click();
  await station.waitForURL(/\/requests\/[0-9a-f-]{36}\/status/);
  const requestId = requestIdOf(station);
  await station.getByText('No connection; it goes on by itself').waitFor(patiently);
  expect(await axeViolations(station), 'a file on its way').toEqual([]);

  // The small copy went ahead of it, and the case can be taken up.
  const specialist = await cast.enter(DEMO.specialist);
  const brief = specialist.getByRole('article').filter({ hasText: reason });
  await brief.getByRole('button', { name: 'Answer in writing' }).click(patiently);
  await specialist.waitForURL(`**/consults/${requestId}`);
  await specialist.getByText('Small copy; the whole is coming').waitFor(patiently);

  // The page is gone and comes back while the line is away; then the file goes on where it was.
  await station.reload();
  await station.getByText('No connection; it goes on by itself').waitFor(patiently);
  line.mend();
  const tile = { name: /Skin.*Left forearm/ } as const;
  await station.getByRole('button', tile).waitFor(patiently);
  await station.locator('progress').first().waitFor({ state: 'detached', timeout: 90_000 });
  expect(line.resumedFrom[0]).toBeGreaterThanOrEqual(300_000);

  await specialist.getByText('Small copy; the whole is coming').waitFor({ state: 'detached', ...patiently });
  await specialist.getByRole('button', tile).click();
  const viewer = specialist.getByRole('dialog', { name: 'Photos and files' });
  await viewer.getByRole('button', { name: 'Larger' }).click();
  await viewer.locator('img[data-full=true]').waitFor(patiently);
  expect(await axeViolations(specialist), 'the viewer').toEqual([]);
  await specialist.keyboard.press('Escape');
  await viewer.waitFor({ state: 'detached' });

  // A question back; what it asks for is added where it is answered.
  await specialist.getByRole('button', { name: 'Ask the station' }).click();
  await specialist.getByLabel(/What should the station tell/).fill('And the other arm?');
  await specialist.getByRole('dialog').getByRole('button', { name: 'Ask' }).click();
  // Until it is answered one can write, and not sign.
  await specialist.getByText(/Before signing:.*the station has not answered yet/).waitFor(patiently);
  await specialist.getByLabel('Findings').fill('Begun while the station is asked');
  await specialist
    .getByText(/^Saved/)
    .first()
    .waitFor(patiently);
  const question = station.getByRole('region', { name: "The specialist's side asks" });
  await question.getByText('And the other arm?').waitFor(patiently);
  await addFile(station, noisePicture(40, 30), 'Skin', 'Right forearm', 'Send');
  await question.getByRole('button', { name: /Skin.*Right forearm/ }).waitFor(patiently);
  expect(await axeViolations(station), 'the question').toEqual([]);
  // What cannot be taken is said, and stands in nobody's way.
  await addFile(station, hugePicture(), 'Skin', 'Too large', 'Send');
  await station.getByText('The picture has more than 60 megapixels').waitFor(patiently);
  await station.getByRole('button', { name: 'Send it smaller' }).waitFor();
  await answerAsColleague(station, requestId, question, { typed: 'Many of them there too', sent: 'I have to look' });
  await specialist.getByText('I have to look').first().waitFor(patiently);
  await specialist.getByRole('button', { name: 'Ask the station' }).click();
  await specialist.getByLabel(/What should the station tell/).fill('And did you look?');
  await specialist.getByRole('dialog').getByRole('button', { name: 'Ask' }).click();
  await question.getByText('And did you look?').waitFor(patiently);
  await question.getByLabel('Your answer').fill('Fewer spots there, see the photo');
  await question.getByRole('button', { name: 'Send the answer' }).click();
  await specialist.getByText('Fewer spots there, see the photo').first().waitFor(patiently);
  await specialist.getByRole('button', { name: /Skin.*Right forearm/ }).waitFor(patiently);

  expect(await specialist.getByLabel('Findings').inputValue()).toBe('Begun while the station is asked');
  await writeConclusion(specialist);
  await sign(specialist);
  await station.waitForURL(`**/requests/${requestId}/result`, patiently);
  await station.getByText(CONCLUSION.findings).first().waitFor(patiently);
}, 300_000);

it('climbs to the third rung before the eyes of the station; the call dies and is answered in writing, with nothing typed again', async () => {
  const third = await cast.enter('cardio3');
  const otherTab = await third.context().newPage();
  await otherTab.goto('/worklist');
  await setLadder();
  const station = await cast.enter(DEMO.station);
  const requestId = await callSpecialist(station, { reason: 'Typed once and never again', systolic: '138' });
  const ladder = station.getByRole('list', { name: 'Who is called' });
  const now = ladder.locator('[aria-current="step"]');
  await now.getByRole('timer').waitFor(patiently);
  expect(await axeViolations(station), 'the ladder').toEqual([]);
  await now.getByText('at the screen, it rings').waitFor(patiently);
  expect(await ladder.getByText('no answer').count()).toBe(2);
  expect(await ladder.getByRole('listitem').nth(2).getAttribute('aria-current')).toBe('step');

  // It rings in each of their windows and is over in each with the answer.
  await waitForRing(otherTab);
  await waitForRing(third);
  await accept(third);
  await otherTab.getByRole('button', { name: 'Accept', exact: true }).waitFor({ state: 'detached', ...patiently });
  await otherTab.close();
  await cast.flows({ station, specialist: third });
  await third.getByLabel('Findings').fill('Begun while talking');

  // The station goes away in the middle of it, for good: a line that is only cut is waited for.
  await station.request.delete('/api/session');
  await station.context().close();
  await third.getByRole('button', { name: 'Answer in writing' }).click(patiently);
  await third.getByRole('button', { name: 'Ask the station' }).waitFor(patiently);
  await expect.poll(() => third.getByLabel('Findings').inputValue(), patiently).toBe('Begun while talking');
  await third.getByText('Typed once and never again').first().waitFor();
  await third.getByText('138').first().waitFor();

  await writeConclusion(third);
  await sign(third);
  const elsewhere = await cast.enter(DEMO.station);
  await elsewhere.goto(`/requests/${requestId}/result`);
  await elsewhere.getByText(CONCLUSION.findings).first().waitFor(patiently);
}, 300_000);

/** Somebody else at the station answers what is being answered: what was typed stays, and is called what it is. */
async function answerAsColleague(
  page: Page,
  requestId: string,
  question: Locator,
  { typed, sent }: { typed: string; sent: string },
): Promise<void> {
  await question.getByLabel('Your answer').fill(typed);
  const address = `/api/consultations/${requestId}`;
  const { questions } = await ask<Consultation>(page, address);
  const open = questions.find(({ answer }) => answer === null);
  const answered = await page.request.post(`${address}/questions/${open?.id}/answer`, {
    data: { answer: sent, vitals: {} },
  });
  expect(answered.ok(), await answered.text()).toBe(true);
  await page.getByText('The question was answered already').waitFor(patiently);
  expect(await page.getByLabel('Your answer, not sent').inputValue()).toBe(typed);
  expect(await axeViolations(page), 'an answer that was not sent').toEqual([]);
  await page.getByRole('button', { name: 'Delete what was not sent' }).click();
  await page.getByText('The question was answered already').waitFor({ state: 'detached' });
}

/** Two rungs as short as may be, and a third on which somebody sits. */
async function setLadder(): Promise<void> {
  const office = await cast.enter('coordinator');
  const { specialists } = await ask<EndpointResponse<typeof listLadders>>(office, '/api/escalation-ladders');
  // cardio2 and cardio3 of the demo.
  const [second, third] = ['Ким Виктор', 'Жүнісов Дәурен'].map(
    (name) => specialists.find(({ displayName }) => displayName.startsWith(name))?.id,
  );
  const saved = await office.request.put(`/api/escalation-ladders/${newId()}`, {
    data: {
      specialty: 'cardiology',
      region: null,
      seenId: null,
      effectiveFrom: new Date().toISOString(),
      steps: [
        { kind: 'on_call', seconds: 10, reach: 'country' },
        { kind: 'head', seconds: 10, practitionerIds: [second] },
        { kind: 'head', seconds: 300, practitionerIds: [third] },
      ],
    },
  });
  expect(saved.ok(), await saved.text()).toBe(true);
}
