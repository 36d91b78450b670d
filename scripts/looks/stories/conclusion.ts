import type { Page } from 'playwright-core';
import { CONCLUSION, DEMO, sign, writeConclusion } from '../../../client/e2e/support/consult.ts';
import type { Story } from '../look.ts';
import { dialogOf, escape, onTelephone, press, refuse } from './steps.ts';

/** As another window of the same specialist saves it. */
async function writeElsewhere(page: Page, requestId: string, findings: string): Promise<void> {
  const path = `/api/consultations/${requestId}/conclusion`;
  await page
    .getByText(/^Saved/)
    .first()
    .waitFor();
  const { version, content } = (await (await page.request.get(path)).json()) as { version: number; content: object };
  await page.request.put(path, { data: { baseVersion: version, content: { ...content, findings } } });
}

const writing: Story = {
  name: 'conclusion',
  login: DEMO.specialist,
  async play({ cast, look }) {
    const { specialist, requestId } = await cast.talk();
    await onTelephone(specialist, 'Conclusion');
    await press(specialist, 'Check and sign');
    await look('nothing is written', specialist);
    await specialist
      .locator('summary')
      .filter({ hasText: /^Templates$/ })
      .click();
    await look('templates', specialist);
    const icd = specialist.getByRole('combobox', { name: /^ICD-10/ }).first();
    await icd.fill('гипер');
    await specialist.getByRole('option').first().waitFor();
    await look('list of ICD-10', specialist);
    await icd.fill('ъъъъ');
    await look('nothing found in ICD-10', specialist);
    await icd.fill('');
    await writeConclusion(specialist);
    await press(specialist, 'Complication or concomitant diagnosis');
    await press(specialist, 'One more recommendation');
    await look('written', specialist);
    await press(specialist, 'Take this diagnosis away');
    await writeElsewhere(specialist, requestId, 'Басқа терезеде жазылды');
    await specialist.getByLabel('Findings').fill(CONCLUSION.findings.toUpperCase());
    await specialist.getByRole('dialog', { name: 'The same part was written twice' }).waitFor();
    await look('written twice', specialist);
    await specialist.getByRole('radio', { name: /^Written here/ }).check({ force: true });
    await press(specialist, 'Continue with this');
    const refused = await refuse(specialist, '**/conclusion', 'server.internal', 'PUT');
    await specialist.getByLabel('Findings').fill(`${CONCLUSION.findings} Кейін қосылды.`);
    await specialist
      .getByText('Kept on this computer, sent when the server answers')
      .or(specialist.getByText('Not taken by the server; kept on this computer'))
      .first()
      .waitFor();
    await look('not saved at the server', specialist);
    await refused.lift();
  },
};

const signing: Story = {
  name: 'signing',
  login: DEMO.specialist,
  async play({ cast, look }) {
    const { specialist, station, requestId } = await cast.talk();
    await onTelephone(specialist, 'Conclusion');
    await writeConclusion(specialist);
    await press(specialist, 'Check and sign');
    await specialist.getByRole('heading', { name: 'Check before signing' }).waitFor();
    await look('check', specialist);
    await specialist.getByLabel('Your password again').fill('not it');
    await press(specialist, 'Sign');
    await specialist.getByText('The password is wrong. Nothing was signed.').waitFor();
    await look('wrong password', specialist);
    const refused = await refuse(specialist, '**/conclusion/sign', 'licence.ended');
    await specialist.getByLabel('Your password again').fill(DEMO.password);
    await press(specialist, 'Sign');
    await specialist.getByRole('alert').first().waitFor();
    await look('licence has ended', specialist);
    await refused.lift();
    await press(specialist, 'Back to writing');
    await sign(specialist);
    await specialist.getByRole('heading', { name: 'Conclusion signed', level: 2 }).waitFor();
    await look('signed', specialist);
    await station.waitForURL(`**/requests/${requestId}/result`);
    const said = station.getByRole('region', { name: 'Said back by the patient' });
    await said.getByLabel('Cannot, because…').first().check();
    await press(said, 'Read and understood');
    await said.getByText('Write why the patient cannot').waitFor();
    await look('result at the station', station);
    await said.getByLabel('Why not').fill('Үйінде қан қысымын өлшейтін құрал жоқ');
    await station.emulateMedia({ media: 'print' });
    await look('result in print', station);
    await station.emulateMedia({ media: 'screen' });
    await press(said, 'Read and understood');
    await said.getByText(/^Read aloud on/).waitFor();
    await look('acknowledged', station);
    const href = await station.getByRole('link', { name: 'Check page (QR)' }).first().getAttribute('href');
    const passerBy = await cast.open();
    await passerBy.goto(href ?? '');
    await look('check page: valid', passerBy);
    await specialist
      .getByText(/құрал жоқ/)
      .first()
      .waitFor();
    await look('patient’s answers at the specialist', specialist);
    await press(specialist, 'Amend');
    await dialogOf(specialist).waitFor();
    await look('why amend?', specialist);
    await dialogOf(specialist).getByRole('textbox').fill('Дозасы жазылмай қалды');
    await press(dialogOf(specialist), 'Write the amendment');
    await specialist.getByText('You are amending the conclusion').waitFor();
    await specialist.getByLabel('Medicines').fill('Амлодипин 5 мг, таңертең');
    await look('amendment', specialist);
    await press(specialist, 'Throw the amendment away');
    await dialogOf(specialist).waitFor();
    await look('throw the amendment away?', specialist);
    await escape(specialist);
    await sign(specialist);
    await specialist.getByRole('heading', { name: 'Conclusion signed', level: 2 }).waitFor();
    await look('amended', specialist);
    await passerBy.reload();
    await passerBy.getByText('The document was replaced').waitFor();
    await look('check page: replaced', passerBy);
    await passerBy.goto(`/v/${'A'.repeat(22)}?lang=en`);
    await look('check page: no such document', passerBy);
    await station.goto(`/requests/${requestId}/result`);
    await station.getByText('The specialist has amended the conclusion').waitFor();
    await look('amended, at the station', station);
    await station.goto('/follow-ups');
    const task = station.getByRole('listitem').filter({ hasText: 'құрал жоқ' });
    await task.getByRole('button', { name: /^Done: / }).click();
    await look('follow-up is done', station);
    await escape(station);
    await task.getByRole('button', { name: /^To another day/ }).click();
    await look('follow-up to another day', station);
  },
};

const record: Story = {
  name: 'record of a consult',
  login: DEMO.specialist,
  async play({ page, look }) {
    const { consultations } = (await (await page.request.get('/api/consultations?view=recent&limit=200')).json()) as {
      consultations: { id: string; status: string }[];
    };
    const signed = consultations.filter(({ status }) =>
      ['signed', 'delivered', 'acknowledged', 'closed'].includes(status),
    );
    await page.goto(`/consults/${signed[0]?.id}`);
    await page.getByText('Diagnosis').first().waitFor();
    for (const summary of await page.locator('main summary').all()) await summary.click();
    await look('everything opened');
    await page.locator('details summary').last().click();
    await look('help');
    await page.goto('/search');
    await page.getByRole('textbox').first().fill('қан');
    await page.locator('mark').first().waitFor();
    await look('search');
    await page.getByRole('textbox').first().fill('ъъъъ');
    await page.getByText('Nothing was found').waitFor();
    await look('search without hits');
  },
};

export const conclusion: readonly Story[] = [writing, signing, record];
