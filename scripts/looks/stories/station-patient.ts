import type { Page } from 'playwright-core';
import { DEMO, fillRequest, pressCall, waitForRing } from '../../../client/e2e/support/consult.ts';
import { ask, dotted } from '../../../client/e2e/support/rosters.ts';
import type { CalendarDate } from '../../../shared/src/kernel/time.ts';
import type { Story } from '../look.ts';
import { cancelRequest } from './station-request.ts';
import { choose, dialogOf, escape, press, refuse } from './steps.ts';

interface Registered {
  readonly familyName: string;
  readonly givenName: string;
  readonly birthDate: CalendarDate;
}

async function register(page: Page, { familyName, givenName, birthDate }: Registered): Promise<void> {
  await page.goto('/requests/new');
  await page.getByLabel('Find the patient').fill('Ъъъъ');
  await press(page, 'Register a new patient');
  await page.getByLabel('Family name').fill(familyName);
  await page.getByLabel('Given name').fill(givenName);
  await page.getByLabel('Birth date').fill(dotted(birthDate));
  await page.getByRole('region', { name: 'Perhaps registered already' }).waitFor();
}

const duplicate: Story = {
  name: 'perhaps registered already',
  login: DEMO.station,
  async play({ cast, page, look }) {
    const other = await cast.enter('feldsher2');
    const [here, there] = await Promise.all(
      [page, other].map(async (of) => (await ask<{ patients: Registered[] }>(of, '/api/patients?limit=5')).patients[0]),
    );
    if (here === undefined || there === undefined) throw new Error('nobody is registered');
    await register(page, here);
    await look('at this station');
    await register(page, there);
    await look('elsewhere');
    await press(page, 'Open this card here');
    const dialog = dialogOf(page);
    await press(dialog, 'Open the card');
    await dialog.getByText('Choose one').waitFor();
    await look('why here, with errors');
    await choose(dialog, /^Visiting/);
    await dialog.getByLabel('What do you know it by?').fill('Жеке куәлігін көрсетті, қызының үйінде тұрып жатыр');
    const refused = await refuse(page, '**/stays', 'server.overloaded');
    await press(dialog, 'Open the card');
    await dialog.getByRole('alert').waitFor();
    await look('not opened');
    await refused.lift();
    await press(dialog, 'Open the card');
    await page.getByRole('region', { name: 'Patient', exact: true }).waitFor();
    await look('the card is opened');
  },
};

const consent: Story = {
  name: 'consent',
  login: DEMO.station,
  async play({ cast, page, look }) {
    await fillRequest(page);
    await page.getByRole('group', { name: 'Text to read aloud' }).waitFor();
    await choose(page, 'По-русски');
    await look('to be read aloud');
    await page.getByText('The patient signed on paper').click();
    await press(page, 'It was read aloud, they agree');
    await look('given');
    await pressCall(page);
    const specialist = await cast.enter(DEMO.specialist);
    await waitForRing(specialist);
    await press(page, 'Withdraw consent');
    const dialog = dialogOf(page);
    await dialog
      .getByLabel('What does the patient say?')
      .fill('Бейтаныс дәрігермен бейнебайланыс арқылы сөйлескім келмейді');
    await look('withdrawn?');
    const refused = await refuse(page, '**/consents', 'server.internal');
    await press(dialog, 'Write it down');
    await dialog.getByRole('alert').waitFor();
    await look('not written down');
    await refused.lift();
    await press(dialog, 'Write it down');
    await page.getByText('Consent withdrawn').first().waitFor();
    await look('withdrawn');
    await look('withdrawn, at the specialist', specialist);
    await press(page, 'Complete the card');
    await dialogOf(page).getByRole('group', { name: 'Text to read aloud' }).waitFor();
    await look('asked again');
    await escape(page);
    await cancelRequest(page);
  },
};

export const stationPatient: readonly Story[] = [duplicate, consent];
