import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { axeViolations } from './support/axe.ts';
import { Cast } from './support/cast.ts';
import { accept, CONCLUSION, callSpecialist, DEMO, sign, waitForRing, writeConclusion } from './support/consult.ts';

const PATIENTLY = { timeout: 60_000 };
/** Long enough to be seen ringing, short enough for a journey. */
const RING_SECONDS = '12';

let cast: Cast;

beforeAll(async () => {
  cast = await Cast.create({ JAQYN_RING_SECONDS: RING_SECONDS });
});
afterEach(() => cast.closeWindows());
afterAll(() => cast.close());

it('climbs to the third rung before the eyes of the station, and shows the numbers when nobody answered', async () => {
  const station = await cast.enter(DEMO.station);
  await callSpecialist(station, { reason: 'Nobody answers this one' });
  const ladder = station.getByRole('list', { name: 'Who is called' });
  const now = ladder.locator('[aria-current="step"]');
  // Who, since when, and how long until the next.
  await now.getByText('On call').waitFor(PATIENTLY);
  await now.getByRole('timer').waitFor(PATIENTLY);
  await now.getByText('Backup').waitFor(PATIENTLY);
  await ladder.getByText('no answer').first().waitFor(PATIENTLY);
  expect(await axeViolations(station), 'the ladder').toEqual([]);
  await station.getByRole('heading', { name: 'Nobody answered' }).waitFor(PATIENTLY);
  await now.getByRole('link', { name: /103/ }).waitFor(PATIENTLY);
  expect(await now.getByRole('link').first().getAttribute('href')).toMatch(/^tel:/);
  expect(await axeViolations(station), 'the numbers').toEqual([]);
});

it('a call that dies is answered in writing, with nothing typed again', async () => {
  const specialist = await cast.enter(DEMO.specialist);
  const station = await cast.enter(DEMO.station);
  const requestId = await callSpecialist(station, { reason: 'Typed once and never again', systolic: '142' });
  await waitForRing(specialist);
  await accept(specialist);
  await cast.flows({ station, specialist });
  await specialist.getByLabel('Findings').fill('Begun while talking');
  // The station's computer goes away in the middle of it.
  await station.context().close();
  await specialist.getByRole('button', { name: 'Answer in writing' }).click(PATIENTLY);
  await specialist.getByRole('button', { name: 'Ask the station' }).waitFor(PATIENTLY);
  await expect.poll(() => specialist.getByLabel('Findings').inputValue(), PATIENTLY).toBe('Begun while talking');
  await specialist.getByText('Typed once and never again').first().waitFor();

  // A question back, answered by the station on another computer; the case comes back with its answer.
  await specialist.getByRole('button', { name: 'Ask the station' }).click();
  await specialist.getByLabel(/What should the station tell/).fill('What does the ECG show?');
  await specialist.getByRole('dialog').getByRole('button', { name: 'Ask' }).click();
  const elsewhere = await cast.enter(DEMO.station);
  await elsewhere.goto(`/requests/${requestId}/status`);
  await elsewhere.getByText('What does the ECG show?').waitFor(PATIENTLY);
  expect(await axeViolations(elsewhere), 'the question').toEqual([]);
  await elsewhere.getByLabel('Your answer').fill('Sinus rhythm, no ST changes');
  await elsewhere.getByRole('button', { name: 'Send the answer' }).click();
  await elsewhere.getByText('Sinus rhythm, no ST changes').waitFor(PATIENTLY);
  await specialist.goto(`/consults/${requestId}`);
  await specialist.getByText('Sinus rhythm, no ST changes').first().waitFor(PATIENTLY);

  await writeConclusion(specialist);
  await sign(specialist);
  await elsewhere.goto(`/requests/${requestId}/result`);
  await elsewhere.getByText(CONCLUSION.findings).first().waitFor(PATIENTLY);
});
