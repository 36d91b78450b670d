import type { Story } from '../look.ts';
import { dialogOf, escape, press, refuse } from './steps.ts';

const login = 'admin';

const evidence: Story = {
  name: 'limits of a payable consult',
  login,
  async play({ page, look }) {
    await page.goto('/evidence-limits');
    const form = page.getByRole('region', { name: 'New limits' });
    const field = form.getByRole('textbox').first();
    const before = await field.inputValue();
    await press(form, 'See what changes');
    await page.getByText('These are the limits in force.').waitFor();
    await look('nothing changed');
    await field.fill('-5');
    await form.getByLabel('For requests from').fill('01.01.2020');
    await form.getByText('Choose today or a later day.').waitFor();
    await look('wrong');
    await field.fill(String(Number(before) + 1));
    await form.getByLabel('For requests from').fill('01.03.2030');
    await press(form, 'See what changes');
    await dialogOf(page).waitFor();
    await look('judge by these?');
    await refuse(page, '**/api/evidence-limits/**', 'evidence_limit.changed', 'PUT');
    await press(dialogOf(page), 'Save the limits');
    await form.getByRole('alert').waitFor();
    await look('changed elsewhere');
  },
};

const licences: Story = {
  name: 'licences',
  login,
  async play({ page, look }) {
    await page.goto('/licences');
    await press(page, /^Enter a licence/);
    await press(page, 'Save the licence');
    await page.getByText('Write the number').waitFor();
    await look('with errors');
    await page.getByLabel('Number', { exact: true }).fill('24000871');
    await page.getByLabel('Issued by').fill('Жамбыл облысы әкімдігінің денсаулық сақтау басқармасы');
    await page.getByLabel('First day', { exact: true }).fill('01.01.2020');
    await page.getByLabel('Last day', { exact: true }).fill('31.12.2019');
    await page.getByText('The last day is before the first').waitFor();
    await look('backwards');
    await page.getByLabel('Last day', { exact: true }).fill('31.12.2031');
    await press(page, 'Save the licence');
    await page.getByText('№ 24000871').first().waitFor();
    await look('entered');
    const entered = page.getByRole('listitem').filter({ hasText: '№ 24000871' }).last();
    await press(entered, /Withdraw/);
    await dialogOf(page).getByLabel('Why?').fill('Entered by mistake');
    await look('withdraw?');
    const refused = await refuse(page, '**/withdraw', 'licence.withdrawn');
    await press(dialogOf(page), 'Withdraw');
    await dialogOf(page).getByRole('alert').waitFor();
    await look('withdrawn already');
    await refused.lift();
    await press(dialogOf(page), 'Withdraw');
    await page
      .getByText(/^Withdrawn from /)
      .first()
      .waitFor();
    await look('withdrawn');
    await page.getByLabel('Name of the specialist').fill('Nobody is called so');
    await page.getByText('Nobody found').waitFor();
    await look('nobody found');
  },
};

const codes: Story = {
  name: 'ICD-10 list',
  login,
  async play({ page, look }) {
    await page.goto('/terminologies');
    const file = page.locator('input[type=file]');
    const of = (...rows: string[]) => ({
      name: 'icd-10.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(['code,kk,ru,en', ...rows].join('\n')),
    });
    await file.setInputFiles(of('I10,Гипертензия,Гипертензия,', '10I,а,б,c', 'I10,Гипертензия,Гипертензия,Twice'));
    await press(page, 'See what would change');
    await page.getByText(/^The file is not taken in/).waitFor();
    await look('wrong rows');
    await file.setInputFiles(of('I10,Біріншілік гипертензия,Первичная гипертензия,Primary hypertension'));
    await press(page, 'See what would change');
    await page.getByRole('button', { name: 'Take this list in' }).waitFor();
    await page.getByText('Changed names').click();
    await look('what would change');
    await press(page, 'Take this list in');
    await page.getByText('The list was taken in.').waitFor();
    await look('taken in');
  },
};

const consents: Story = {
  name: 'consent texts',
  login,
  async play({ page, look }) {
    await page.goto('/consent-texts');
    await press(page, /^Write a new version/);
    const text = page.getByLabel('Text that is read aloud');
    await text.fill(`${await text.inputValue()}\n\nҚосымша сөйлем.`);
    await look('editor');
    await press(page, 'See what changes');
    await dialogOf(page).waitFor();
    await look('make this a new version?');
    const refused = await refuse(page, '**/api/consent-texts', 'consent_text.changed');
    await dialogOf(page).getByRole('button').last().click();
    await page.getByRole('alert').first().waitFor();
    await look('changed elsewhere');
    await refused.lift();
    if ((await page.locator('dialog[open]').count()) > 0) await escape(page);
    await press(page, 'Throw the changes away');
    await dialogOf(page).waitFor();
    await look('throw away?');
  },
};

const audit: Story = {
  name: 'audit log',
  login,
  async play({ page, look }) {
    await page.goto('/audit');
    await page.getByRole('table').waitFor();
    await look('entries');
    await page.getByLabel('Show', { exact: true }).selectOption('changes');
    await page.getByLabel('Who', { exact: true }).fill('coordinator');
    await press(page, 'Look');
    await page.getByRole('table').waitFor();
    await look('what somebody did');
    await page.getByLabel('Show', { exact: true }).selectOption('readings');
    await page.getByLabel('Who', { exact: true }).fill('');
    await press(page, 'Look');
    await page.getByRole('table').waitFor();
    await look('what was seen');
    await press(page, 'Look further back');
    await page.getByRole('button', { name: 'Look further back', disabled: false }).waitFor();
    await look('further back');
    await page.getByLabel('Number of a request').fill('1999-000001');
    await press(page, 'Look');
    await page.getByText('Nothing is in the log about that').waitFor();
    await look('nothing');
  },
};

const templates: Story = {
  name: 'conclusion templates',
  login,
  async play({ page, look }) {
    await page.goto('/conclusion-templates');
    await press(page, 'New template');
    await page.getByRole('textbox').first().waitFor();
    await look('new');
    await press(page, 'Save the template');
    await page.getByText('Choose whose template it is').waitFor();
    await look('new with errors');
    await page.goto('/conclusion-templates');
    await press(page, /^Change/);
    const kazakh = page.getByRole('group', { name: 'Қазақша' });
    await kazakh.getByLabel('Title').fill('Артериялық гипертензия, қайта қабылдау');
    await look('change');
    await kazakh.getByLabel('Findings').fill('Қан қысымы {{bloodPresure}}, тамыр соғысы {{heartRate}}.');
    await kazakh.getByText('{{bloodPresure}}').last().waitFor();
    await press(page, 'Save the template');
    await page.getByText('Not saved yet: look at the fields that are marked.').waitFor();
    await look('no such data');
    await kazakh.getByLabel('Findings').fill('Қан қысымы {{bloodPressure}}, тамыр соғысы {{heartRate}}.');
    for (const summary of await page.locator('main summary').all()) await summary.click();
    await page
      .getByRole('button', { name: /^Put version/ })
      .first()
      .waitFor();
    await look('how it will look, and versions');
    const refused = await refuse(page, '**/api/conclusion-templates/**', 'conclusion_template.changed', 'PUT');
    await press(page, 'Save the template');
    await page.getByRole('alert').first().waitFor();
    await look('changed elsewhere');
    await refused.lift();
    await press(page, 'Throw the changes away');
    await dialogOf(page).waitFor();
    await look('throw away?');
    await press(dialogOf(page), 'Throw away');
    await page.getByRole('button', { name: 'New template' }).waitFor();
    await look('list');
  },
};

export const referenceData: readonly Story[] = [evidence, licences, codes, consents, audit, templates];
