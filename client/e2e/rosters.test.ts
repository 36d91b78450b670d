import { readFile } from 'node:fs/promises';
import { addDays, weekdayOf } from '@jaqyn/shared/scheduling/local-day';
import { IMPORT_COLUMNS } from '@jaqyn/shared/scheduling/roster-csv';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { axeViolations } from './support/axe.ts';
import { Cast } from './support/cast.ts';
import { DEMO } from './support/consult.ts';
import { ask, dotted, findBusyDay, type Person, readRoster, rowOf, specialists, today } from './support/rosters.ts';

let cast: Cast;

beforeAll(async () => {
  cast = await Cast.create();
});
afterEach(() => cast.closeWindows());
afterAll(() => cast.close());

const enter = () => cast.enter('coordinator');
const nextMonday = () => addDays(today(), 8 - weekdayOf(today()));

async function openRoster(page: Page, person: Person): Promise<void> {
  await page.goto('/rosters');
  await page.getByLabel('Name', { exact: true }).fill(person.name);
  await page.getByRole('link', { name: person.name }).click();
  await page.getByRole('heading', { name: person.name, level: 1 }).waitFor();
}

describe('a weekly window', () => {
  it('is explained when it overlaps, shows its slots before it is saved, and makes them', async () => {
    const page = await enter();
    const [person] = await specialists(page, 'neurology');
    if (person === undefined) throw new Error('no neurologist');
    const { templates } = await readRoster(page, person.id);
    const there = templates.find(({ mode }) => mode === 'video');
    if (there === undefined) throw new Error('no video window');
    await openRoster(page, person);
    await page.getByRole('button', { name: 'Add a weekly window' }).first().click();
    await page.getByLabel('Service', { exact: true }).selectOption(there.service);
    await page.getByLabel('Slot, minutes').fill('30');
    await page.getByLabel('Pause after it, minutes').fill('0');
    const week = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'];
    for (const name of week) await page.getByRole('checkbox', { name, exact: true }).check();
    await page.getByLabel('From', { exact: true }).fill('0:00');
    await page.getByLabel('To', { exact: true }).fill('23:00');
    await page.getByText('The specialist already works then:').waitFor();
    await page.getByRole('button', { name: 'Save the window' }).click();
    expect((await readRoster(page, person.id)).templates).toHaveLength(templates.length);

    for (const name of [...week.filter((day) => day !== 'Tuesday'), 'Saturday', 'Sunday']) {
      await page.getByRole('checkbox', { name, exact: true }).uncheck();
    }
    await page.getByLabel('From', { exact: true }).fill('21:00');
    await page.getByLabel('To', { exact: true }).fill('23:00');
    await page.getByText('The specialist already works then:').waitFor({ state: 'detached' });
    await page.getByLabel('Also on public holidays').check();
    await page.getByText('16 slots in four weeks').waitFor();
    await page.getByText(/Tue, .*: 21:00 21:30 22:00 22:30/).waitFor();
    await page.getByRole('button', { name: 'Save the window' }).click();
    await page.getByText('The window is on the roster.').waitFor();

    const tuesday = addDays(nextMonday(), 1);
    const { slots } = await ask<{ slots: { startsAt: string; state: string }[] }>(
      page,
      `/api/slots?practitionerId=${person.id}&from=${tuesday}&to=${tuesday}`,
    );
    expect(slots.map(({ startsAt }) => startsAt)).toContain(`${tuesday}T16:00:00.000Z`);
    await page.getByRole('button', { name: 'Week after' }).click();
    await page.getByRole('button', { name: /Tue, .*21:00–\s?23:00 4 slots/ }).waitFor();
  });
});

describe('a leave over booked slots', () => {
  it('is saved only when each patient has a decision, and does what was decided', async () => {
    const page = await enter();
    const { person, day, booked } = await findBusyDay(page, 2);
    const closures = async () =>
      (await readRoster(page, person.id)).exceptions.filter(({ kind }) => kind === 'closure').length;
    const before = await closures();
    await page.goto(`/rosters/${person.id}?panel=closure`);
    await page.getByLabel('First day').fill(dotted(day));
    await page.getByLabel('Last day').fill(dotted(day));
    await page.getByText(`${booked.length} patients are booked at this time.`).waitFor();
    await page.getByRole('button', { name: 'Save the leave' }).click();
    expect(await closures()).toBe(before);

    await page.getByRole('button', { name: 'Apply the suggestion to all' }).click();
    const [first, ...others] = booked;
    if (first === undefined) throw new Error('nobody is booked');
    await rowOf(page, first).getByLabel('Put back on the waiting list').check();
    // Where there was no suggestion.
    for (const one of others) {
      const row = rowOf(page, one);
      if ((await row.getByRole('radio', { checked: true }).count()) === 0) {
        await row.getByLabel('Keep at this time, outside of the roster').check();
      }
    }
    await page.getByText('All are decided.').waitFor();
    await page.getByRole('button', { name: 'Save the leave' }).click();
    // A suggestion looks at the specialist's time only: whose patient or station is taken then is said, and decided otherwise.
    const done = page.getByText('The leave is on the roster.');
    await done.or(page.getByRole('alert')).first().waitFor();
    const isRefused = await page.getByRole('alert').isVisible();
    expect(await closures()).toBe(isRefused ? before : before + 1);
    if (isRefused) {
      const taken = page.getByRole('listitem').filter({ hasText: /another appointment|taken at that time/ });
      for (const row of await taken.all()) await row.getByLabel('Keep at this time, outside of the roster').check();
      await page.getByRole('button', { name: 'Save the leave' }).click();
    }
    await done.waitFor();
    expect(await closures()).toBe(before + 1);
    const after = await ask<{ status: string }>(page, `/api/appointments/${first.id}`);
    expect(after.status).not.toBe('booked');
  });
});

describe('a substitution', () => {
  it('closes one roster and fills the other in one action, and is taken back as a whole', async () => {
    const page = await enter();
    const [away, stand] = await specialists(page, 'cardiology', 2);
    if (away === undefined || stand === undefined) throw new Error('too few cardiologists');
    // Far ahead, where hardly anybody is booked; a Saturday or Sunday would do as well.
    const from = addDays(nextMonday(), 35);
    const to = addDays(from, 6);
    const extras = async () =>
      (await readRoster(page, stand.id)).exceptions.filter((entry) => entry.substitutionId !== null).length;
    const before = await extras();
    await page.goto(`/rosters/${away.id}?panel=closure`);
    await page.getByLabel('First day').fill(dotted(from));
    await page.getByLabel('Last day').fill(dotted(to));
    await page.getByLabel('Who takes over').selectOption(stand.id);
    await page.getByText(/sessions? (is|are) taken over/).waitFor();
    if (
      await page
        .getByText(/booked at this time\./)
        .first()
        .isVisible()
    ) {
      const rows = page.getByRole('radio', { name: 'Keep at this time, outside of the roster' });
      for (let index = 0; index < (await rows.count()); index += 1) await rows.nth(index).check();
    }
    await page.getByRole('button', { name: 'Save leave and substitution' }).click();
    await page.getByText('The leave and the substitution are on the roster.').waitFor();
    expect(await extras()).toBeGreaterThan(before);

    const entry = page.getByRole('listitem').filter({ hasText: 'with a substitute' });
    await entry.getByRole('button', { name: 'Take back' }).click();
    await page.getByRole('button', { name: 'Take it back', exact: true }).click();
    await page.getByText('It is taken off the roster.').waitFor();
    expect(await extras()).toBe(before);
  });
});

describe('an order of the Government over booked slots', () => {
  it('moves nobody, lists who is booked, and is decided for one by one', async () => {
    const page = await enter();
    const { day } = await findBusyDay(page, 1);
    const booked = async () =>
      ask<{ appointments: { id: string }[]; total: number }>(page, `/api/special-days/${day}/booked`);
    const before = await booked();
    await page.goto('/special-days?edit=new');
    await page.getByLabel('Day', { exact: true }).fill(dotted(day));
    for (const language of ['Kazakh', 'Russian', 'English'])
      await page.getByLabel(`Name in ${language}`).fill('Decree');
    await page.getByText(/booked on that day and (loses the slot|lose their slots)\./).waitFor();
    expect(await booked()).toEqual(before);
    await page.getByRole('button', { name: 'Save the day' }).click();
    const panel = page.getByRole('region', { name: /^Booked on / });
    const cards = panel.getByRole('article');
    await cards.first().waitFor();
    const { appointments, total } = await booked();
    expect(total).toBeGreaterThan(before.total);
    const shown = (of: number) => Math.min(15, of);
    await expect.poll(() => cards.count()).toBe(shown(appointments.length));
    expect(await axeViolations(page)).toEqual([]);

    // One goes back to the list and may be brought back; the others stay where they are.
    const [first] = appointments;
    const card = cards.first();
    await card.getByRole('button', { name: /^More for/ }).click();
    await card.getByRole('button', { name: 'Back to the waiting list' }).click();
    await expect.poll(async () => (await booked()).total).toBe(total - 1);
    await expect.poll(() => cards.count()).toBe(shown(total - 1));
    const after = await ask<{ status: string }>(page, `/api/appointments/${first?.id}`);
    expect(after.status).toBe('waitlist');

    // Taken back, the day is what it was and nobody stands outside of it any more.
    const entry = page.getByRole('listitem').filter({ hasText: 'Decree' }).filter({ hasText: 'by order' });
    await entry.getByRole('button', { name: 'Take back' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Take back' }).click();
    await expect.poll(async () => (await booked()).total).toBe(before.total);
    await expect.poll(() => cards.count()).toBe(shown(before.total));
  });
});

describe('the import', () => {
  const line = (start: string) => `cardio2;cardiology-video;video;6;${start};23:00;20;0;no;;${addDays(today(), 7)};`;
  const file = (...rows: string[]) => ({
    name: 'rosters.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from([IMPORT_COLUMNS.join(';'), ...rows].join('\r\n')),
  });

  it('explains wrong files and rows, and adds a right one after it was looked at', async () => {
    const page = await enter();
    await page.goto('/rosters/import');
    const choose = page.getByLabel('Choose a file');
    await choose.setInputFiles({ ...file(), buffer: Buffer.from('name;day\r\nA;1') });
    await page.getByText('Columns that are not known: name, day.').waitFor();
    await choose.setInputFiles(file(...Array<string>(50_000).fill(line('22:00'))));
    await page.getByText(/It has 50,000 rows, and 5,000 is the most at once/).waitFor();

    await choose.setInputFiles(file(line('22:00'), line('9.75').replace('cardio2', 'nobody')));
    const mistakes = page.getByRole('region', { name: 'Mistakes' });
    await mistakes.getByRole('row', { name: /^3 start 9\.75 not a time/ }).waitFor();
    expect(await page.getByRole('button', { name: /^Add \d/ }).count()).toBe(0);

    await choose.setInputFiles(file(line('22:00')));
    const add = page.getByRole('button', { name: 'Add 1 window' });
    await add.waitFor();
    expect(await add.isDisabled()).toBe(true);
    await page.getByLabel('I have looked at the rows: they are right').check();
    await add.click();
    await page.getByText('1 window is on the rosters.').waitFor();

    await page.getByRole('button', { name: 'Another file' }).click();
    await choose.setInputFiles(file(line('22:00')));
    await page.getByText('Every row is on the rosters already: there is nothing to add.').waitFor();
  });
});

describe('the end of the day', () => {
  it('lists what is open with its filter in the address, and hands it out as a file', async () => {
    const page = await enter();
    await page.goto('/day-end');
    await page.getByRole('heading', { name: /^Overdue/ }).waitFor();
    await page.getByLabel('Show', { exact: true }).selectOption('overdue');
    await page.waitForURL(/list=overdue/);
    const number = await page.getByText(/^№ /).first().innerText();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: /^Download CSV ?: Overdue/ }).click(),
    ]);
    const text = await readFile(await download.path(), 'utf8');
    expect(text.startsWith('\uFEFF')).toBe(true);
    expect(text).toContain(number.replace('№ ', ''));
    const [workbook] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: /^Download XLSX ?: Overdue/ }).click(),
    ]);
    // A ZIP archive, as every workbook is.
    expect((await readFile(await workbook.path())).subarray(0, 2).toString()).toBe('PK');
  });
});

describe('the reminders', () => {
  it('come at other times from today on, as a coordinator enters them', async () => {
    const page = await enter();
    await page.goto('/notices/sent');
    const minutes = page.getByLabel('Minutes before it begins, separated by spaces');
    await minutes.fill('2');
    await page.getByText('One to five whole numbers, each at least 5').waitFor();
    await minutes.fill('120 15');
    await minutes.press('Enter');
    await page.getByText('Saved', { exact: true }).waitFor();
    await expect.poll(() => minutes.inputValue()).toBe('15 120');
    const { inForce } = await ask<{ inForce: { reminder: number[] } }>(page, '/api/notice-rules');
    expect(inForce.reminder).toEqual([15, 120]);
  });
});

describe("a specialist's own page", () => {
  it('makes a calendar address that is told once and stops when it is taken back', async () => {
    const page = await cast.enter(DEMO.specialist);
    await page.goto('/my-roster');
    await page.getByText('Show the appointments in another calendar').click();
    await page.getByLabel('Where it will be used').fill('My telephone');
    await page.getByRole('button', { name: 'Make an address' }).click();
    const address = await page.getByLabel('Calendar address').inputValue();
    const read = () => page.request.get(address);
    expect(await (await read()).text()).toContain('BEGIN:VCALENDAR');
    expect(await page.getByRole('button', { name: 'Add a weekly window' }).count()).toBe(0);

    await page.reload();
    await page.getByText('Show the appointments in another calendar').click();
    await page
      .getByRole('listitem')
      .filter({ hasText: 'My telephone' })
      .getByRole('button', { name: 'Take back the address' })
      .click();
    expect(await page.getByLabel('Calendar address').count()).toBe(0);
    await page.getByRole('dialog').getByRole('button', { name: 'Take back the address' }).click();
    await page.getByText('no longer works').waitFor();
    expect((await read()).status()).toBe(404);
  });
});

describe.each([
  { size: 'an old PC', viewport: { width: 1366, height: 768 } },
  { size: 'a telephone', viewport: { width: 390, height: 844 } },
])('on $size', ({ viewport }) => {
  it('no screen of rosters has an axe violation or is wider than the screen', async () => {
    const page = await cast.enter('coordinator', { viewport });
    const [person] = await specialists(page, 'cardiology');
    if (person === undefined) throw new Error('no cardiologist');
    const screens = [
      ['/rosters', 'Rosters'],
      ['/rosters?q=zzz', 'Rosters'],
      [`/rosters/${person.id}?panel=window`, 'New weekly window'],
      [`/rosters/${person.id}?panel=closure`, 'Leave or hours off'],
      ['/rosters/import', 'Import of rosters'],
      ['/services?edit=cardiology-video', 'Change the service'],
      ['/special-days?edit=new', 'Enter an order'],
      ['/day-end', /^End of day/],
    ] as const;
    for (const [address, heading] of screens) {
      await page.goto(address);
      await page.getByRole('heading', { name: heading }).waitFor();
      for (const language of ['ҚАЗ', 'РУС', 'ENG']) {
        await page.getByRole('button', { name: language, exact: true }).click();
        await page
          .locator(`html[lang=${{ ҚАЗ: 'kk', РУС: 'ru', ENG: 'en' }[language]}]`)
          .waitFor({ state: 'attached' });
        expect(await axeViolations(page), `${address}, ${language}`).toEqual([]);
        const isWide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
        expect(isWide, `${address}, ${language}`).toBe(false);
      }
    }
  });
});
