import { bookEarliest, bringIntoThePast } from '../../../client/e2e/support/booking.ts';
import { DEMO } from '../../../client/e2e/support/consult.ts';
import { noisePicture } from '../../../client/e2e/support/noise-picture.ts';
import { ask } from '../../../client/e2e/support/rosters.ts';
import { askInWriting } from '../../../client/e2e/support/screens.ts';
import type { Story } from '../look.ts';
import { dialogOf, escape, press, refuse } from './steps.ts';

const result: Story = {
  name: 'result',
  login: DEMO.station,
  async play({ page, look }) {
    const { consultations } = await ask<{ consultations: { id: string; status: string }[] }>(
      page,
      '/api/consultations?view=recent&limit=200',
    );
    const unread = consultations.find(({ status }) => ['signed', 'delivered', 'amended'].includes(status));
    if (unread === undefined) throw new Error('nothing signed waits to be read');
    await page.goto(`/requests/${unread.id}/result`);
    const saidBack = page.getByRole('region', { name: 'Said back by the patient' });
    await saidBack.getByRole('group').first().waitFor();
    await look('to be read to the patient');
    await saidBack.getByRole('radio', { name: 'Cannot, because…' }).first().check();
    await press(saidBack, 'Add something to be done later');
    await press(saidBack, 'Read and understood');
    await saidBack.getByText('Write why the patient cannot').waitFor();
    await look('what is still open');
    for (const done of await saidBack.getByRole('radio', { name: 'Done: understood, will do it' }).all())
      await done.check();
    await saidBack.getByRole('radio', { name: 'Cannot, because…' }).first().check();
    await saidBack.getByLabel('Why not').fill('Үйде тонометр жоқ, қызы қалада тұрады');
    await saidBack.getByLabel('What is to be done').fill('Тонометрді үйіне апарып беру');
    const refused = await refuse(page, '**/acknowledge', 'server.overloaded');
    await press(saidBack, 'Read and understood');
    await saidBack.getByRole('alert').waitFor();
    await look('refused, nothing is lost');
    await refused.lift();
    await press(saidBack, 'Read and understood');
    await saidBack.getByRole('button', { name: 'Read and understood' }).waitFor({ state: 'detached' });
    await look('read and understood');
    await page.emulateMedia({ media: 'print' });
    await look('on paper');
    await page.emulateMedia({ media: null });
  },
};

const tasks: Story = {
  name: 'to be done',
  login: DEMO.station,
  async play({ page, look }) {
    await page.goto('/follow-ups');
    await press(page, /^To another day: /);
    await dialogOf(page).getByLabel('By which day').fill('01.02.2026');
    await press(dialogOf(page), 'Move');
    await dialogOf(page).getByText('This day is over').waitFor();
    await look('to a day that is over');
    await escape(page);
    await press(page, /^Done: /);
    await dialogOf(page).waitFor();
    await press(dialogOf(page), 'It is done');
    await dialogOf(page).getByText('Write what became of it').waitFor();
    await look('what became of it');
    await dialogOf(page).getByLabel('What became of it').fill('Келді, қысымы 128/82');
    const refused = await refuse(page, '**/api/care-tasks/*/finish', 'server.overloaded');
    await press(dialogOf(page), 'It is done');
    await dialogOf(page).getByRole('alert').waitFor();
    await look('refused');
    await refused.lift();
    await press(dialogOf(page), 'It is done');
    await page.locator('dialog[open]').waitFor({ state: 'detached' });
    await page.goto('/follow-ups?status=done');
    await page.getByText('Келді, қысымы 128/82').waitFor();
    await look('carried out');
  },
};

const day: Story = {
  name: 'the day',
  login: DEMO.station,
  async play({ cast, page, look }) {
    await bookEarliest(page);
    const card = page.getByRole('article').first();
    await card.getByRole('button', { name: /^More/ }).click();
    await press(card, 'The patient is here');
    await card.getByText('Patient is at the station').waitFor();
    await look('the patient is here');
    await press(card, 'Ready for the call');
    await card.getByText('Ready for the call').first().waitFor();
    await look('ready for the call');
    // Its own: who has arrived is not recorded as missing.
    const missed = await bookEarliest(page, { reason: 'A second one of this day' });
    bringIntoThePast(cast.server, missed);
    await page.reload();
    await card.getByRole('button', { name: /^More/ }).click();
    await press(card, 'Did not take place');
    await dialogOf(page).waitFor();
    await look('did not take place?');
    await dialogOf(page)
      .getByRole('radio', { name: /^The patient/ })
      .check({ force: true });
    await press(dialogOf(page), 'Record it');
    await card.getByRole('button', { name: 'Book again' }).waitFor();
    await look('recorded, with undo');
    await page.goto('/today');
    await page.getByRole('article').first().waitFor();
    await look('today with a missed one');
  },
};

/** What the tools of the viewer open. */
const viewer: Story = {
  name: 'viewer',
  login: DEMO.station,
  async play({ page, look }) {
    const requestId = await askInWriting(page);
    await page.goto(`/requests/${requestId}/status`);
    const photos = page.getByRole('button', { name: /\d\d:\d\d$/ }).filter({ has: page.locator('img') });
    for (const count of [1, 2]) {
      await page
        .locator('input[type=file][multiple]')
        .first()
        .setInputFiles({ name: `${count}.png`, mimeType: 'image/png', buffer: noisePicture(300 * count, 400) });
      await press(dialogOf(page), 'Send');
      await photos.nth(count - 1).waitFor({ timeout: 60_000 });
    }
    await photos.first().click();
    const dialog = page.getByRole('dialog', { name: 'Photos and files' });
    await dialog.locator('img').first().waitFor();
    await press(dialog, 'Two beside each other');
    await dialog.getByLabel('File beside it').waitFor();
    await look('two beside each other');
    await press(dialog, 'Two beside each other');
    await press(dialog, 'Measure');
    await dialog.getByRole('button', { name: 'Set the ruler' }).waitFor();
    await look('ruler');
    await press(dialog, 'Light and contrast');
    await dialog.getByLabel('Negative').check();
    await look('negative');
  },
};

const withoutLine: Story = {
  name: 'without a line',
  login: DEMO.station,
  async play({ page, look }) {
    await page.goto('/');
    await page.getByRole('heading', { name: 'Today', exact: true }).waitFor();
    // The words of each language come over the line, once.
    await look('start page with one');
    await page.context().setOffline(true);
    await page
      .getByText(/^No link/)
      .first()
      .waitFor();
    await look('start page without');
    await page.context().setOffline(false);
  },
};

export const stationResult: readonly Story[] = [result, tasks, day, viewer, withoutLine];
