import type { Page } from 'playwright-core';
import { DEMO } from '../../../client/e2e/support/consult.ts';
import { ask as read } from '../../../client/e2e/support/rosters.ts';
import type { Story } from '../look.ts';
import { choose, dialogOf, escape, press, refuse } from './steps.ts';

async function openInbox(page: Page): Promise<void> {
  await page.goto('/triage');
  await page.locator('li[aria-current="true"]').waitFor();
}

/** The card that the keys decide about. */
const card = (page: Page) => page.locator('li[aria-current="true"]');

const accepting: Story = {
  name: 'triage accept',
  login: DEMO.coordinator,
  async play({ page, look }) {
    await openInbox(page);
    await look('inbox');
    await press(card(page), /^Accept…/);
    const dialog = dialogOf(page);
    await choose(dialog, /^Call now/);
    await dialog.getByLabel('Whom to call first').waitFor();
    await look('call now');
    await choose(dialog, /^Answer in writing/);
    await dialog.getByLabel('Who answers').waitFor();
    await look('answer in writing');
    const refused = await refuse(page, '**/triage/accept', 'licence.ended');
    await press(dialog, 'Accept');
    await dialog.getByRole('alert').waitFor();
    await look('licence has ended');
    await refused.lift();
    await choose(dialog, /^Book a time/);
    await look('book a time');
    await press(dialog, 'Accept');
    await page.getByRole('button', { name: /^Undo/ }).waitFor();
    await page.getByRole('link', { name: 'Find a time on the board' }).waitFor();
    await look('accepted, a time is to be found');
  },
};

const asking: Story = {
  name: 'triage ask',
  login: DEMO.coordinator,
  async play({ page, look }) {
    await openInbox(page);
    await press(card(page), /^Ask for more…/);
    await dialogOf(page)
      .getByLabel('What should the station tell, measure or send?')
      .fill('Артериялық қысымды екі қолда өлшеп, ЭКГ суретін жіберіңіз.');
    await look('question');
    await press(dialogOf(page), 'Ask');
    await page.getByText(/^Asked, and the station/).waitFor();
    await look('asked');
  },
};

const declining: Story = {
  name: 'triage decline',
  login: DEMO.coordinator,
  async play({ page, look }) {
    await openInbox(page);
    await press(card(page), /^Decline…/);
    await look('reasons');
    const reasons = dialogOf(page).getByRole('radio');
    await reasons.first().check({ force: true });
    await dialogOf(page).getByText('The station reads:').waitFor();
    await look('what the station reads');
    await reasons.last().check({ force: true });
    await dialogOf(page).getByLabel('In your own words', { exact: false }).fill('Дубликат');
    await look('in own words');
    await press(dialogOf(page), 'Decline');
    const undo = page.getByRole('button', { name: /^Undo/ });
    await undo.waitFor();
    await undo.click();
    await undo.waitFor({ state: 'detached' });
    await look('taken back');
  },
};

const redirecting: Story = {
  name: 'triage redirect',
  login: DEMO.coordinator,
  async play({ page, look }) {
    await openInbox(page);
    await press(card(page), /^Redirect…/);
    const dialog = dialogOf(page);
    await dialog.getByLabel('Specialty', { exact: true }).selectOption({ index: 1 });
    await dialog.getByLabel('Region', { exact: true }).selectOption({ index: 2 });
    await dialog.getByRole('radio').first().check({ force: true });
    await look('filled in');
    const refused = await refuse(page, '**/triage/redirect', 'server.overloaded');
    await press(dialog, 'Redirect');
    await dialog.getByRole('alert').waitFor();
    await look('overloaded');
    await refused.lift();
    await escape(page);
  },
};

const meanwhile: Story = {
  name: 'triage decided meanwhile',
  login: DEMO.coordinator,
  async play({ page, look }) {
    await openInbox(page);
    const id = ((await card(page).getAttribute('id')) ?? '').replace('sort-', '');
    const { version } = await read<{ version: number }>(page, `/api/consultations/${id}`);
    await press(card(page), /^Decline…/);
    await dialogOf(page).getByRole('radio').first().check({ force: true });
    // By the same route, as a colleague's window does.
    const answer = await page.request.post(`/api/consultations/${id}/triage/ask`, {
      data: { baseVersion: version, id: crypto.randomUUID(), question: 'Since when?' },
    });
    if (!answer.ok()) throw new Error(`${answer.status()} ${await answer.text()}`);
    await press(dialogOf(page), 'Decline');
    await dialogOf(page).getByRole('alert').waitFor();
    await look('refused');
  },
};

export const triage: readonly Story[] = [accepting, asking, declining, redirecting, meanwhile];
