import { afterAll, beforeAll, expect, it } from 'vitest';
import { axeViolations } from './support/axe.ts';
import { SCREENS, settled } from './support/screens.ts';
import { KEYS } from './support/webdriver.ts';
import { complaintsOf, WebKitCast } from './support/webkit-cast.ts';

/** The ones with the most in them; `npm run looks -- --browser webkit` goes to all, in three languages. */
const BUSY = { feldsher: '/', coordinator: '/rosters/$practitionerId', cardio: '/worklist' } as const;

const SIZES = [
  { width: 1366, height: 768 },
  { width: 390, height: 844 },
];

let cast: WebKitCast;

beforeAll(async () => {
  cast = await WebKitCast.create();
});
afterAll(() => cast.close());

it.each(Object.entries(BUSY))("%s: %s fits and works in Safari's engine", async (login, name) => {
  const { window, request } = await cast.enter(login);
  await window.goto(`${cast.url}${await SCREENS[login]?.[name]?.({ request })}`);
  await settled(window);
  for (const size of SIZES) {
    await window.resize(size);
    expect(await window.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
    expect(await axeViolations(window)).toEqual([]);
  }
  expect(await complaintsOf(window)).toEqual([]);
});

it('says that it holds no calls where there is no WebRTC, and takes a question that is answered in writing', async () => {
  const { window, request } = await cast.enter('feldsher');
  await window.goto(`${cast.url}/`);
  await settled(window);
  const alert = await window.evaluate(() => document.querySelector('[role=alert]')?.textContent);
  expect(alert).toContain('Chrome, Edge');
  await window.goto(`${cast.url}${await SCREENS['feldsher']?.['/requests/$requestId/status']?.({ request })}`);
  await settled(window);
  expect(await window.evaluate(() => document.querySelector('main')?.textContent)).toContain('A rash for two weeks');
  expect(await complaintsOf(window)).toEqual([]);
});

it('opens a dialog over the page and closes it by keyboard', async () => {
  const { window, request } = await cast.enter('coordinator');
  await window.goto(`${cast.url}${await SCREENS['coordinator']?.['/triage']?.({ request })}`);
  await settled(window);
  await window.click('main li button');
  await window.waitForFunction(() => document.querySelector('dialog:modal') !== null);
  expect(await window.evaluate(() => document.querySelector('dialog')?.contains(document.activeElement))).toBe(true);
  expect(await axeViolations(window)).toEqual([]);
  await window.type('dialog button', KEYS.escape);
  await window.waitForFunction(() => document.querySelector('dialog') === null);
  expect(await complaintsOf(window)).toEqual([]);
});
