import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Page, Route } from 'playwright-core';
import { Cast } from '../../client/e2e/support/cast.ts';
import { SCREENS, settled } from '../../client/e2e/support/screens.ts';
import { toProblem } from '../../shared/src/errors/problem.ts';
import { Album, type Place, type Round } from './album.ts';
import { emptied, filled, isAlwaysAnswered, STATES, type State } from './answers.ts';
import { LANGUAGES, type Language, SIZES, type Size, type Stage, WORDS } from './look.ts';
import { keyboardFaults, pageFaults } from './page-faults.ts';
import { STORIES } from './stories/stories.ts';
import { lookInWebKit } from './webkit-looks.ts';

const ALL_STATES = [...STATES, 'story'].join();

const { values: options } = parseArgs({
  options: {
    out: { type: 'string', default: '.tools/looks' },
    login: { type: 'string', default: Object.keys(SCREENS).join() },
    language: { type: 'string', default: LANGUAGES.join() },
    size: { type: 'string', default: Object.keys(SIZES).join() },
    state: { type: 'string', default: ALL_STATES },
    scheme: { type: 'string', default: 'light' },
    only: { type: 'string', default: '' },
    keys: { type: 'boolean', default: false },
    browser: { type: 'string', default: 'chromium' },
  },
});
const out = path.resolve(options.out);
const only = new RegExp(options.only);
const states = new Set(options.state.split(','));
const scheme = options.scheme === 'dark' ? 'dark' : 'light';
const languages = options.language.split(',') as Language[];
const sizes = options.size.split(',') as Size[];
for (const language of languages)
  if (WORDS[language] === undefined) throw new Error(`--language is ${LANGUAGES.join(', ')}, not ${language}`);
for (const size of sizes)
  if (SIZES[size] === undefined) throw new Error(`--size is ${Object.keys(SIZES).join(' or ')}, not ${size}`);
const browsers = { chromium: lookInChromium, webkit: lookInWebKit };
const lookIn = browsers[options.browser as keyof typeof browsers];
if (lookIn === undefined) throw new Error(`--browser is ${Object.keys(browsers).join(' or ')}, not ${options.browser}`);
if (lookIn === lookInWebKit && (options.keys || options.state !== ALL_STATES || scheme !== 'light'))
  throw new Error('--browser webkit looks at screens as they usually are: without --state, --keys and --scheme');

let cast: Cast;
const album = Album.create(out, scheme);
await lookIn({ album, logins: options.login.split(','), languages, sizes, only });
process.stdout.write(`${album.summary}\n`);

async function lookInChromium({ logins }: Round): Promise<void> {
  cast = await Cast.create();
  try {
    for (const login of logins) await lookAround(login);
  } finally {
    await cast.close();
  }
}

/** Every screen of this person in every state, then every story. */
async function lookAround(login: string): Promise<void> {
  const screens = Object.entries(SCREENS[login] ?? {}).filter(([name]) => only.test(name));
  if (screens.length > 0 && STATES.some((state) => states.has(state))) {
    const page = await enter(login);
    for (const [name, address] of screens) {
      const url = await address(page);
      for (const state of STATES.filter((one) => states.has(one))) {
        const place = { page, login, name, state };
        await page.unrouteAll({ behavior: 'ignoreErrors' });
        await page.route('**/api/**', (route) => answerAs(state, route));
        await orNote(place, async () => {
          await page.goto(url);
          if (state === 'loading') await page.locator('h1, h2, [data-loading]').first().waitFor({ state: 'attached' });
          else await settled(page);
        });
        await attempt(place);
      }
    }
    await cast.closeWindows();
  }
  if (!states.has('story')) return;
  for (const { name, login: whose, play } of STORIES) {
    if (whose !== login || !only.test(name)) continue;
    const page = await enter(login);
    const stage: Stage = {
      cast,
      page,
      look: (stop, of = page) => attempt({ page: of, login, name: `${name} ${stop}`, state: 'story' }),
    };
    await orNote({ page, login, name, state: 'story' }, () => play(stage));
    await cast.closeWindows();
  }
}

async function enter(login: string): Promise<Page> {
  const page = await cast.enter(login, { viewport: SIZES[sizes[0] ?? 'wide'] });
  page.setDefaultTimeout(20_000);
  // Chosen on the computer, and not taken from its system: many are old and have none.
  await page.context().addInitScript((of) => localStorage.setItem('jaqyn.scheme', of), scheme);
  await page.reload();
  return page;
}

async function answerAs(state: State, route: Route): Promise<void> {
  const { pathname } = new URL(route.request().url());
  if (state === 'usual' || isAlwaysAnswered(pathname)) return route.continue();
  if (state === 'loading') return;
  if (state === 'away') return route.abort('internetdisconnected');
  if (state === 'failing') return route.fulfill({ status: 500, json: toProblem('server.internal', 'A1B2C3D4') });
  if (route.request().method() !== 'GET') return route.continue();
  const response = await route.fetch();
  if (!response.ok() || !(response.headers()['content-type'] ?? '').includes('json'))
    return route.fulfill({ response });
  const change = state === 'empty' ? emptied : filled;
  return route.fulfill({ response, json: change(await response.json()) });
}

interface Stand extends Place {
  readonly page: Page;
}

/** What cannot be reached is a fault, and the others go on. */
async function orNote(place: Stand, reach: () => Promise<void>): Promise<void> {
  await reach().catch(async (error: unknown) => {
    const fault = `not reached: ${String(error).split('\n').slice(0, 3).join(' ')}`;
    await look(place, 'en', sizes[0] ?? 'wide', async () => [fault]);
  });
}

/** As it stands, in each size and language; afterwards it is what it was. */
async function attempt(place: Stand): Promise<void> {
  const { page } = place;
  const before = page.viewportSize() ?? SIZES.wide;
  let isWalked = !options.keys;
  for (const size of sizes)
    for (const language of languages)
      await look(place, language, size, async (file) => {
        await page.setViewportSize(SIZES[size]);
        await speak(page, language);
        // A page without the buttons stays in the language it has.
        const shown = await page.evaluate(() => document.documentElement.lang);
        const faults = await pageFaults(page, LANGUAGES.find((one) => one === shown) ?? language);
        const isDialog = (await page.locator('dialog[open]').count()) > 0;
        await page.screenshot({ path: file, fullPage: !isDialog });
        if (!isWalked) faults.push(...(await keyboardFaults(page)));
        isWalked = true;
        return faults;
      });
  await page.setViewportSize(before);
  await speak(page, 'en');
}

/** Presses the language as a script does: behind a dialog it cannot be reached by hand. A page without it stays as it is. */
async function speak(page: Page, language: Language): Promise<void> {
  const button = page.getByRole('button', { name: WORDS[language], exact: true, includeHidden: true });
  if ((await button.count()) === 0) return;
  await button.evaluate((element: HTMLElement) => element.click());
  await page.locator(`html[lang=${language}]`).waitFor({ state: 'attached' });
}

function look(
  { page, ...place }: Stand,
  language: Language,
  size: Size,
  judge: (file: string) => Promise<string[]>,
): Promise<void> {
  return album.add(place, language, size, judge, (file) => page.screenshot({ path: file }));
}
