import { existsSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { type Browser, firefox } from 'playwright-core-for-firefox';
import type { Person } from './browser.ts';
import { rememberPeerConnections } from './media-stats.ts';

const CANDIDATES = ['/usr/bin/firefox-esr', '/usr/bin/firefox'];

/** A camera that changes its colour and a microphone that hums, both allowed without asking, also without https. */
const PREFERENCES = {
  'media.navigator.streams.fake': true,
  'media.navigator.permission.disabled': true,
  'media.getusermedia.insecure.enabled': true,
  'media.devices.insecure.enabled': true,
  'media.autoplay.default': 0,
  'media.peerconnection.ice.obfuscate_host_addresses': false,
};

/** Throws with what to type where there is none. */
export function findFirefox(): string {
  const found = process.env['FIREFOX_BIN'] ?? CANDIDATES.find((candidate) => existsSync(candidate));
  if (found === undefined)
    throw new Error('No Firefox found: apt-get update; apt-get install -y --no-install-recommends firefox-esr');
  return found;
}

/** Firefox looks for no way over loopback: the media server has to listen where this machine is in its network. Throws where it is in none. */
export function ownAddress(): string {
  const found = Object.values(networkInterfaces())
    .flat()
    .find((one) => one?.family === 'IPv4' && !one.internal);
  if (found === undefined) throw new Error('Firefox needs a network interface besides loopback.');
  return found.address;
}

/** One person at a computer with Firefox, driven by WebDriver BiDi, as it comes from Debian. */
export async function openInFirefox(baseURL: string): Promise<Person> {
  const browser: Browser = await firefox.launch({
    channel: 'moz-firefox',
    executablePath: findFirefox(),
    headless: true,
    firefoxUserPrefs: PREFERENCES,
  });
  const context = await browser.newContext({ baseURL, viewport: { width: 1366, height: 768 } });
  context.setDefaultTimeout(60_000);
  await context.addInitScript(rememberPeerConnections);
  await context.addInitScript(() => {
    // The page before the first one has no storage.
    if (location.protocol.startsWith('http')) localStorage.setItem('jaqyn.language', 'en');
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  // An older edition of the same library: the types are the same in all that is used here.
  return { browser, context, page, complaints } as unknown as Person;
}
