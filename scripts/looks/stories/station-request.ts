import { type Page } from 'playwright-core';
import { DEMO, fillRequest, pressCall, waitForPatient } from '../../../client/e2e/support/consult.ts';
import { noisePicture } from '../../../client/e2e/support/noise-picture.ts';
import type { Story } from '../look.ts';
import { choose, dialogOf, escape, press, refuse } from './steps.ts';

/** So that the next story finds nobody waiting. */
export async function cancelRequest(page: Page): Promise<void> {
  await press(page, 'Cancel the request');
  await dialogOf(page).getByText('Called by mistake').click();
  await press(dialogOf(page), 'Cancel the request');
  await page.getByRole('heading', { name: 'Open requests' }).waitFor();
}

const search: Story = {
  name: 'find a patient',
  login: DEMO.station,
  async play({ page, look }) {
    await page.goto('/requests/new');
    const field = page.getByLabel('Find the patient');
    await field.fill('620312300120');
    await page.getByText('A digit is wrong').waitFor();
    await look('IIN with a wrong digit');
    await field.fill('Қыдырғалиева Ыстықгүл');
    await page.getByText('Nobody was found').first().waitFor();
    await look('nobody found');
    await field.fill('а');
    await page.getByRole('search').getByRole('listitem').first().waitFor();
    await look('found');
    await press(page, 'Register a new patient');
    await page.getByLabel('Family name').fill('');
    await press(page, 'Register');
    await page.getByText('Enter the family name').waitFor();
    await look('registration with errors');
    await page.getByLabel('Family name').fill('Сынақова');
    await page.getByLabel('Given name').fill('Ақбота');
    await page.getByLabel('Birth date').fill('01.05.2021');
    await choose(page, 'Female');
    await look('registration of a child');
    await refuse(page, '**/api/patients', 'server.internal');
    await press(page, 'Register');
    await page.getByRole('alert').first().waitFor();
    await look('registration refused');
  },
};

const form: Story = {
  name: 'new request',
  login: DEMO.station,
  async play({ page, look }) {
    await page.goto('/');
    await page.getByRole('link', { name: /Call$/ }).first().click();
    await waitForPatient(page);
    await page.getByLabel('Blood pressure, upper').fill('182');
    await page.getByLabel('Oxygen (SpO₂)').fill('980');
    await press(page, 'Call');
    await page.getByText('Still needed').waitFor();
    await look('what is still needed');
    await page.getByLabel('Oxygen (SpO₂)').fill('71');
    await choose(page, 'Cardiology');
    await choose(page, /^Urgent/);
    await page.getByLabel('What is the question?').fill('Жүрегі шаншиды, түнде ұйқысы қашады. Не істеу керек?');
    await page
      .getByRole('combobox', { name: /ICD-10/ })
      .first()
      .fill('гипер');
    await page.getByRole('option').first().waitFor();
    await look('list of ICD-10');
    await page.getByRole('option').first().click();
    await page.getByText(/^Saved \d\d:\d\d$/).waitFor();
    await look('filled in');
    await press(page, 'Change');
    await dialogOf(page).waitFor();
    await look('allergies, conditions, medicines');
    await escape(page);
    await page
      .locator('input[type=file][multiple]')
      .first()
      .setInputFiles({ name: 'photo.png', mimeType: 'image/png', buffer: noisePicture(400, 300) });
    await dialogOf(page).waitFor();
    await look('what is on the photo');
    await press(dialogOf(page), 'Add to the request');
    await page.getByText('Kept here; sent with the request').waitFor();
    await look('a photo waits');
    await press(page, 'Call');
    await dialogOf(page).waitFor();
    await look('unusual vital signs');
    await escape(page);
    await page.goto('/');
    await page.getByRole('heading', { name: 'Drafts on this computer' }).waitFor();
    await look('start page with a draft');
  },
};

const written: Story = {
  name: 'request in writing',
  login: DEMO.station,
  async play({ page, look }) {
    await fillRequest(page, { reason: 'A spreading rash since Friday: what is it?' });
    const refused = await refuse(page, '**/api/planned-consultations', 'server.overloaded');
    await press(page, 'Answer in writing');
    await page.getByRole('alert').first().waitFor();
    await look('overloaded');
    await refused.lift();
    await press(page, 'Answer in writing');
    await page.waitForURL(/\/status/);
    await press(page, 'Complete the card');
    await dialogOf(page).getByLabel('Complaints').waitFor();
    await look('card to complete');
    await escape(page);
    await press(page, 'Cancel the request');
    await look('cancel?');
    await escape(page);
  },
};

const emergency: Story = {
  name: 'emergency',
  login: DEMO.station,
  async play({ page, look }) {
    await page.getByRole('link', { name: 'Emergency' }).click();
    await page.getByRole('button', { name: /^Neurology/ }).waitFor();
    await look('choice');
    await refuse(page, '**/api/consultations', 'server.overloaded');
    await page.getByRole('button', { name: /^Neurology/ }).click();
    await page.getByRole('alert').first().waitFor();
    await look('refused');
    await page.unroute('**/api/consultations');
    await page.getByLabel(/^What happened/).fill('Есін жиған жоқ, құлап қалған');
    await page.getByRole('button', { name: /^Neurology/ }).click();
    await page.waitForURL(/\/call$/);
    await page.getByText('Patient not chosen yet').waitFor();
    await look('rings without a patient');
    await press(page, 'Choose the patient');
    await dialogOf(page).getByRole('listitem').first().waitFor();
    await look('who is it about');
    await dialogOf(page).getByRole('listitem').first().getByRole('button').click();
    await page.getByRole('region', { name: 'Patient' }).getByText('Born').waitFor();
    await press(page, 'Complete the card');
    await dialogOf(page).getByLabel('Or: why no consent could be asked').fill('Unconscious');
    await look('card in an emergency');
    await escape(page);
    await cancelRequest(page);
  },
};

const waiting: Story = {
  name: 'waiting',
  login: DEMO.station,
  async play({ page, look }) {
    await fillRequest(page);
    await pressCall(page);
    await page.getByRole('list', { name: 'Who is called' }).locator('[aria-current="step"]').waitFor();
    await look('ladder');
    await press(page, 'Microphone and camera');
    await dialogOf(page).waitFor();
    await look('microphone and camera');
    await escape(page);
    await press(page, 'Cancel the request');
    await look('cancel?');
    await escape(page);
    await page.context().setOffline(true);
    await page.getByText(/^No link for/).waitFor();
    await look('without a link');
    await page.context().setOffline(false);
    await page.getByText('Connected', { exact: true }).waitFor();
    await cancelRequest(page);
  },
};

const ended: Story = {
  name: 'session',
  login: DEMO.station,
  async play({ page, look }) {
    await fillRequest(page, { reason: 'Fell off a horse, the arm hurts' });
    await press(page, 'Sign out');
    await dialogOf(page).waitFor();
    await look('sign out with a draft');
    await escape(page);
    await page.context().clearCookies();
    await press(page, 'Call');
    await page.getByRole('dialog', { name: 'Your session has ended' }).waitFor();
    await look('has ended');
    await page.goto('/sign-in');
    await page.getByLabel('Login').fill(DEMO.station);
    await page.getByLabel('Password', { exact: true }).fill('not it');
    await press(page, 'Sign in');
    await page.getByRole('alert').waitFor();
    await look('wrong password');
    await refuse(page, '**/api/session', 'request.rate_limited');
    await press(page, 'Sign in');
    await page.getByRole('timer').waitFor();
    await look('asked too often');
    await page.goto('/no-such-page');
    await page.locator('h1').first().waitFor();
    await look('page not found');
  },
};

export const stationRequest: readonly Story[] = [search, form, written, emergency, waiting, ended];
