import { DEMO } from '../../../client/e2e/support/consult.ts';
import type { Story } from '../look.ts';
import { dialogOf, escape, press, refuse } from './steps.ts';

const services: Story = {
  name: 'services desk',
  login: DEMO.coordinator,
  async play({ page, look }) {
    await page.goto('/services');
    await press(page, 'New service');
    await press(page, 'Save the service');
    await look('new with errors');
    await page.goto('/services');
    await press(page, /^Change/);
    await page.getByLabel('Slot, minutes').fill('0');
    await press(page, 'Save the service');
    await look('wrong minutes');
    const station = page.getByLabel('Station', { exact: true });
    await station.selectOption({ index: 1 });
    await page.waitForFunction(() => document.querySelector('[data-loading]') === null);
    await look('equipment of a station');
  },
};

const days: Story = {
  name: 'special days desk',
  login: DEMO.coordinator,
  async play({ page, look }) {
    await page.goto('/special-days');
    await press(page, 'Enter an order');
    await press(page, 'Save the day');
    await page.getByText('Write a day, for example 30.11.2026').waitFor();
    await look('new with errors');
    await page.getByLabel('Day', { exact: true }).fill(`28.12.${new Date().getFullYear()}`);
    await page.getByLabel('Name in Kazakh').fill('Демалыс күні');
    await page.getByLabel('Name in Russian').fill('День отдыха');
    await page.getByLabel('Name in English').fill('Day of rest');
    await page.getByLabel('Number and date of the order').fill('№ 417, 01.11');
    await look('written');
    await press(page, 'Save the day');
    await page.getByText(/is saved\. The slots of everybody follow/).waitFor();
    await look('saved');
    await press(page, /^Take back/);
    await dialogOf(page).waitFor();
    await look('take back?');
    await refuse(page, '**/api/special-days/**', 'server.internal', 'DELETE');
    await press(dialogOf(page), 'Take back');
    await dialogOf(page).getByRole('alert').waitFor();
    await look('not taken back');
    await escape(page);
  },
};

const ladders: Story = {
  name: 'ladders desk',
  login: 'admin',
  async play({ page, look }) {
    await page.goto('/ladders');
    const region = page.getByLabel('Region', { exact: true });
    await region.selectOption({ index: 1 });
    const seconds = page.getByLabel('Seconds').first();
    await seconds.fill('5');
    await page.getByText(/^Something is missing/).waitFor();
    await look('something missing');
    await seconds.fill('40');
    const refused = await refuse(page, '**/api/escalation-ladders/**', 'server.internal', 'PUT');
    await press(page, 'Save the ladder');
    await page.getByRole('alert').first().waitFor();
    await look('not saved');
    await refused.lift();
    await press(page, 'Save the ladder');
    await page.getByText('Saved', { exact: true }).waitFor();
    await look('saved');
    await press(page, 'Give the place back to the wider ladder');
    await dialogOf(page).waitFor();
    await look('give back?');
  },
};

const limits: Story = {
  name: 'waiting limits desk',
  login: 'admin',
  async play({ page, look }) {
    await page.goto('/waiting-limits');
    const amber = page.getByLabel(/amber after, min$/).first();
    const before = await amber.inputValue();
    await amber.fill('900');
    await page.getByText(/^Every field needs whole minutes/).waitFor();
    await look('amber after red');
    await amber.fill(before);
    const broken = page.getByLabel('Becomes a case for an answer in writing after, min');
    await broken.fill('17');
    const other = await page.context().newPage();
    await other.goto('/waiting-limits');
    await other.getByLabel('Becomes a case for an answer in writing after, min').fill('23');
    await press(other, 'Save the limits');
    await other.getByText('Saved', { exact: true }).waitFor();
    await press(page, 'Save the limits');
    await page.getByText('Saved meanwhile').waitFor();
    await look('saved meanwhile');
  },
};

const protocols: Story = {
  name: 'protocols desk',
  login: 'admin',
  async play({ page, look }) {
    await page.goto('/protocols');
    await press(page, /^Change: /);
    await press(page, 'Add an entry');
    await look('new entry');
    await press(page, 'See what changes');
    await page.getByText('Write the text in this language').first().waitFor();
    await look('with errors');
    await press(page.locator('fieldset').last(), /^Remove/);
    await page.getByLabel('English').first().fill('Changed words');
    await press(page, 'See what changes');
    await dialogOf(page).waitFor();
    await look('make this a new version?');
  },
};

export const desk: readonly Story[] = [services, days, ladders, limits, protocols];
