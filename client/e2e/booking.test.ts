import { localDate } from '@jaqyn/shared/kernel/time';
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { axeViolations } from './support/axe.ts';
import {
  bookEarliest,
  bookHeld,
  breakClock,
  bringIntoThePast,
  holdEarliest,
  planRequest,
  setClock,
  untilFreedAreOffered,
} from './support/booking.ts';
import { Cast } from './support/cast.ts';
import { DEMO, signIn } from './support/consult.ts';

const COORDINATOR = 'coordinator';
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

let cast: Cast;

beforeAll(async () => {
  cast = await Cast.create();
});
afterEach(() => cast.closeWindows());
afterAll(() => cast.close());

interface Listed {
  readonly id: string;
  readonly requestId: string;
  readonly status: string;
  readonly version: number;
  readonly startsAt: string | null;
  readonly patient: { readonly id: string; readonly shortName: string };
}

/** What the server knows of a request's appointments, asked by the signed-in page itself. */
async function appointmentsOf(page: Page, requestId: string): Promise<Listed[]> {
  const { patient } = (await (await page.request.get(`/api/consultations/${requestId}`)).json()) as {
    patient: { id: string };
  };
  const { appointments } = (await (await page.request.get(`/api/patients/${patient.id}/appointments`)).json()) as {
    appointments: Listed[];
  };
  return appointments.filter((one) => one.requestId === requestId);
}

/** Whose hours of this week are over or taken, has some in a later one. */
async function firstFreeWeek(picker: Locator): Promise<void> {
  for (let week = 0; week < 5; week += 1) {
    await picker.getByRole('heading', { level: 3 }).first().waitFor();
    if ((await picker.getByRole('listitem').getByRole('button').count()) > 0) return;
    await picker.getByRole('button', { name: 'Later days' }).click();
  }
}

/** The appointment whose card has the focus. */
function focused(page: Page): Promise<string | null | undefined> {
  return page.evaluate(() => document.activeElement?.getAttribute('data-appointment'));
}

describe('a station', () => {
  it('plans a request, books the earliest slot, cancels it and takes that back', async () => {
    const station = await cast.enter(DEMO.station);
    const requestId = await bookEarliest(station);
    expect(await axeViolations(station)).toEqual([]);
    const [booked] = await appointmentsOf(station, requestId);
    expect(booked?.status).toBe('booked');
    // The dialog and the button that had the focus are gone: it is on what was booked.
    await expect.poll(() => focused(station)).toBe(booked?.id);

    const card = station.getByRole('article');
    await card.getByRole('button', { name: /^More/ }).click();
    await card.getByRole('button', { name: 'Cancel the appointment' }).click();
    const dialog = station.getByRole('dialog');
    await dialog.getByRole('radio', { name: 'The patient asked for it' }).check({ force: true });
    await dialog.getByRole('button', { name: 'Cancel the appointment' }).click();
    await station.getByRole('heading', { name: 'How soon?' }).waitFor();
    await station.getByRole('button', { name: /^Undo/ }).waitFor();
    await station.keyboard.press('Control+z');
    await station.getByText('Taken back. Everything is as it was.').waitFor();
    await station.getByRole('heading', { name: 'The appointment' }).waitFor();
    expect((await appointmentsOf(station, requestId)).map(({ status }) => status)).toEqual(['booked']);
    await expect.poll(() => focused(station)).toBe(booked?.id);
  });

  it('is told that the two minutes are over, keeps what was typed, and books all the same', async () => {
    const station = await cast.open();
    await breakClock(station, 0);
    await signIn(station, DEMO.station);
    const requestId = await planRequest(station);
    await holdEarliest(station);
    const dialog = station.getByRole('dialog');
    await dialog.getByLabel(/^Note/).fill('Needs an interpreter');
    // As if the computer had slept: for the page two minutes and more have passed.
    await setClock(station, 3 * MINUTE);
    await dialog.getByText('The two minutes are over').waitFor();
    expect(await dialog.getByLabel(/^Note/).inputValue()).toBe('Needs an interpreter');
    // The answer carries the server's time: the clock of the page is set right again, and the slot is kept.
    await dialog.getByRole('button', { name: 'Keep it again' }).click();
    await dialog.getByText('Kept for you').waitFor();
    await bookHeld(station);
    expect(await appointmentsOf(station, requestId)).toMatchObject([
      { status: 'booked', note: 'Needs an interpreter' },
    ]);
  });

  it('is told when somebody else has a slot, and chooses another', async () => {
    const [one, other] = [await cast.enter(DEMO.station), await cast.enter(COORDINATOR)];
    await planRequest(one);
    const button = one.getByRole('button', { name: /^Choose: / }).first();
    await button.waitFor();
    // Somebody else holds exactly this slot in between.
    const requestId = /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(one.url())?.[0] ?? '';
    const { slots } = (await (
      await one.request.get(`/api/earliest?specialty=cardiology&requestId=${requestId}&limit=5`)
    ).json()) as { slots: { practitioner: { id: string; displayName: string }; startsAt: string }[] };
    const [first] = slots;
    const held = await other.request.put(`/api/slot-holds/${crypto.randomUUID()}`, {
      data: { practitionerId: first?.practitioner.id, startsAt: first?.startsAt },
    });
    expect(held.status()).toBe(200);
    await one
      .getByRole('button', { name: new RegExp(`^Choose: .*${first?.practitioner.displayName}`) })
      .first()
      .click();
    const dialog = one.getByRole('dialog');
    await dialog.getByText('A colleague is booking this slot right now').waitFor();
    await dialog.getByText('Another time of this specialist').click();
    await firstFreeWeek(dialog);
    await dialog.getByRole('listitem').getByRole('button').last().click();
    await dialog.getByText('Kept for you').waitFor();
    await bookHeld(one);
  });

  it('puts a patient on the waiting list with wishes, and takes an offered slot', async () => {
    const station = await cast.enter(DEMO.station);
    await planRequest(station);
    await station.getByRole('button', { name: 'Add to the waiting list' }).first().click();
    const dialog = station.getByRole('dialog');
    await dialog.getByRole('radio', { name: 'Before 13:00' }).check({ force: true });
    await dialog.getByRole('button', { name: 'Wait for a slot' }).click();
    await station.getByRole('heading', { name: 'On the waiting list' }).waitFor();

    // The demo has an offer that waits for this station; by the hour of its seeding another may have been made besides.
    await station.goto('/');
    const offer = station
      .getByRole('article')
      .filter({ hasText: 'Offered, waits for an answer' })
      .filter({ hasText: 'Neurology' });
    await offer.getByText(/^answer within/).waitFor();
    expect(await axeViolations(station)).toEqual([]);
    await offer.getByRole('button', { name: 'Take this time' }).click();
    await offer.waitFor({ state: 'detached' });
    await station.getByText(/^Booked: /).waitFor();
  });

  it('is told in words what the coordinator moved', async () => {
    const station = await cast.enter(DEMO.station);
    const requestId = await bookEarliest(station);
    // Not by a reload: what is booked here for a later day is remembered by the start page.
    await station.getByRole('link', { name: 'Start', exact: true }).click();
    await station.getByRole('heading', { name: 'Today', exact: true }).waitFor();
    const list = station.getByRole('list', { name: 'Changes by others' });
    // What is there now is remembered before somebody changes it.
    const [appointment] = await appointmentsOf(station, requestId);
    await expect
      .poll(() => station.evaluate((id) => Object.values(localStorage).join().includes(id), appointment?.id ?? '?'))
      .toBe(true);
    const coordinator = await cast.enter(COORDINATOR);
    const cancelled = await coordinator.request.post(`/api/appointments/${appointment?.id}/cancel`, {
      data: { operationId: crypto.randomUUID(), version: appointment?.version, reason: 'specialist_away', note: '' },
    });
    expect(cancelled.status()).toBe(200);
    // By itself: the socket said that something changed.
    await list.getByText(/cancelled/).waitFor();
    await list.getByText(/The specialist is away/).waitFor();
    await list.getByRole('button', { name: /^Read/ }).click();
    await list.getByRole('listitem').first().waitFor({ state: 'detached' });
    await station.reload();
    await station.getByRole('heading', { name: 'Today', exact: true }).waitFor();
    expect(await list.getByRole('listitem').count()).toBe(0);
  });

  it('records a no-show and books again in two clicks', async () => {
    // The slot that the journey before gave back may be offered to a waiter at any moment: between two clicks it would be gone.
    await untilFreedAreOffered(cast.server);
    const station = await cast.enter(DEMO.station);
    const requestId = await bookEarliest(station);
    bringIntoThePast(cast.server, requestId);
    await station.reload();
    const card = station.getByRole('article').first();
    await card.getByRole('button', { name: /^More/ }).click();
    await card.getByRole('button', { name: 'Did not take place' }).click();
    const dialog = station.getByRole('dialog');
    await dialog.getByRole('radio', { name: /^The link/ }).check({ force: true });
    await dialog.getByRole('button', { name: 'Record it' }).click();
    await dialog.waitFor({ state: 'detached' });

    await card.getByRole('button', { name: 'Book again' }).click();
    await station.getByRole('dialog').getByText('Kept for you').waitFor();
    await bookHeld(station);
    await expect
      .poll(async () => (await appointmentsOf(station, requestId)).map(({ status }) => status).sort())
      .toEqual(['booked', 'noshow']);
  });
});

describe('station and specialist', () => {
  it('go from the arrival over the check-in into one call', async () => {
    const station = await cast.enter(DEMO.station);
    const requestId = await planRequest(station);
    // With the specialist who sits at the other screen.
    await station
      .getByRole('button', { name: /^Choose: .*Ахметова/ })
      .first()
      .click();
    await station.getByRole('dialog').getByText('Kept for you').waitFor();
    await bookHeld(station);
    const card = station.getByRole('article').first();
    await card.getByRole('button', { name: /^More/ }).click();
    await card.getByRole('button', { name: 'The patient is here' }).click();
    await card.getByText('Patient is at the station').waitFor();

    const specialist = await cast.enter(DEMO.specialist);
    const [appointment] = await appointmentsOf(station, requestId);
    await specialist.goto(`/today?day=${localDate(new Date(appointment?.startsAt ?? 0))}`);
    // Theirs alone: around now the demo has others at their stations.
    const own = specialist.getByRole('article').filter({ hasText: appointment?.patient.shortName ?? '' });
    const theirs = own.filter({ hasText: 'Patient is at the station' });
    await theirs.waitFor();
    await card.getByRole('button', { name: 'Ready for the call' }).click();
    // Live, without a reload on the other side.
    const ready = own.filter({ hasText: 'Ready for the call' });
    await ready.getByRole('button', { name: 'Begin the call' }).click();
    await specialist.waitForURL(`**/consults/${requestId}`);

    await card.getByRole('button', { name: 'Join the call' }).click();
    await station.waitForURL(`**/requests/${requestId}/call`);
    await cast.flows({ station, specialist });
    await specialist.request.post(`/api/consultations/${requestId}/end-call`);
  });
});

describe('a computer whose clock is a day off', () => {
  it.each([
    ['fast', DAY],
    ['slow', -DAY],
  ])('(%s) shows the server’s day and books the slot that was pressed', async (_, shift) => {
    const station = await cast.open();
    await breakClock(station, shift);
    await signIn(station, DEMO.station);
    await station.goto('/today');
    const today = localDate(new Date());
    const shown = station.getByRole('navigation', { name: 'Week' }).locator('[aria-current]');
    await shown.waitFor();
    expect(await shown.getAttribute('data-today')).toBe('true');
    expect(await shown.textContent()).toContain(
      ` ${['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'][Number(today.slice(5, 7)) - 1]}`,
    );
    expect(await shown.textContent()).toContain(String(Number(today.slice(8))));

    const requestId = await planRequest(station);
    const label = await station
      .getByRole('button', { name: /^Choose: / })
      .first()
      .getAttribute('aria-label');
    await holdEarliest(station);
    await bookHeld(station);
    const [booked] = await appointmentsOf(station, requestId);
    const startsAt = new Date(booked?.startsAt ?? 0);
    expect(startsAt.getTime()).toBeGreaterThan(Date.now());
    const inKazakhstan = new Date(startsAt.getTime() + 5 * 60 * MINUTE).toISOString();
    expect(label).toContain(inKazakhstan.slice(11, 16));
    expect(label).toContain(` ${Number(inKazakhstan.slice(8, 10))} `);
  });
});
