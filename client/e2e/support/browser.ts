import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { rememberPeerConnections } from './media-stats.ts';

const CANDIDATES = ['/usr/lib/chromium/chromium', '/usr/bin/chromium', '/usr/bin/google-chrome'];

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // A window behind another one is still in the call.
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
  '--autoplay-policy=no-user-gesture-required',
  // Machines without a network have no other address than loopback.
  '--allow-loopback-in-peer-connection',
];

/** A camera that shows a moving test picture and a microphone that beeps, both allowed without asking. */
const FAKE_DEVICES = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];

export interface PersonOptions {
  /** `none`: the machine has neither camera nor microphone. */
  readonly devices?: 'fake' | 'none';
  readonly viewport?: { width: number; height: number };
  readonly language?: 'kk' | 'ru' | 'en';
  readonly colorScheme?: 'light' | 'dark';
  /** A screen that is touched. */
  readonly hasTouch?: boolean;
  /** What to start in place of Chromium, for example Chromium in a namespace of the link lab. */
  readonly launcher?: string;
  /** More of Chromium's flags. */
  readonly flags?: readonly string[];
  /** A window to look at; needs a display. */
  readonly isShown?: boolean;
}

/** One person at one computer: a Chromium process of their own with one signed-out context. */
export interface Person {
  readonly browser: Browser;
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the page complained about: console errors and uncaught exceptions. */
  readonly complaints: string[];
}

/** Throws with what to type where there is none. */
export function findChromium(): string {
  const found = process.env['CHROMIUM_BIN'] ?? CANDIDATES.find((candidate) => existsSync(candidate));
  if (found === undefined) throw new Error('No Chromium found: apt-get install chromium');
  return found;
}

export async function openPerson(baseURL: string, options: PersonOptions = {}): Promise<Person> {
  const browser = await openBrowser(options);
  return { browser, ...(await openContext(browser, baseURL, options)) };
}

/** A Chromium process, for one person or, one context each, for several. */
export function openBrowser(options: PersonOptions = {}): Promise<Browser> {
  return chromium.launch({
    executablePath: options.launcher ?? findChromium(),
    headless: options.isShown !== true,
    args: [...FLAGS, ...(options.devices === 'none' ? [] : FAKE_DEVICES), ...(options.flags ?? [])],
  });
}

/** A signed-out window that shares nothing with the others of its browser. */
export async function openContext(
  browser: Browser,
  baseURL: string,
  options: PersonOptions = {},
): Promise<Omit<Person, 'browser'>> {
  const context = await browser.newContext({
    baseURL,
    viewport: options.viewport ?? { width: 1366, height: 768 },
    colorScheme: options.colorScheme ?? 'light',
    hasTouch: options.hasTouch ?? false,
    permissions: options.devices === 'none' ? [] : ['camera', 'microphone'],
  });
  // Small machines that build and test at the same time: a limit for a hang, not a judgement of speed.
  context.setDefaultTimeout(60_000);
  await context.addInitScript(rememberPeerConnections);
  await context.addInitScript((language) => {
    localStorage.setItem('jaqyn.language', language);
  }, options.language ?? 'en');
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  return { context, page, complaints };
}
