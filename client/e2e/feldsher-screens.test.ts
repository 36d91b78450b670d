import type { Patient } from '@jaqyn/shared/patients/patient.contract';
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { axeViolations } from './support/axe.ts';
import { Cast } from './support/cast.ts';
import { DEMO, fillRequest, waitForPatient } from './support/consult.ts';
import { ask } from './support/rosters.ts';

let cast: Cast;

beforeAll(async () => {
  cast = await Cast.create();
});
afterEach(() => cast.closeWindows());
afterAll(() => cast.close());

const LANGUAGES = ['ҚАЗ', 'РУС', 'ENG'] as const;
const SCREENS = [
  { size: 'an old PC', viewport: { width: 1366, height: 768 }, colorScheme: 'light' },
  { size: 'a telephone', viewport: { width: 390, height: 844 }, colorScheme: 'dark' },
] as const;

/** Says it is dark before the page starts; the choice is kept on the device. */
async function setScheme(page: Page, scheme: 'light' | 'dark'): Promise<void> {
  await page.evaluate((chosen) => localStorage.setItem('jaqyn.scheme', chosen), scheme);
  await page.reload();
}

/** Looks in each language without leaving the page: what is open stays open. */
async function lookInEachLanguage(page: Page, screen: string): Promise<void> {
  for (const language of LANGUAGES) {
    await page.getByRole('button', { name: language, exact: true }).click();
    await page.locator(`html[lang=${{ ҚАЗ: 'kk', РУС: 'ru', ENG: 'en' }[language]}]`).waitFor({ state: 'attached' });
    expect(await axeViolations(page), `${screen}, ${language}`).toEqual([]);
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
      `${screen}, ${language}`,
    ).toBe(true);
  }
}

describe.each(SCREENS)('on $size', ({ viewport, colorScheme }) => {
  it('has no axe violation and nothing wider than the screen, in any language', { timeout: 240_000 }, async () => {
    const page = await cast.open({ viewport });
    const refused: string[] = [];
    await page.exposeFunction('noteRefused', (what: string) => refused.push(what));
    await page.addInitScript(() => {
      addEventListener('securitypolicyviolation', (event) => {
        (window as never as { noteRefused(what: string): void }).noteRefused(
          `${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`,
        );
      });
    });
    await page.goto('/sign-in');
    await setScheme(page, colorScheme);
    await page.getByLabel('Login').fill(DEMO.station);
    await page.getByLabel('Password', { exact: true }).fill('not it');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').waitFor();
    await lookInEachLanguage(page, 'sign-in');

    await page.getByLabel('Password', { exact: true }).fill(DEMO.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Recent patients' }).waitFor();
    await page.getByRole('link', { name: /Call$/ }).first().waitFor();
    await lookInEachLanguage(page, 'start');

    await page.getByRole('link', { name: 'Emergency' }).click();
    await page.getByRole('button', { name: /^Cardiology/ }).waitFor();
    await lookInEachLanguage(page, 'emergency');

    await page.goto('/requests/new');
    await page.getByLabel('Find the patient').fill('620312300120');
    await page.getByText('A digit is wrong').waitFor();
    await lookInEachLanguage(page, 'search');
    await page.getByRole('button', { name: 'Register a new patient' }).click();
    await page.getByRole('button', { name: 'Register', exact: true }).click();
    await page.getByText('Enter the family name').waitFor();
    await lookInEachLanguage(page, 'registration');

    await page.goto('/');
    await page.getByRole('link', { name: /Call$/ }).first().click();
    await page.getByLabel('What is the question?').waitFor();
    await page.getByLabel('Blood pressure, upper').fill('182');
    await page.getByLabel('Oxygen (SpO₂)').fill('980');
    await page.getByRole('button', { name: 'Call', exact: true }).click();
    await page.getByText('Still needed').waitFor();
    await lookInEachLanguage(page, 'request');
    expect(refused).toEqual([]);
  });
});

describe('what was typed', () => {
  it('stays when the language is switched', async () => {
    const page = await cast.enter('feldsher2');
    await fillRequest(page, { reason: 'Ентігеді, түнде жөтеледі' });
    await page.getByRole('button', { name: 'РУС', exact: true }).click();
    await page.getByRole('heading', { name: 'Новый запрос' }).waitFor();
    expect(await page.getByLabel('В чём вопрос?').inputValue()).toBe('Ентігеді, түнде жөтеледі');
    expect(await page.getByRole('radio', { name: /^Кардиология/ }).isChecked()).toBe(true);
  });

  it('is there after a reload and in the list of drafts, and gone after signing out', async () => {
    const page = await cast.enter('feldsher2');
    await fillRequest(page, { reason: 'Headache since the morning' });
    await page.getByText(/^Saved \d\d:\d\d$/).waitFor();
    await page.reload();
    await page.getByText(/^Draft of/).waitFor();
    expect(await page.getByLabel('What is the question?').inputValue()).toBe('Headache since the morning');

    await page.goto('/');
    await page.getByRole('heading', { name: 'Drafts on this computer' }).waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('Login').waitFor();
    const left = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          const opening = indexedDB.open('jaqyn');
          opening.onsuccess = () => {
            const count = opening.result.transaction('drafts').objectStore('drafts').count();
            count.onsuccess = () => resolve(count.result);
          };
        }),
    );
    expect(left).toBe(0);
  });

  it('waits behind the dialog when the session has ended, and goes on after the password', async () => {
    const page = await cast.enter('feldsher2');
    await fillRequest(page, { reason: 'Fell off a horse, the arm hurts' });
    await page.context().clearCookies();
    await page.getByRole('button', { name: 'Call', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Your session has ended' });
    await dialog.waitFor();
    expect(await dialog.getByLabel('Login').inputValue()).toBe('feldsher2');
    await dialog.getByLabel('Password', { exact: true }).fill(DEMO.password);
    await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'ENG', exact: true }).click();
    expect(await page.getByLabel('What is the question?').inputValue()).toBe('Fell off a horse, the arm hurts');
    await page.getByRole('button', { name: 'Call', exact: true }).click();
    await page.waitForURL(/\/call$/);
    await cancelRequest(page);
  });
});

describe('the way to a specialist', () => {
  it('takes two presses in an emergency, and the patient follows while it rings', async () => {
    const page = await cast.enter('feldsher2');
    await page.getByRole('link', { name: 'Emergency' }).click();
    await page.getByRole('button', { name: /^Neurology/ }).click();
    await page.waitForURL(/\/call$/);
    await page.getByText('Patient not chosen yet').waitFor();
    await page.getByRole('button', { name: 'Choose the patient' }).click();
    await page.getByRole('dialog').getByRole('listitem').first().getByRole('button').click();
    await page.getByRole('region', { name: 'Patient' }).getByText('Born').waitFor();

    // The card while it rings: what is missing is shown, and nothing is forced.
    await page.getByText('Consent not recorded yet').waitFor();
    await page.getByRole('button', { name: 'Complete the card' }).click();
    const card = page.getByRole('dialog', { name: 'Complete the card' });
    await card.getByLabel('Complaints').fill('Does not wake up');
    await saveOverColleague(page, card);
    await card.getByLabel('Or: why no consent could be asked').fill('Unconscious, nobody is with them');
    await card.getByRole('button', { name: 'Go on without' }).click();
    expect(await axeViolations(page)).toEqual([]);
    await card.getByRole('button', { name: 'Save the card' }).click();
    await card.waitFor({ state: 'detached' });
    await page.getByText('Emergency: no consent could be asked').waitFor();
    await page.getByText(/^\d of \d ready$/).waitFor();
    await cancelRequest(page);
  });

  it('pressed again after a lost answer, with another word, is the call that rings already', async () => {
    const page = await cast.enter('feldsher2');
    await page.getByRole('link', { name: 'Emergency' }).click();
    // The page asks for its lists at the same address.
    let isLost = false;
    await page.route(
      (url) => url.pathname === '/api/consultations',
      async (route) => {
        if (isLost || route.request().method() !== 'POST') return route.fallback();
        isLost = true;
        await route.fetch();
        return route.abort();
      },
    );
    await page.getByRole('button', { name: /^Neurology/ }).click();
    await page.getByRole('alert').waitFor();
    await page.getByLabel(/^What happened/).fill('Does not wake up');
    await page.getByRole('button', { name: /^Neurology/ }).click();
    await page.waitForURL(/\/call$/);
    await page.getByRole('heading', { name: 'Calling the specialist' }).waitFor();
    // The word itself waits in the card.
    await page.getByRole('button', { name: 'Complete the card' }).click();
    const card = page.getByRole('dialog', { name: 'Complete the card' });
    await expect.poll(() => card.getByLabel('Complaints').inputValue()).toBe('Does not wake up');
    await card.getByRole('button', { name: 'Close' }).click();
    await cancelRequest(page);
  });

  it('takes at most eight presses for a known patient, from the start page', async () => {
    const page = await cast.enter('feldsher2');
    await page.evaluate(() => {
      document.documentElement.dataset['presses'] = '0';
      addEventListener(
        'pointerdown',
        () => {
          const { dataset } = document.documentElement;
          dataset['presses'] = String(Number(dataset['presses']) + 1);
        },
        true,
      );
    });
    await page.getByRole('link', { name: /Call$/ }).first().click();
    await waitForPatient(page);
    // Not by its words alone: the start page's day list has them too while the form is on its way.
    await page.getByRole('radio', { name: 'Cardiology' }).check({ force: true });
    await page.getByText('An answer is needed today').click();
    await page.getByLabel('What is the question?').click();
    await page.keyboard.type('Pressure is high again');
    await page.getByLabel('Blood pressure, upper').click();
    await page.keyboard.type('135');
    await page.keyboard.press('Tab');
    await page.keyboard.type('85');
    await page.getByRole('button', { name: 'Still so' }).click();
    await page.getByRole('button', { name: 'It was read aloud, they agree' }).click();
    await page.getByRole('button', { name: 'Call', exact: true }).click();
    await page.waitForURL(/\/call$/);
    expect(await page.evaluate(() => Number(document.documentElement.dataset['presses']))).toBeLessThanOrEqual(8);
    await page.getByText('Consent given').waitFor();
    await page.getByText(/^\d of 6 ready$/).waitFor();
    await cancelRequest(page);
  });

  it('keeps its place through a reload of the waiting screen', async () => {
    const page = await cast.enter('feldsher2');
    await fillRequest(page);
    await page.getByRole('button', { name: 'Call', exact: true }).click();
    await page.getByRole('heading', { name: 'Calling the specialist' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Calling the specialist' }).waitFor();
    await cancelRequest(page);
  });

  it('is refused politely with a wrong password and an unknown name alike', async () => {
    const page = await cast.open();
    const words: (string | null)[] = [];
    for (const login of [DEMO.station, 'nobody-of-this-name']) {
      await page.goto('/sign-in');
      await page.getByLabel('Login').fill(login);
      await page.getByLabel('Password', { exact: true }).fill('wrong');
      await page.getByRole('button', { name: 'Sign in' }).click();
      const said = await page.getByRole('alert').textContent();
      words.push(said?.replace(/[0-9a-f]{8}$/, '') ?? null);
    }
    expect(words[0]).toContain('The login or the password is wrong');
    expect(words[1]).toBe(words[0]);
  });

  // After the others: its patient is the station's most recent one from then on.
  it('raises the urgency by the danger signs of a mother, and lowers it only for a reason', async () => {
    const page = await cast.enter('feldsher2');
    await page.goto('/requests/new');
    await page.getByRole('button', { name: 'Register a new patient' }).click();
    await page.getByLabel('Family name').fill('Сынақова');
    await page.getByLabel('Given name').fill('Ақбота');
    await page.getByLabel('Birth date').fill('01.05.1998');
    await page.getByRole('radio', { name: 'Female' }).check({ force: true });
    // Registered, and the answer lost; then something is corrected, and the press is another one.
    await page.route('**/api/patients', async (route) => route.fetch().then(() => route.abort()), { times: 1 });
    await page.getByRole('button', { name: 'Register', exact: true }).click();
    await page.getByText('No connection to the server').waitFor();
    await page.getByLabel('Phone').fill('+7 701 000 00 00');
    await page.getByRole('button', { name: 'Register', exact: true }).click();
    await page.getByRole('button', { name: 'Open the card as it was registered' }).click();
    await page.getByRole('radio', { name: /^Obstetrics/ }).check({ force: true });
    await page.getByRole('radio', { name: /^Routine/ }).check({ force: true });
    await page.getByText('Pregnant', { exact: true }).click();
    await page.getByLabel('The waters have broken').check();
    await page.getByRole('radio', { name: /^Very urgent/, checked: true }).waitFor({ state: 'attached' });
    await page.getByRole('radio', { name: /^Routine/ }).check({ force: true });
    await page.getByLabel('What is the question?').fill('When to go to the hospital?');
    await page.getByRole('button', { name: 'Call', exact: true }).click();
    await page.getByText(/^Still needed:.*danger signs/).waitFor();
    await page.getByLabel('Why less urgent than the signs ask for?').fill('The ambulance is on its way');
    await page.getByText('0 of 6 ready').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Call', exact: true }).click();
    await page.waitForURL(/\/call$/);
    await page.getByText(/^Danger signs, they ask for: Very urgent/).waitFor();
    await page.getByText('The station decided otherwise: The ambulance is on its way').waitFor();
    await cancelRequest(page);
  });
});

/** Somebody else saves the summary while it is being changed: theirs is shown, and this one can be saved over it. */
async function saveOverColleague(page: Page, card: Locator): Promise<void> {
  await card.getByRole('button', { name: 'Change' }).click();
  const editor = page.getByRole('dialog', { name: 'Allergies, conditions, medicines' });
  await editor
    .getByRole('group', { name: 'Medicines taken now' })
    .getByRole('radio', { name: 'Yes' })
    .check({ force: true });
  await editor.getByLabel('Dose').last().fill('5 mg');
  const { patients } = await ask<{ patients: Patient[] }>(page, '/api/patients?limit=1');
  const [patient] = patients;
  const theirs = await page.request.put(`/api/patients/${patient?.id}/summary`, {
    data: {
      baseVersion: patient?.summaryVersion,
      summary: { ...patient?.summary, allergies: [{ substance: 'Iodine', reaction: '', severity: 'severe' }] },
    },
  });
  expect(theirs.ok(), await theirs.text()).toBe(true);
  await editor.getByRole('button', { name: 'Save', exact: true }).click();
  // Of what is typed nothing is dropped without a word.
  await editor.getByText('Write what it is, or remove the row').waitFor();
  await editor.getByLabel('Name of the medicine').last().fill('Amlodipine');
  await editor.getByRole('button', { name: 'Save', exact: true }).click();
  await editor.getByText(/^Somebody saved this card after you began/).waitFor();
  await editor.getByText('Iodine').waitFor();
  expect(await axeViolations(page), 'a summary that somebody else saved').toEqual([]);
  await editor.getByRole('button', { name: 'Save mine over it' }).click();
  await editor.waitFor({ state: 'detached' });
  await card.getByText('Amlodipine').waitFor();
}

async function cancelRequest(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Cancel the request' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Called by mistake').click();
  await dialog.getByRole('button', { name: 'Cancel the request' }).click();
  await page.getByRole('heading', { name: 'Open requests' }).waitFor();
}
