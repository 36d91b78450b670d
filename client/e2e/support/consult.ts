import type { Page } from 'playwright-core';

/** The demo's memorable accounts (scripts/seed/demo-accounts.ts). */
export const DEMO = {
  password: 'jaqyn-demo',
  station: 'feldsher',
  specialist: 'cardio',
  backup: 'cardio2',
  neurologist: 'neuro',
  coordinator: 'coordinator',
};

/** What people do on the screens, in their words (English screens). Each waits for what it needs and never for a time. */
export async function signIn(page: Page, login: string, password = DEMO.password): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('Login').fill(login);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
  // The account's own language may be another one.
  await page.getByRole('button', { name: 'ENG', exact: true }).click();
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
}

export interface RequestWords {
  readonly specialty?: string;
  readonly urgency?: string | RegExp;
  readonly reason?: string;
  readonly systolic?: string;
}

/** From the start page to the waiting screen; answers the request's id. */
export async function callSpecialist(page: Page, words: RequestWords = {}): Promise<string> {
  await fillRequest(page, words);
  return pressCall(page);
}

export async function fillRequest(page: Page, words: RequestWords = {}): Promise<void> {
  await page.goto('/');
  await page.getByRole('link', { name: 'Call a specialist now' }).click();
  await page.getByRole('search').getByRole('listitem').first().getByRole('button').click();
  await waitForPatient(page);
  await page.getByRole('radio', { name: words.specialty ?? 'Cardiology' }).check({ force: true });
  await page.getByRole('radio', { name: words.urgency ?? /^Urgent/ }).check({ force: true });
  await page
    .getByLabel('What is the question?')
    .fill(words.reason ?? 'Pressing chest pain since the morning. What to do?');
  await page.getByLabel('Blood pressure, upper').fill(words.systolic ?? '135');
}

/** Who it is about stands at the top; until then what is below may still move. */
export async function waitForPatient(page: Page): Promise<void> {
  await page
    .getByRole('region', { name: /^(Patient|Науқас|Пациент)$/ })
    .getByText(/^(Born|Туған күні|Дата рождения)/)
    .waitFor();
}

export async function pressCall(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Call', exact: true }).click();
  await page.waitForURL(/\/requests\/[0-9a-f-]{36}\/call/);
  return requestIdOf(page);
}

export function requestIdOf(page: Page): string {
  const id = /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(page.url())?.[0];
  if (id === undefined) throw new Error(`No request in ${page.url()}`);
  return id;
}

/** The specialist's screen rings. */
export async function waitForRing(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Accept' }).first().waitFor();
}

export async function accept(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Accept' }).first().click();
  await page.getByRole('dialog').getByRole('button', { name: 'Join' }).click();
  await page.waitForURL(/\/consults\//);
}

export async function decline(page: Page, reason: string): Promise<void> {
  await page.getByRole('button', { name: 'Decline' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio', { name: reason }).check({ force: true });
  await dialog.getByRole('button', { name: 'Decline' }).click();
}

export async function sendChat(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Message' }).fill(text);
  await page.getByRole('button', { name: 'Send' }).click();
}

export const CONCLUSION = {
  findings: 'Regular rhythm, no signs of heart failure in what can be seen.',
  code: 'I10',
  diagnosis: 'Arterial hypertension',
  recommendation: 'Blood pressure twice a day, written down',
};

export async function writeConclusion(page: Page): Promise<void> {
  await page.getByLabel('Findings').fill(CONCLUSION.findings);
  await page.getByRole('combobox', { name: /^ICD-10/ }).fill(CONCLUSION.code);
  await page.getByLabel('Diagnosis', { exact: false }).last().fill(CONCLUSION.diagnosis);
  await page.getByLabel('Recommendation 1').fill(CONCLUSION.recommendation);
}

/** Check page, password again, signature. */
export async function sign(page: Page, password = DEMO.password): Promise<void> {
  await page.getByRole('button', { name: 'Check and sign' }).click();
  await page.getByLabel('Your password again').fill(password);
  await page.getByRole('button', { name: 'Sign', exact: true }).click();
}
