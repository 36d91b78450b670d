import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Page, Route } from 'playwright-core';
import { Cast } from '../../client/e2e/support/cast.ts';
import { SCREENS, settled } from '../../client/e2e/support/screens.ts';
import { toProblem } from '../../shared/src/errors/problem.ts';
import { emptied, filled, isAlwaysAnswered, STATES, type State } from './answers.ts';
import { galleryPage } from './gallery.ts';
import { LANGUAGES, type Language, type Look, SIZES, type Size } from './look.ts';
import { keyboardFaults, pageFaults } from './page-faults.ts';
import { SCENES } from './scenes/scenes.ts';

const WORDS: Readonly<Record<Language, string>> = { kk: 'ҚАЗ', ru: 'РУС', en: 'ENG' };

const { values: options } = parseArgs({
  options: {
    out: { type: 'string', default: '.tools/looks' },
    login: { type: 'string', default: [...Object.keys(SCREENS), 'neuro'].join() },
    language: { type: 'string', default: LANGUAGES.join() },
    size: { type: 'string', default: Object.keys(SIZES).join() },
    state: { type: 'string', default: [...STATES, 'scene'].join() },
    scheme: { type: 'string', default: 'light' },
    only: { type: 'string', default: '' },
    keys: { type: 'boolean', default: false },
  },
});
const out = path.resolve(options.out);
const only = new RegExp(options.only);
const states = new Set(options.state.split(','));
const scheme = options.scheme === 'dark' ? 'dark' : 'light';
const looks: Look[] = [];

interface View {
  readonly login: string;
  readonly language: Language;
  readonly size: Size;
}

mkdirSync(out, { recursive: true });
const cast = await Cast.create();
try {
  for (const login of options.login.split(','))
    for (const size of options.size.split(',') as Size[]) {
      if (SIZES[size] === undefined) throw new Error(`--size is ${Object.keys(SIZES).join(' or ')}, not ${size}`);
      for (const language of options.language.split(',') as Language[]) await lookAround({ login, language, size });
    }
} finally {
  await cast.close();
}
const faulty = looks.filter(({ faults }) => faults.length > 0);
process.stdout.write(`${looks.length} looks, ${faulty.length} with faults: ${path.join(out, 'index.html')}\n`);

/** Every screen of this person in every state, then every scene. */
async function lookAround(view: View): Promise<void> {
  const screens = Object.entries(SCREENS[view.login] ?? {}).filter(([name]) => only.test(name));
  if (screens.length > 0 && STATES.some((state) => states.has(state))) {
    const page = await enter(view);
    for (const [name, address] of screens) {
      const url = await address(page);
      for (const state of STATES.filter((one) => states.has(one))) {
        await page.unrouteAll({ behavior: 'ignoreErrors' });
        await page.route('**/api/**', (route) => answerAs(state, route));
        await attempt(page, name, state, view, async () => {
          await page.goto(url);
          if (state === 'loading') await page.locator('h1, h2, [data-loading]').first().waitFor({ state: 'attached' });
          else await settled(page);
        });
      }
    }
    await cast.closeWindows();
  }
  if (!states.has('scene')) return;
  for (const { name, login, play } of SCENES) {
    if (login !== view.login || !only.test(name)) continue;
    const page = await enter(view);
    await attempt(page, name, 'scene', view, () => play({ cast, page, ...view }));
    await cast.closeWindows();
  }
}

async function enter({ login, language, size }: View): Promise<Page> {
  const page = await cast.enter(login, { viewport: SIZES[size], colorScheme: scheme, hasTouch: size === 'narrow' });
  page.setDefaultTimeout(20_000);
  await page.getByRole('button', { name: WORDS[language], exact: true }).click();
  await page.locator(`html[lang=${language}]`).waitFor({ state: 'attached' });
  // Also after a reload: the window was opened as one whose browser is English.
  await page.context().addInitScript((of) => localStorage.setItem('jaqyn.language', of), language);
  return page;
}

async function answerAs(state: State, route: Route): Promise<void> {
  const { pathname } = new URL(route.request().url());
  if (state === 'usual' || isAlwaysAnswered(pathname)) return route.continue();
  if (state === 'loading') return;
  if (state === 'away') return route.abort('internetdisconnected');
  if (state === 'failing') return route.fulfill({ status: 500, json: toProblem('server.internal', 'A1B2-C3D4') });
  if (route.request().method() !== 'GET') return route.continue();
  const response = await route.fetch();
  if (!response.ok() || !(response.headers()['content-type'] ?? '').includes('json'))
    return route.fulfill({ response });
  const change = state === 'empty' ? emptied : filled;
  return route.fulfill({ response, json: change(await response.json()) });
}

/** One look; what cannot be reached is a fault, too, and the others go on. */
async function attempt(
  page: Page,
  name: string,
  state: Look['state'],
  view: View,
  reach: () => Promise<void>,
): Promise<void> {
  const file = `${[view.login, name.replace(/[^\p{L}\d]+/gu, '-').replace(/^-|-$/g, ''), state, view.language, view.size, scheme].join('_')}.png`;
  const faults: string[] = [];
  try {
    await reach();
    faults.push(...(await pageFaults(page, view.language)));
    await page.screenshot({ path: path.join(out, file), fullPage: (await page.locator('dialog[open]').count()) === 0 });
    if (options.keys) faults.push(...(await keyboardFaults(page)));
  } catch (error) {
    faults.push(`not reached: ${String(error).split('\n').slice(0, 3).join(' ')}`);
    await page.screenshot({ path: path.join(out, file) }).catch(() => undefined);
  }
  looks.push({ name, state, ...view, scheme, file, faults });
  process.stderr.write(
    `${faults.length === 0 ? '·' : '✗'} ${file}${faults.map((fault) => `\n    ${fault}`).join('')}\n`,
  );
  writeFileSync(path.join(out, 'looks.json'), `${JSON.stringify(looks, undefined, 1)}\n`);
  writeFileSync(path.join(out, 'index.html'), galleryPage(looks));
}
