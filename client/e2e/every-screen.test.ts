import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { axeViolations } from './support/axe.ts';
import { Cast } from './support/cast.ts';
import { SCREENS, settled } from './support/screens.ts';
import { readTexts } from './support/texts.ts';

const source = path.resolve(import.meta.dirname, '../src');

let cast: Cast;

beforeAll(async () => {
  cast = await Cast.create();
});
afterEach(() => cast.closeWindows());
afterAll(() => cast.close());

/** Without a signed-in person, or only while a call rings or goes on: other journeys. The wall has nothing to press, so no language either. */
const ELSEWHERE = ['/sign-in', '/requests/$requestId/call', '/invitations/$requestId', '/schedule/wall'];

const LANGUAGES = { kk: 'ҚАЗ', ru: 'РУС', en: 'ENG' } as const;

it('has every screen of the router', () => {
  const router = readFileSync(path.join(source, 'app/router.tsx'), 'utf8');
  const paths = [...router.matchAll(/^ {2}path: '([^']+)'/gm)].map(([, found]) => found ?? '');
  const seen = [...Object.values(SCREENS).flatMap((of) => Object.keys(of)), ...ELSEWHERE];
  expect(paths.toSorted()).toEqual(seen.toSorted());
});

it.each(Object.keys(SCREENS))('%s: nothing is wider than a telephone, untranslated or against axe', async (login) => {
  const page = await cast.enter(login, { viewport: { width: 390, height: 844 } });
  const found: string[] = [];
  for (const [name, address] of Object.entries(SCREENS[login] ?? {})) {
    await page.goto(await address(page));
    await settled(page);
    for (const [language, word] of Object.entries(LANGUAGES)) {
      await page.getByRole('button', { name: word, exact: true }).click();
      await page.locator(`html[lang=${language}]`).waitFor({ state: 'attached' });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (wide > 0) found.push(`${name}, ${language}: ${wide} px too wide`);
      const english = language === 'en' ? [] : await readTexts(page, language as 'kk' | 'ru');
      for (const text of english) found.push(`${name}, ${language}: “${text}” is not translated`);
      if (language === 'kk') found.push(...(await axeViolations(page)).map((one) => `${name}: ${one}`));
    }
  }
  expect(found).toEqual([]);
});

it('goes on past the first page of what is open, to the last one, and says how many there are', async () => {
  const page = await cast.enter('coordinator');
  await page.goto('/coordinator');
  await page.getByRole('button', { name: 'ENG', exact: true }).click();
  const told = page.getByText(/^\d+ of \d+ shown$/);
  await told.waitFor({ timeout: 60_000 });
  const [shown, total] = [...((await told.textContent()) ?? '').matchAll(/\d+/g)].map(Number);
  expect(shown).toBe(200);
  await page.getByText(`open: ${total}`).waitFor();
  // How many pages there are depends on the hour: the demo is drawn by the time of day.
  const cards = page.getByText('What happened when');
  for (let before = await cards.count(); (await told.count()) > 0; before = await cards.count()) {
    await page.getByRole('button', { name: 'Show more' }).click();
    await expect.poll(() => cards.count(), { timeout: 60_000 }).toBeGreaterThan(before);
  }
  expect(await cards.count()).toBe(total);
});
