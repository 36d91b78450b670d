import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { PractitionerId } from '@jaqyn/shared/kernel/ids';
import { type Instant, localDate } from '@jaqyn/shared/kernel/time';
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { axeViolations } from './support/axe.ts';
import { bookHeld, holdEarliest, planRequest } from './support/booking.ts';
import { Cast } from './support/cast.ts';
import { DEMO, sign, writeConclusion } from './support/consult.ts';

const WEEK = 7 * 24 * 60 * 60_000;

let cast: Cast;

beforeAll(async () => {
  cast = await Cast.create();
});
afterEach(() => cast.closeWindows());
afterAll(() => cast.close());

interface Booked {
  readonly id: string;
  readonly requestId: string;
  readonly status: string;
  readonly requestStatus: string;
  readonly mode: string;
  readonly seriesId: string | null;
  readonly startsAt: Instant;
  readonly practitioners: readonly { readonly id: PractitionerId }[];
}

async function bookedOf(page: Page, requestId: string): Promise<Booked[]> {
  const { patient } = (await (await page.request.get(`/api/consultations/${requestId}`)).json()) as {
    patient: { id: string };
  };
  const answer = await page.request.get(`/api/patients/${patient.id}/appointments`);
  const { appointments } = (await answer.json()) as { appointments: Booked[] };
  return appointments.filter(({ status }) => status === 'booked');
}

/** Everybody of the demo has an account; who was found by the search is known by id only. */
function loginOf(practitionerId: string | undefined): string {
  const database = new DatabaseSync(path.join(cast.server.dataDir, 'jaqyn.db'), { readOnly: true });
  try {
    const row = database.prepare('SELECT login FROM user WHERE practitioner_id = ?').get(practitionerId ?? '');
    return String(row?.['login']);
  } finally {
    database.close();
  }
}

async function openDayOf(practitionerId: string | undefined, startsAt: Instant): Promise<Page> {
  const page = await cast.enter(loginOf(practitionerId));
  await page.goto(`/today?day=${localDate(startsAt)}`);
  return page;
}

it('books a series, and says of each date that is not free why and what is taken instead', async () => {
  const [station, coordinator] = [await cast.enter(DEMO.station), await cast.enter('coordinator')];
  // Cardiology's earliest is the memorable specialist's extra hour of today, which does not come again.
  const requestId = await planRequest(station, { specialty: 'Pulmonology' });
  const { slots } = (await (
    await station.request.get(`/api/earliest?specialty=pulmonology&requestId=${requestId}&limit=20`)
  ).json()) as { slots: { practitioner: { id: PractitionerId; displayName: string }; startsAt: Instant }[] };
  const choices = station
    .getByRole('region', { name: 'By video, at a time' })
    .getByRole('button', { name: /^Choose: / });
  await choices.first().waitFor();
  const shown = await choices.evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')).join('; '));
  const slot = slots.find(({ practitioner: { displayName } }) => shown.includes(displayName));
  if (slot === undefined) throw new Error(`Nobody with weekly hours among: ${shown}`);
  const { practitioner } = slot;
  const first = Date.parse(slot.startsAt);
  let away = 0;
  // In the first week in which nobody else is booked there.
  for (let week = 1; week < 6 && away === 0; week += 1) {
    const [startsAt, endsAt] = [0, 20 * 60_000].map((ms) => new Date(first + week * WEEK + ms).toISOString());
    const saved = await coordinator.request.post(`/api/rosters/${practitioner.id}/closures`, {
      data: { operationId: crypto.randomUUID(), id: crypto.randomUUID(), startsAt, endsAt, reason: 'training' },
    });
    if (saved.ok()) away = week;
  }
  expect(away).toBeGreaterThan(0);

  await station
    .getByRole('button', { name: new RegExp(`^Choose: .*${practitioner.displayName}`) })
    .first()
    .click();
  const dialog = station.getByRole('dialog');
  await dialog.getByText('Kept for you').waitFor();
  await dialog.getByRole('button', { name: 'Several visits from this time on' }).click();
  const dates = dialog.getByRole('list', { name: 'Dates' }).getByRole('listitem');
  await expect.poll(() => dates.count()).toBe(6);
  expect(await dates.nth(away).textContent()).toContain('The specialist is on leave');
  expect(await dates.nth(away).locator('s').count()).toBe(1);
  expect(await axeViolations(station)).toEqual([]);
  const button = dialog.getByRole('button', { name: /^Book \d visits$/ });
  const count = Number(/\d+/.exec((await button.textContent()) ?? '')?.[0]);
  await button.click();
  await dialog.waitFor({ state: 'detached' });
  await station.getByText(new RegExp(`^Booked: .*, ${count} visits$`)).waitFor();

  const all = await bookedOf(station, requestId);
  const seriesId = all.find((one) => one.requestId === requestId)?.seriesId;
  const series = all.filter((one) => one.seriesId === seriesId);
  expect(seriesId).toBeTruthy();
  expect(series).toHaveLength(count);
  const times = series.map(({ startsAt }) => startsAt).sort();
  expect(times[0]).toBe(slot.startsAt);
  expect(times).not.toContain(new Date(first + away * WEEK).toISOString());
  const last = series.find(({ startsAt }) => startsAt === times.at(-1));
  const specialist = await openDayOf(last?.practitioners[0]?.id, times.at(-1) as Instant);
  await specialist.locator(`a[href="/consults/${last?.requestId}"]`).waitFor();
});

/** Invites the first who has this time: the demo's people have other hours at each time of the day. */
async function inviteFree(dialog: Locator): Promise<void> {
  const book = dialog.getByRole('button', { name: /^(Book|Ask for this time)$/ });
  const people = dialog.getByRole('group', { name: 'Who else joins' }).getByRole('checkbox');
  await people.first().waitFor();
  for (const person of await people.all()) {
    await person.check();
    const isFree = await expect
      .poll(() => book.isEnabled(), { timeout: 5000 })
      .toBe(true)
      .then(
        () => true,
        () => false,
      );
    if (isFree) return;
    await person.uncheck();
  }
  throw new Error('nobody who could be invited has this time');
}

it('books a consilium that stands in the day of both specialists and of the station', async () => {
  const station = await cast.enter(DEMO.station);
  const requestId = await planRequest(station);
  await holdEarliest(station);
  const dialog = station.getByRole('dialog');
  await dialog.getByText('Invite another specialist (consilium)').click();
  await dialog.getByLabel('Specialty of the other specialist').selectOption({ label: 'Neurology' });
  await inviteFree(dialog);
  expect(await axeViolations(station)).toEqual([]);
  await bookHeld(station);
  await station
    .getByRole('article')
    .first()
    .getByText(/consilium/)
    .waitFor();
  const appointment = (await bookedOf(station, requestId)).find((one) => one.requestId === requestId);
  expect(appointment?.practitioners).toHaveLength(2);
  for (const { id } of appointment?.practitioners ?? []) {
    const page = await openDayOf(id, appointment?.startsAt as Instant);
    const card = page.getByRole('article').filter({ has: page.locator(`a[href="/consults/${requestId}"]`) });
    await card.getByText(/consilium/).waitFor();
  }
});

it('finds a coordinator the earliest of everybody for a request of the board, with a consilium, and books it', async () => {
  const station = await cast.enter(DEMO.station);
  const requestId = await planRequest(station, { specialty: 'Pulmonology' });
  const { number } = (await (await station.request.get(`/api/consultations/${requestId}`)).json()) as {
    number: string;
  };
  const coordinator = await cast.enter('coordinator');
  await coordinator.goto('/schedule');
  await coordinator.getByRole('grid').waitFor();
  await coordinator.getByLabel('Find in the waiting list').fill(number);
  await coordinator.getByRole('link', { name: /^How soon\?/ }).click();
  await coordinator.waitForURL(`**/schedule/requests/${requestId}`);
  await coordinator.getByRole('region', { name: 'By video, at a time' }).waitFor();
  // The station would ring now; who books for it does not.
  expect(await coordinator.getByRole('button', { name: 'Call now' }).count()).toBe(0);
  expect(await axeViolations(coordinator)).toEqual([]);
  await holdEarliest(coordinator);
  const dialog = coordinator.getByRole('dialog');
  await dialog.getByText('Invite another specialist (consilium)').click();
  await dialog.getByLabel('Specialty of the other specialist').selectOption({ label: 'Neurology' });
  await dialog.getByRole('group', { name: 'Who else joins' }).getByRole('checkbox').first().check();
  await bookHeld(coordinator);
  await coordinator.getByRole('heading', { name: 'The appointment' }).waitFor();
  const appointment = (await bookedOf(station, requestId)).find((one) => one.requestId === requestId);
  expect(appointment?.practitioners).toHaveLength(2);
  await coordinator.getByRole('link', { name: 'To the board' }).click();
  await coordinator.waitForURL(`**date=${localDate(appointment?.startsAt as Instant)}**`);
  await coordinator
    .locator(`[data-cell^="${appointment?.practitioners[0]?.id}@"][aria-label*="booked"]`)
    .first()
    .waitFor();
  // Booked, it is no longer to be placed, whether others are left or nobody is.
  await coordinator.getByRole('heading', { name: /^Waiting list \d+$/ }).waitFor();
  await coordinator.locator(`a[href$="/schedule/requests/${requestId}"]`).waitFor({ state: 'detached' });
});

it('books an answer in writing, which the specialist writes and signs without a call', async () => {
  const station = await cast.enter(DEMO.station);
  const requestId = await planRequest(station);
  const written = station.getByRole('region', { name: 'In writing, without a talk' });
  await written
    .getByRole('button', { name: /^Choose: / })
    .first()
    .click();
  await station.getByRole('dialog').getByText('Kept for you').waitFor();
  await bookHeld(station);
  const card = station.getByRole('article').first();
  await card.getByText(/in writing/).waitFor();
  // Nobody has to come for it.
  await card.getByRole('button', { name: /^More/ }).click();
  await card.getByRole('button', { name: 'Move' }).waitFor();
  expect(await card.getByRole('button', { name: 'The patient is here' }).count()).toBe(0);

  const [appointment] = (await bookedOf(station, requestId)).filter((one) => one.requestId === requestId);
  expect(appointment).toMatchObject({ mode: 'async', requestStatus: 'async_assigned' });
  const specialist = await openDayOf(appointment?.practitioners[0]?.id, appointment?.startsAt as Instant);
  const theirs = specialist
    .getByRole('article')
    .filter({ has: specialist.locator(`a[href="/consults/${requestId}"]`) });
  await theirs.getByRole('button', { name: 'Write the answer' }).click();
  await specialist.waitForURL(`**/consults/${requestId}`);
  await writeConclusion(specialist);
  await sign(specialist);
  await station.getByRole('heading', { name: 'Conclusion' }).first().waitFor();
});
