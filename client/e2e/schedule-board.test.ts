import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../src/lib/ids.ts';
import { axeViolations } from './support/axe.ts';
import {
  cardOf,
  cellAt,
  cellsOf,
  dragTo,
  findFreeFor,
  findRivals,
  findScene,
  isAmongFits,
  isPossible,
  middleOf,
  newcomers,
  openDay,
  type Scene,
  timeOf,
  touchTo,
  waiters,
} from './support/board.ts';
import { planRequest } from './support/booking.ts';
import { Cast } from './support/cast.ts';
import { DEMO } from './support/consult.ts';

let cast: Cast;

beforeAll(async () => {
  cast = await Cast.create();
});
afterEach(() => cast.closeWindows());
afterAll(() => cast.close());

const enter = () => cast.enter('coordinator');
const kindAt = async (page: Page, scene: Scene, key: string) =>
  (await cellsOf(page, scene.date, scene.waiter.specialty)).find((cell) => cell.key === key);

/** The appointment stands on the cell, by the server's word. */
async function standsAt(page: Page, scene: Scene, key: string, id: string): Promise<void> {
  await expect.poll(async () => (await kindAt(page, scene, key))?.appointments.map((one) => one.id)).toContain(id);
}

async function undo(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Undo/ }).click();
  await page.getByText('Taken back. Everything is as it was.').waitFor();
}

describe('the board', () => {
  it('books a waiter by drag, tells what stands against it before the drop, and takes it back', async () => {
    const page = await enter();
    const scene = await findScene(page, addWaiter);
    await openDay(page, scene);
    const [free] = scene.free;
    const [taken] = scene.booked;
    if (free === undefined || taken === undefined) throw new Error('no cells');

    // Over somebody else's time: refused before and at the drop, and the waiter still waits.
    const carryBar = page.getByRole('region', { name: scene.waiter.patient.shortName });
    await dragTo(page, cardOf(page, scene.waiter), cellAt(page, taken), async () => {
      await carryBar.getByText(/Somebody (else has this time|is booked there already)/).waitFor();
    });
    // What is refused is left in the hand, what is only warned of is asked about; either way nothing has happened.
    const back = page.getByRole('button', { name: 'Go back' });
    await page.getByRole('alert').or(back).first().waitFor();
    if (await back.isVisible()) await back.click();
    await page.getByRole('button', { name: 'Leave it' }).click();
    expect((await kindAt(page, scene, taken.key))?.appointments).toHaveLength(1);

    await dragTo(page, cardOf(page, scene.waiter), cellAt(page, free), async () => {
      await carryBar.getByText(timeOf(free)).waitFor();
    });
    await confirmIfAsked(page, page.getByText(/^Booked: /));
    await standsAt(page, scene, free.key, scene.waiter.id);
    await cardOf(page, scene.waiter).waitFor({ state: 'detached' });
    expect(await cellAt(page, free).evaluate((cell) => cell === document.activeElement)).toBe(true);

    await undo(page);
    await cardOf(page, scene.waiter).waitFor();
    // The pressed button is gone, the focus is not: it is on the board again.
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.closest('[role="grid"], li') !== null))
      .toBe(true);
    await expect.poll(async () => (await kindAt(page, scene, free.key))?.kind).toBe('free');
  });

  it('does the same by keys alone', async () => {
    const page = await enter();
    const scene = await findScene(page, addWaiter);
    await openDay(page, scene);
    await page.keyboard.press('/');
    const search = page.getByLabel('Find in the waiting list');
    expect(await search.evaluate((field) => field === document.activeElement)).toBe(true);
    await search.fill(scene.waiter.requestNumber);
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Put on the board');
    await page.keyboard.press('Enter');

    // The focus is on the first free slot of the specialty; the arrows lead on from there.
    const focused = () => page.evaluate(() => (document.activeElement as HTMLElement).dataset['cell']);
    await expect.poll(focused).toBeDefined();
    const first = (await focused()) ?? '';
    // That slot may be the last of its row, where an arrow leads no further: from there the other way round.
    const row = await cellKeysOfRow(page, first);
    const at = row.indexOf(first);
    const isLast = at === row.length - 1;
    await page.keyboard.press(isLast ? 'ArrowLeft' : 'ArrowRight');
    expect(await focused()).toBe((isLast ? row[at - 1] : row[at + 1]) ?? first);
    if (row.length > 1) await page.keyboard.press(isLast ? 'ArrowRight' : 'ArrowLeft');
    expect(await focused()).toBe(first);
    const [free] = scene.free;
    if (free === undefined) throw new Error('no cells');
    await walkTo(page, free.key);
    await page.keyboard.press('Enter');
    await confirmIfAsked(page, page.getByText(/^Booked: /));
    await standsAt(page, scene, free.key, scene.waiter.id);
    await expect.poll(focused).toBe(free.key);

    // Enter lifts it again, Escape leaves it where it is.
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Leave it' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Leave it' }).waitFor({ state: 'detached' });
    await page.keyboard.press('Control+z');
    await page.getByText('Taken back. Everything is as it was.').waitFor();
    await cardOf(page, scene.waiter).waitFor();
  });

  it('moves by click: pick up, put down; its own place gives it up, and what stands against it is said', async () => {
    const page = await enter();
    const scene = await findScene(page, addWaiter);
    await openDay(page, scene);
    const { booked, free } = await movable(page, scene);
    const moving = booked?.appointments[0];
    const other = scene.booked.find(({ key }) => key !== booked?.key);
    if (booked === undefined || free === undefined || moving === undefined) throw new Error('no cells');
    await cellAt(page, booked).click();
    await page.getByRole('button', { name: 'Move on the board' }).click();
    await cellAt(page, booked).click();
    await page.getByRole('button', { name: 'Leave it' }).waitFor({ state: 'detached' });

    await cellAt(page, booked).click();
    await page.getByRole('button', { name: 'Move on the board' }).click();
    // Onto somebody else's time: it is said before, and at the put-down nothing moves.
    if (other !== undefined) {
      await cellAt(page, other).hover();
      const bar = page.getByRole('region', { name: moving.patient.shortName });
      await bar
        .getByText(/Somebody (else has this time|is booked there already)|is elsewhere|another appointment/)
        .waitFor();
      await cellAt(page, other).click();
      const back = page.getByRole('button', { name: 'Go back' });
      await page.getByRole('alert').or(back).first().waitFor();
      if (await back.isVisible()) await back.click();
      await standsAt(page, scene, booked.key, moving.id);
    }
    await cellAt(page, free).click();
    await confirmIfAsked(page, page.getByText(/^Moved: /));
    await standsAt(page, scene, free.key, moving.id);
    await undo(page);
    await standsAt(page, scene, booked.key, moving.id);
  });

  it('holds a chosen slot, says who fits and why, and offers it', async () => {
    const page = await enter();
    const scene = await findScene(page, addWaiter, 1, isAmongFits);
    await openDay(page, scene);
    const free = scene.free[0];
    if (free === undefined) throw new Error('no cells');
    await cellAt(page, free).click();
    const panel = page.getByRole('region', { name: 'Free slot' });
    await panel.getByText(/^1:\d\d$|^2:00$/).waitFor();
    const offer = panel.getByRole('button', { name: `Offer to ${scene.waiter.patient.shortName}` });
    await offer.click();
    await page.getByText(/^Offered: /).waitFor();
    await standsAt(page, scene, free.key, scene.waiter.id);
    expect((await kindAt(page, scene, free.key))?.kind).toBe('offered');
    await undo(page);
    await expect.poll(async () => (await kindAt(page, scene, free.key))?.kind).toBe('free');
  });

  it('shows another coordinator’s booking without a reload, and lets one of two have a slot', async () => {
    const [mine, theirs] = [await enter(), await enter()];
    const scene = await findScene(mine, addWaiter);
    await openDay(mine, scene);
    await openDay(theirs, scene);
    const [free, other] = scene.free;
    if (free === undefined || other === undefined) throw new Error('no cells');

    // Mine is in the hand, and theirs is faster.
    await cardOf(mine, scene.waiter).getByRole('button').click();
    await dragTo(theirs, cardOf(theirs, scene.waiter), cellAt(theirs, free));
    await confirmIfAsked(theirs, theirs.getByText(/^Booked: /));
    const after = await mine.waitForSelector(`[data-cell="${free.key}"][aria-label*="booked"]`);
    expect(await after.getAttribute('aria-label')).toContain(scene.waiter.patient.shortName);
    // What the schedule itself offers meanwhile is told, too, and is nobody's.
    const line = mine
      .getByRole('log')
      .locator('p')
      .filter({ hasText: scene.waiter.patient.shortName })
      .filter({ hasText: / was (booked|changed): / })
      .first();
    await line.waitFor();
    expect(await line.innerText()).not.toContain('Others:');

    // What was in the hand is still there, and may go elsewhere from where it is now.
    await cellAt(mine, other).click();
    await confirmIfAsked(mine, mine.getByText(/^Moved: /));
    await standsAt(mine, scene, other.key, scene.waiter.id);
    await theirs.waitForSelector(`[data-cell="${other.key}"][aria-label*="booked"]`);
  });

  it('gives a slot that two want at once to one, tells the other, and keeps their waiter', async () => {
    const pages = [await enter(), await enter()] as const;
    const { scene, rival } = await findRivals(pages[0], addWaiter);
    const [slot] = scene.free;
    if (slot === undefined) throw new Error('no cells');
    for (const page of pages) await openDay(page, scene);
    const wants = [scene.waiter, rival] as const;
    await Promise.all(
      pages.map((page, index) => dragTo(page, cardOf(page, wants[index] ?? rival), cellAt(page, slot))),
    );
    const outcomes = await Promise.all(
      pages.map(async (page) => {
        const booked = page.getByText(/^Booked: /);
        const told = page.getByRole('alert');
        const asked = page.getByRole('dialog');
        await booked.or(told).or(asked).first().waitFor();
        if (await asked.isVisible()) {
          // The service would allow one more: that is being told. What is only late is confirmed by both.
          if ((await asked.innerText()).includes('Somebody')) return 'told';
          await asked.getByRole('button', { name: 'Yes, put it there' }).click();
          await booked.or(told).first().waitFor();
        }
        return (await booked.isVisible()) ? 'booked' : 'told';
      }),
    );
    expect(outcomes.toSorted()).toEqual(['booked', 'told']);
    const winner = wants[outcomes.indexOf('booked')];
    const loser = wants[outcomes.indexOf('told')];
    if (winner === undefined || loser === undefined) throw new Error('nobody');
    expect((await kindAt(pages[0], scene, slot.key))?.appointments.map(({ id }) => id)).toEqual([winner.id]);
    expect((await waiters(pages[0])).map(({ appointment }) => appointment.id)).toContain(loser.id);
  });

  it('puts a new request onto the list, and onto a slot by drag and by keys', async () => {
    const station = await cast.enter(DEMO.station);
    const requestId = await planRequest(station);
    const page = await enter();
    const request = (await newcomers(page)).find((one) => one.requestId === requestId);
    if (request === undefined) throw new Error('The planned request did not arrive');
    const { date, cell } = await findFreeFor(page, request);
    await page.goto(`/schedule?view=day&date=${date}&specialty=${request.specialty}`);
    await page.getByRole('grid').waitFor();
    await page.getByLabel('Find in the waiting list').fill(request.requestNumber);
    const card = page.locator(`li[data-carry="${requestId}"]`);

    // One press puts it onto the list; taken back, it is new again.
    await card.getByRole('button', { name: /^To the waiting list/ }).click();
    await card.waitFor({ state: 'detached' });
    const waiting = (await waiters(page)).find((one) => one.appointment.requestId === requestId);
    if (waiting === undefined) throw new Error('It is not on the list');
    await cardOf(page, waiting.appointment).waitFor();
    await undo(page);
    await card.waitFor();

    const bookedAt = async () =>
      (await cellsOf(page, date, request.specialty))
        .find(({ key }) => key === cell.key)
        ?.appointments.map((one) => one.requestId);
    await dragTo(page, card, cellAt(page, cell));
    await confirmIfAsked(page, page.getByText(/^Booked: /));
    await expect.poll(bookedAt).toEqual([requestId]);
    await card.waitFor({ state: 'detached' });
    await undo(page);
    await card.waitFor();

    // The same again under the same request, by keys.
    await page.keyboard.press('/');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate(() => (document.activeElement as HTMLElement).dataset['cell'])).toBeDefined();
    await walkTo(page, cell.key);
    await page.keyboard.press('Enter');
    await confirmIfAsked(page, page.getByText(/^Booked: /));
    await expect.poll(bookedAt).toEqual([requestId]);

    // On the day's list of everybody, which is a link away.
    await page.getByRole('link', { name: 'Day list' }).first().click();
    await page.goto(`/day-list?day=${date}&specialty=${request.specialty}`);
    await page
      .getByRole('row', { name: new RegExp(timeOf(cell)) })
      .first()
      .waitFor();
    for (const language of LANGUAGES) {
      await page.getByRole('button', { name: language, exact: true }).click();
      await page.locator(`html[lang=${{ ҚАЗ: 'kk', РУС: 'ru', ENG: 'en' }[language]}]`).waitFor({ state: 'attached' });
      expect(await axeViolations(page), `day list, ${language}`).toEqual([]);
    }
  });

  it('is dragged by a finger that rests, and scrolled by one that does not', async () => {
    const page = await cast.enter('coordinator', { hasTouch: true, viewport: { width: 1024, height: 600 } });
    page.setDefaultTimeout(30_000);
    const scene = await findScene(page, addWaiter);
    await openDay(page, scene);
    const [free] = scene.free;
    if (free === undefined) throw new Error('no cells');
    const card = cardOf(page, scene.waiter);
    await page.getByLabel('Find in the waiting list').fill(scene.waiter.requestNumber);
    await cellAt(page, free).scrollIntoViewIfNeeded();
    await card.scrollIntoViewIfNeeded();

    // A quick one scrolls the page and lifts nothing.
    const before = await page.evaluate(() => scrollY);
    const start = await middleOf(card);
    await touchTo(page, card, { x: start.x, y: start.y + (before > 0 ? 250 : -250) });
    await expect.poll(() => page.evaluate(() => scrollY)).not.toBe(before);
    expect(await page.getByRole('button', { name: 'Leave it' }).isVisible()).toBe(false);

    // Upright, so that the card and the slot are both there.
    await page.setViewportSize({ width: 1024, height: 1366 });
    const leave = page.getByRole('button', { name: 'Leave it' });
    await cellAt(page, free).scrollIntoViewIfNeeded();
    const still = await page.evaluate(() => scrollY);
    await touchTo(page, card, await middleOf(cellAt(page, free)), () => leave.waitFor());
    await confirmIfAsked(page, page.getByText(/^Booked: /));
    expect(await page.evaluate(() => scrollY)).toBe(still);
    await standsAt(page, scene, free.key, scene.waiter.id);
    await undo(page);
    await cardOf(page, scene.waiter).waitFor();
  });

  it('keeps every filter in the address', async () => {
    const page = await enter();
    await page.goto('/schedule');
    await page.getByRole('grid').waitFor();
    await page.getByLabel('Specialty').selectOption({ label: 'Neurology' });
    await page.getByRole('button', { name: 'Day', exact: true }).click();
    await page.getByRole('button', { name: 'Next day' }).click();
    await page.getByRole('button', { name: 'Wider' }).click();
    await page.waitForURL(/zoom=2/);
    const url = page.url();
    const title = await page.getByRole('heading', { level: 2 }).first().textContent();
    await page.goto('/coordinator');
    await page.goto(url);
    await page.getByRole('grid').waitFor();
    // The list of specialties comes after the board on a slow machine.
    await expect.poll(() => page.getByLabel('Specialty').inputValue()).toBe('neurology');
    expect(await page.getByRole('heading', { level: 2 }).first().textContent()).toBe(title);
    await page.goto('/schedule?q=nobody-is-called-so');
    await page.getByRole('button', { name: 'Show everybody' }).click();
    await page.getByRole('grid').waitFor();
  });
});

/** Somebody booked, and a free cell that the server lets them have. */
async function movable(page: Page, { date, waiter, booked }: Scene) {
  for (const cell of await cellsOf(page, date, waiter.specialty)) {
    if (cell.kind !== 'free' || cell.batch !== null) continue;
    for (const from of booked) {
      const [one] = from.appointments;
      if (one !== undefined && (await isPossible(page, one, cell, one.id))) return { booked: from, free: cell };
    }
  }
  throw new Error('Nobody can be moved on this day');
}

/** The keys of the cells that stand in one row with this one, as they are drawn. */
function cellKeysOfRow(page: Page, key: string): Promise<string[]> {
  return cellAt(page, { key }).evaluate((cell) =>
    [...(cell.closest('[role="row"]')?.querySelectorAll<HTMLElement>('[data-cell]') ?? [])].map(
      (one) => one.dataset['cell'] ?? '',
    ),
  );
}

/** With the arrow keys: down to the specialist's row, then along it. */
async function walkTo(page: Page, key: string): Promise<void> {
  const focused = () => page.evaluate(() => (document.activeElement as HTMLElement).dataset['cell'] ?? '');
  const rowOf = (cell: string) => cell.split('@')[0];
  const minuteOf = (cell: string) => Number(cell.split('@')[1]);
  await page.keyboard.press('Control+Home');
  for (let rows = 0; rows < 60 && rowOf(await focused()) !== rowOf(key); rows += 1)
    await page.keyboard.press('ArrowDown');
  for (let steps = 0; steps < 60 && (await focused()) !== key; steps += 1) {
    await page.keyboard.press(minuteOf(await focused()) < minuteOf(key) ? 'ArrowRight' : 'ArrowLeft');
  }
  expect(await focused()).toBe(key);
}

let added = 0;

/** One of a station's grown patients, another one each time, put on the waiting list. */
async function addWaiter(specialty: string): Promise<void> {
  const station = await cast.enter(DEMO.station);
  const { patients } = (await (await station.request.get('/api/patients?limit=50')).json()) as {
    patients: { id: string; birthDate: string }[];
  };
  const patientId = patients.filter(({ birthDate }) => birthDate < '2000')[added]?.id;
  added += 1;
  const requestId = newId();
  const request = { id: requestId, patientId, specialty, urgency: 'routine', reason: 'May wait for a slot' };
  const asked = await station.request.post('/api/planned-consultations', { data: request });
  expect(asked.ok(), await asked.text()).toBe(true);
  const place = {
    operationId: newId(),
    id: newId(),
    requestId,
    mode: 'video',
    wishes: { language: null, partOfDay: 'any', preferredPractitionerId: null },
  };
  const joined = await station.request.post('/api/waitlist', { data: place });
  expect(joined.ok(), await joined.text()).toBe(true);
}

/** Warnings are read and confirmed; without any it is done at once. */
async function confirmIfAsked(page: Page, done: ReturnType<Page['getByText']>): Promise<void> {
  const confirm = page.getByRole('button', { name: 'Yes, put it there' });
  await done.or(confirm).first().waitFor();
  if (await confirm.isVisible()) await confirm.click();
  await done.waitFor();
}

const LANGUAGES = ['ҚАЗ', 'РУС', 'ENG'] as const;
const SCREENS = [
  { size: 'an old PC', viewport: { width: 1366, height: 768 }, view: 'week' },
  { size: 'an old PC', viewport: { width: 1366, height: 768 }, view: 'day' },
  { size: 'a telephone', viewport: { width: 390, height: 844 }, view: 'day' },
] as const;

it.each(SCREENS)('has no axe violation in any language: $view on $size', async ({ viewport, view }) => {
  const page = await cast.enter('coordinator', { viewport });
  const scene = await findScene(page, addWaiter);
  await page.goto(`/schedule?view=${view}&date=${scene.date}`);
  await page.getByRole('grid').waitFor();
  for (const language of LANGUAGES) {
    await page.getByRole('button', { name: language, exact: true }).click();
    await page.locator(`html[lang=${{ ҚАЗ: 'kk', РУС: 'ru', ENG: 'en' }[language]}]`).waitFor({ state: 'attached' });
    expect(await axeViolations(page), `${view}, ${language}`).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  }
});

it('hangs on the wall: red clocks first, the longest on top, nothing to press and no axe violation', async () => {
  const page = await cast.enter('coordinator', { viewport: { width: 1366, height: 768 } });
  for (const language of LANGUAGES) {
    await page.goto('/notices');
    await page.getByRole('button', { name: language, exact: true }).click();
    await page.locator(`html[lang=${{ ҚАЗ: 'kk', РУС: 'ru', ENG: 'en' }[language]}]`).waitFor({ state: 'attached' });
    await page.goto('/schedule/wall');
    await page.getByRole('listitem').first().waitFor();
    await page.waitForFunction(() => document.querySelector('[data-loading]') === null);
    expect(await axeViolations(page), language).toEqual([]);
  }
  // By the server's word: who waits past the date, the longest first.
  const now = Date.now();
  const { entries } = (await (await page.request.get('/api/waitlist?limit=500')).json()) as {
    entries: { appointment: { treatBy: string; requestNumber: string } }[];
  };
  const overdue = entries
    .map(({ appointment }) => appointment)
    .filter(({ treatBy }) => Date.parse(treatBy) < now - 60_000)
    .sort((a, b) => Date.parse(a.treatBy) - Date.parse(b.treatBy))
    .map(({ requestNumber }) => requestNumber);
  const column = page.locator('section').filter({ has: page.getByRole('heading', { name: /^Waiting past the date/ }) });
  const lines = await column.getByRole('listitem').allInnerTexts();
  expect(overdue.length).toBeGreaterThan(0);
  expect(lines.map((line) => /\d{4}\u2011[\d\u2011]+/.exec(line)?.[0].replaceAll('\u2011', '-'))).toEqual(
    overdue.slice(0, lines.length),
  );
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
});
