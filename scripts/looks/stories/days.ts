import type { Page } from 'playwright-core';
import { bookEarliest, bringIntoThePast } from '../../../client/e2e/support/booking.ts';
import { DEMO } from '../../../client/e2e/support/consult.ts';
import { ask, dotted, findBusyDay, today } from '../../../client/e2e/support/rosters.ts';
import { newId } from '../../../client/src/lib/ids.ts';
import { addDays } from '../../../shared/src/scheduling/local-day.ts';
import type { Story } from '../look.ts';
import { choose, dialogOf, press, refuse } from './steps.ts';

interface Booked {
  readonly id: string;
  readonly version: number;
  readonly requestId: string;
  readonly status: string;
}

/** The appointment of a request, as it is now. */
async function appointmentOf(page: Page, requestId: string): Promise<Booked> {
  const { patient } = await ask<{ patient: { id: string } }>(page, `/api/consultations/${requestId}`);
  const { appointments } = await ask<{ appointments: Booked[] }>(page, `/api/patients/${patient.id}/appointments`);
  const found = appointments.find((one) => one.requestId === requestId);
  if (found === undefined) throw new Error(`nothing is booked for ${requestId}`);
  return found;
}

/** A day to come of which this person has something, from tomorrow on. */
async function nextFullDay(page: Page): Promise<string> {
  for (let ahead = 1; ahead <= 14; ahead += 1) {
    const day = addDays(today(), ahead);
    const { entries } = await ask<{ entries: { appointment: Booked }[] }>(page, `/api/day-list?day=${day}`);
    if (entries.some(({ appointment }) => appointment.status === 'booked')) return day;
  }
  throw new Error('nothing is booked in two weeks');
}

const cardOf = (page: Page, { id }: Booked) => page.locator(`[data-appointment="${id}"]`);

const station: Story = {
  name: 'day of a station',
  login: DEMO.station,
  async play({ cast, page, look }) {
    const moved = await bookEarliest(page);
    await page.goto('/today');
    await page.getByRole('navigation', { name: 'Week' }).waitFor();
    const office = await cast.enter(DEMO.coordinator);
    const { id, version } = await appointmentOf(office, moved);
    const answer = await office.request.post(`/api/appointments/${id}/cancel`, {
      data: { operationId: newId(), version, reason: 'specialist_away', note: '' },
    });
    if (!answer.ok()) throw new Error(await answer.text());
    await page.getByText('Was changed').first().waitFor();
    await look('changed by others');

    const missed = await bookEarliest(page, { reason: 'Болды-болмады екенін жазу' });
    bringIntoThePast(cast.server, missed);
    const card = cardOf(page, await appointmentOf(page, missed));
    await page.goto('/today');
    await press(card, /^More/);
    await look('more to do');
    await press(card, 'Did not take place');
    await dialogOf(page).waitFor();
    await choose(dialogOf(page), /^The link/);
    await look('why it did not take place');
    const refused = await refuse(page, '**/no-show', 'server.internal');
    await press(dialogOf(page), 'Record it');
    await dialogOf(page).getByRole('alert').waitFor();
    await look('not recorded');
    await refused.lift();
    await press(dialogOf(page), 'Record it');
    await page.getByRole('button', { name: /^Undo/ }).waitFor();
    await look('recorded, with undo');
    await page.goto(`/today?day=${addDays(today(), 300)}`);
    await page.getByText('Nothing is planned for this day').waitFor();
    await look('nothing that day');
  },
};

const specialist: Story = {
  name: 'day of a specialist',
  login: DEMO.specialist,
  async play({ page, look }) {
    const day = await nextFullDay(page);
    await page.goto(`/today?day=${day}`);
    await page.getByRole('article').first().waitFor();
    await look('a day to come');
    await page.emulateMedia({ media: 'print' });
    await look('in print');
    await page.emulateMedia({ media: 'screen' });
    await page.goto(`/today?day=${addDays(today(), -1)}`);
    await page.getByRole('article').or(page.getByText('Nothing is planned for this day')).first().waitFor();
    await look('yesterday');
  },
};

const office: Story = {
  name: 'day of all',
  login: DEMO.coordinator,
  async play({ page, look }) {
    const { day } = await findBusyDay(page, 2);
    await page.goto(`/day-list?day=${day}`);
    await page.getByRole('table').first().waitFor();
    await look('a busy day');
    await page.getByLabel('Specialty').selectOption('cardiology');
    await page.getByLabel('Oblast').selectOption({ index: 1 });
    await page.waitForFunction(() => document.querySelector('[data-loading]') === null);
    await look('of one specialty and oblast');
    await page.goto(`/day-list?day=${addDays(today(), 300)}`);
    await page.getByText('Nothing is planned for this day').waitFor();
    await look('nothing that day');
  },
};

const end: Story = {
  name: 'end of day',
  login: DEMO.coordinator,
  async play({ page, look }) {
    await page.goto('/day-end');
    await page.getByLabel('Show').selectOption('no_shows');
    await page.waitForFunction(() => document.querySelector('[data-loading]') === null);
    await look('one of the lists');
    await page.getByLabel('Day', { exact: true }).fill('31.02.2026');
    await page.getByText(/^Write a day/).waitFor();
    await look('no such day');
    await page.getByLabel('Day', { exact: true }).fill(dotted(addDays(today(), -400)));
    await page.getByText('Nothing is left open').waitFor();
    await look('nothing is left open');
  },
};

export const days: readonly Story[] = [station, specialist, office, end];
