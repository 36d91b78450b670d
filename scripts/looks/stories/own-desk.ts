import type { Page } from 'playwright-core';
import type { Cast } from '../../../client/e2e/support/cast.ts';
import { DEMO, writeConclusion } from '../../../client/e2e/support/consult.ts';
import type { Story } from '../look.ts';
import { press, refuse } from './steps.ts';

/** A consult that was held and written down, and waits for its signature; answers its number. */
async function unsigned(cast: Cast): Promise<string> {
  const { specialist, requestId } = await cast.talk();
  await writeConclusion(specialist);
  await specialist
    .getByText(/^Saved/)
    .first()
    .waitFor();
  await specialist.request.post(`/api/consultations/${requestId}/end-call`);
  const answer = await specialist.request.get(`/api/consultations/${requestId}`);
  return ((await answer.json()) as { number: string }).number;
}

const several: Story = {
  name: 'sign several',
  login: DEMO.specialist,
  async play({ cast, page, look }) {
    const number = await unsigned(cast);
    await page.goto('/sign');
    const item = page.locator('section', { hasText: number }).last();
    await item.locator('summary, button').first().click();
    await item.getByRole('checkbox').check();
    await look('read');
    await page.getByLabel('Your password again').fill('not it');
    await press(page, 'Sign 1 conclusion');
    await page.getByText('The password is wrong. Nothing was signed.').waitFor();
    await look('wrong password');
    await page.getByLabel('Your password again').fill(DEMO.password);
    await press(page, 'Sign 1 conclusion');
    await page.getByText('1 conclusion signed').waitFor();
    await look('signed');
  },
};

async function openContacts(page: Page): Promise<void> {
  await page.goto('/notices');
  await page.locator('summary').filter({ hasText: 'Also by e-mail and SMS' }).click();
}

const contacts: Story = {
  name: 'own contacts',
  login: DEMO.coordinator,
  async play({ page, look }) {
    await openContacts(page);
    await page.getByLabel('E-mail').fill('nobody');
    await page.getByLabel('Mobile number for SMS').fill('12');
    await press(page, 'Save');
    await page.getByText('Write an address, for example name@example.kz').waitFor();
    await look('wrong');
    await page.getByLabel('E-mail').fill('dinara@example.kz');
    await page.getByLabel('Mobile number for SMS').fill('+7 701 234 56 78');
    const refused = await refuse(page, /\/api\/.*contact/, 'server.internal', 'PUT');
    await press(page, 'Save');
    await page.getByRole('alert').first().waitFor();
    await look('not saved');
    await refused.lift();
    await press(page, 'Save');
    await page.getByText('Saved', { exact: true }).waitFor();
    await look('saved');
  },
};

export const ownDesk: readonly Story[] = [several, contacts];
