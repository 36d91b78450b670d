import { bookHeld, holdEarliest, planRequest } from '../../../client/e2e/support/booking.ts';
import { DEMO } from '../../../client/e2e/support/consult.ts';
import { hugePicture, noisePicture } from '../../../client/e2e/support/noise-picture.ts';
import { ask } from '../../../client/e2e/support/rosters.ts';
import { askInWriting } from '../../../client/e2e/support/screens.ts';
import type { Story } from '../look.ts';
import { choose, dialogOf, escape, press, refuse } from './steps.ts';

const booking: Story = {
  name: 'a time',
  login: DEMO.station,
  async play({ page, look }) {
    await planRequest(page);
    await page
      .getByRole('button', { name: /^Choose: / })
      .first()
      .waitFor();
    await look('how soon?');
    await press(page, 'Add to the waiting list');
    await dialogOf(page).waitFor();
    await look('waiting list');
    await escape(page);
    const refused = await refuse(page, '**/api/slot-holds/*', 'slot.held', 'PUT');
    await page
      .getByRole('button', { name: /^Choose: / })
      .first()
      .click();
    await dialogOf(page).getByText('A colleague is booking this slot right now').waitFor();
    await look('a colleague was faster');
    await escape(page);
    await refused.lift();
    await holdEarliest(page);
    await look('kept for two minutes');
    await dialogOf(page).getByText('Invite another specialist (consilium)').click();
    await dialogOf(page).getByLabel('Specialty of the other specialist').selectOption({ label: 'Neurology' });
    await dialogOf(page).getByRole('group', { name: 'Who else joins' }).getByRole('checkbox').first().check();
    await look('consilium');
    await escape(page);
    await holdEarliest(page);
    await press(dialogOf(page), 'Several visits from this time on');
    await look('several visits');
    await escape(page);
    await holdEarliest(page);
    await bookHeld(page);
    await page.getByRole('heading', { name: 'The appointment' }).waitFor();
    await look('booked');
    const card = page.getByRole('article').first();
    await card.getByRole('button', { name: /^More/ }).click();
    await look('what else can be done');
    await press(card, 'Cancel the appointment');
    await dialogOf(page).waitFor();
    await look('cancel the appointment?');
    await choose(dialogOf(page), 'The patient asked for it');
    await press(dialogOf(page), 'Cancel the appointment');
    await page.getByRole('button', { name: /^Undo/ }).waitFor();
    await look('cancelled, with undo');
  },
};

const files: Story = {
  name: 'files',
  login: DEMO.station,
  async play({ page, look }) {
    const requestId = await askInWriting(page);
    await page.goto(`/requests/${requestId}/status`);
    const add = async (buffer: Buffer) => {
      await page
        .locator('input[type=file][multiple]')
        .first()
        .setInputFiles({ name: 'photo.png', mimeType: 'image/png', buffer });
      await dialogOf(page).waitFor();
      await press(dialogOf(page), 'Send');
    };
    await page.route('**/api/uploads/*', (route) => route.abort('connectionfailed'));
    await add(noisePicture(900, 800));
    await page.getByText('No connection; it goes on by itself').waitFor();
    await look('on its way, without a line');
    await page.unroute('**/api/uploads/*');
    await page.locator('progress').first().waitFor({ state: 'detached', timeout: 90_000 });
    await add(hugePicture());
    await page.getByText('The picture has more than 60 megapixels').waitFor({ timeout: 60_000 });
    await look('refused');
    await page
      .getByRole('button', { name: /^(Skin|Photo|Other)/ })
      .first()
      .click();
    const viewer = page.getByRole('dialog', { name: 'Photos and files' });
    await viewer.locator('img').first().waitFor();
    await look('viewer');
    await press(viewer, 'Larger');
    await press(viewer, 'Light and contrast');
    await look('larger, with light and contrast');
    await escape(page);
    await page.getByRole('button', { name: 'Change', exact: true }).last().click();
    await dialogOf(page).waitFor();
    await look('what it shows');
    await escape(page);
    await press(page, 'Take a photo');
    await dialogOf(page).waitFor();
    await look('camera');
    await escape(page);
    await press(page, 'Add vital signs');
    await dialogOf(page).waitFor();
    await look('vital signs');
  },
};

const patient: Story = {
  name: 'patient',
  login: DEMO.station,
  async play({ page, look }) {
    const { patients } = await ask<{ patients: { id: string }[] }>(page, '/api/patients?limit=5');
    await page.goto(`/patients/${patients[0]?.id}`);
    await press(page, 'Change');
    await dialogOf(page).waitFor();
    for (const answer of await dialogOf(page).getByRole('radio', { name: 'Yes' }).all())
      await answer.check({ force: true });
    await look('summary with rows');
  },
};

const check: Story = {
  name: 'camera and link',
  login: DEMO.station,
  async play({ page, look }) {
    await page.goto('/link-check');
    await press(page, 'Start the check');
    await page.getByText('Calling yourself through the server…').waitFor();
    await look('on its way');
    await page.getByRole('button', { name: 'Yes, I heard them' }).waitFor({ timeout: 60_000 });
    await look('did you hear it?');
    await press(page, 'Yes, I heard them');
    await page.getByText('The check is done.').waitFor({ timeout: 60_000 });
    await look('result');
  },
};

const noDevices: Story = {
  name: 'without devices',
  login: DEMO.station,
  async play({ cast, look }) {
    const page = await cast.enter('feldsher2', { devices: 'none' });
    await page.goto('/link-check');
    await press(page, 'Start the check');
    await page.getByRole('button', { name: 'Check again' }).waitFor({ timeout: 60_000 });
    await look('neither camera nor microphone', page);
  },
};

export const stationCare: readonly Story[] = [booking, files, patient, check, noDevices];
