import { DEMO } from '../../../client/e2e/support/consult.ts';
import { dotted, findBusyDay, ask as read, specialists, today } from '../../../client/e2e/support/rosters.ts';
import { addDays } from '../../../shared/src/scheduling/local-day.ts';
import type { Story } from '../look.ts';
import { dialogOf, press } from './steps.ts';

const login = DEMO.coordinator;

const leave: Story = {
  name: 'roster leave',
  login,
  async play({ page, look }) {
    const { person, day, booked } = await findBusyDay(page, 2);
    await page.goto(`/rosters/${person.id}?panel=closure`);
    await page.getByLabel('First day').fill(dotted(day));
    await page.getByLabel('Last day').fill(dotted(day));
    await page.getByText(`${booked.length} patients are booked at this time.`).waitFor();
    await look('booked people to decide on');
    await press(page, 'Apply the suggestion to all');
    await look('suggestions applied');
    await page.goto(`/rosters/${person.id}?panel=extra`);
    await page.getByRole('textbox').first().waitFor();
    await look('extra work');
  },
};

/** The other forms of a roster: a new window, a change, an end, and what is taken back. */
const windows: Story = {
  name: 'roster windows',
  login,
  async play({ page, look }) {
    const [person] = await specialists(page, 'neurology');
    await page.goto(`/rosters/${person?.id}?panel=window`);
    await page.getByLabel('From', { exact: true }).fill('0:00');
    await page.getByLabel('To', { exact: true }).fill('23:00');
    for (const name of ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'])
      await page.getByRole('checkbox', { name, exact: true }).check();
    await page.getByText('The specialist already works then:').waitFor();
    await look('works then already');
    await page.getByLabel('Slot, minutes').fill('0');
    await press(page, 'Save the window');
    await look('with errors');
    await page.goto(`/rosters/${person?.id}`);
    const list = page.getByRole('region', { name: 'Weekly windows' });
    await press(list, 'Change');
    await page.getByRole('textbox').first().waitFor();
    await look('change');
    await press(list, 'End');
    await page.getByLabel('Last day').waitFor();
    await page.getByLabel('Last day').fill('01.01.2020');
    await look('ends too early');
    await page.getByLabel('Last day').fill(dotted(addDays(today(), 120)));
    await press(page, 'End the window');
    await page.getByText(/^The window ends on/).waitFor();
    await look('ended');
    await page.goto(`/rosters/${person?.id}?panel=change&entry=00000000-0000-7000-8000-000000000000`);
    await page.getByText('This is no longer on the roster').waitFor();
    await look('no longer there');
  },
};

const importing: Story = {
  name: 'roster import',
  login,
  async play({ page, look }) {
    await page.goto('/rosters/import');
    const file = page.getByLabel('Choose a file');
    await file.setInputFiles({ name: 'rosters.csv', mimeType: 'text/csv', buffer: Buffer.from('name;day\r\nA;1') });
    await page.getByText('Columns that are not known: name, day.').waitFor();
    await look('wrong columns');
  },
};

const reminders: Story = {
  name: 'reminders saved meanwhile',
  login,
  async play({ page, look }) {
    await page.goto('/notices/sent');
    const minutes = page.getByLabel('Minutes before it begins, separated by spaces');
    await minutes.fill('2');
    await page.getByText('One to five whole numbers, each at least 5').waitFor();
    await look('wrong minutes');
    await minutes.fill('90 30');
    const other = await page.context().newPage();
    await other.goto('/notices/sent');
    const theirs = other.getByLabel('Minutes before it begins, separated by spaces');
    await theirs.fill('45');
    await theirs.press('Enter');
    await other.getByText('Saved', { exact: true }).waitFor();
    await minutes.press('Enter');
    await page.getByText('Saved meanwhile').waitFor();
    await look('the choice');
  },
};

const doubles: Story = {
  name: 'double cards',
  login,
  async play({ page, look }) {
    const { pairs } = await read<{ pairs: unknown[] }>(page, '/api/patient-duplicates');
    if (pairs.length === 0) throw new Error('no two cards are alike');
    await page.goto('/patients/duplicates');
    await press(page, 'Look at both');
    await page.getByRole('button', { name: 'Make them one card' }).waitFor();
    await look('both cards');
    await press(page, 'Make them one card');
    await dialogOf(page).waitFor();
    await look('make them one?');
  },
};

export const rostersDesk: readonly Story[] = [leave, windows, importing, reminders, doubles];
