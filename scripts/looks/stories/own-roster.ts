import { DEMO } from '../../../client/e2e/support/consult.ts';
import type { Story } from '../look.ts';
import { dialogOf, press, refuse } from './steps.ts';

const login = DEMO.specialist;

const week: Story = {
  name: 'own roster',
  login,
  async play({ page, look }) {
    await page.goto('/my-roster');
    await press(page, 'Week after');
    await page.getByRole('heading', { name: 'Weekly windows' }).waitFor();
    await look('week after');
    const languages = page.getByRole('group', { name: 'Consults in' });
    for (const one of await languages.getByRole('checkbox').all()) await one.uncheck({ force: true });
    await page.getByText('At least one language').waitFor();
    await look('no language');
    await languages.getByRole('checkbox').first().check({ force: true });
    const refused = await refuse(page, '**/languages', 'practitioner.languages_changed', 'PUT');
    await press(page, 'Save the languages');
    await page.getByRole('alert').first().waitFor();
    await look('languages changed elsewhere');
    await refused.lift();
    await press(page, 'Save the languages');
    await page.getByText('The languages are saved.').waitFor();
    await look('languages saved');
  },
};

/** An address for another calendar is made here, shown once, and taken back. */
const calendar: Story = {
  name: 'own roster in another calendar',
  login,
  async play({ page, look }) {
    await page.goto('/my-roster');
    await page.locator('summary').filter({ hasText: 'Show the appointments in another calendar' }).click();
    await page.getByLabel('Where it will be used').fill('Телефон');
    const refused = await refuse(page, '**/calendar-feeds', 'server.overloaded');
    await press(page, 'Make an address');
    await page.getByRole('alert').first().waitFor();
    await look('not made');
    await refused.lift();
    await press(page, 'Make an address');
    await page.getByLabel('Calendar address').waitFor();
    await look('address made');
    await page
      .getByRole('listitem')
      .filter({ hasText: 'Телефон' })
      .getByRole('button', { name: /Take back/ })
      .click();
    await dialogOf(page).waitFor();
    await look('take back?');
    const kept = await refuse(page, '**/calendar-feeds/*', 'server.internal', 'DELETE');
    await press(dialogOf(page), 'Take back the address');
    await dialogOf(page).getByRole('alert').waitFor();
    await look('not taken back');
    await kept.lift();
    await press(dialogOf(page), 'Take back the address');
    await page.getByText('no longer works').first().waitFor();
    await look('taken back');
  },
};

export const ownRoster: readonly Story[] = [week, calendar];
