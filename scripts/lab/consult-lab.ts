import { mkdtempSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { findChromium, openPerson, type Person } from '../../client/e2e/support/browser.ts';
import { accept, callSpecialist, DEMO, signIn, waitForRing } from '../../client/e2e/support/consult.ts';
import { ProductServer } from '../../client/e2e/support/server.ts';
import { resolveWorkerBin } from '../worker/cache.ts';
import { noteArrivals } from './call-meter.ts';
import { Lab, SERVER_ADDRESS } from './lab.ts';
import { bothWays, type LinkChange, toChange } from './link-words.ts';
import type { Profile } from './profiles.ts';
import type { Site } from './site.ts';

const PORT = 3000;
const RTC_PORT = 40_000;
/** For a hang: the longest link takes a few seconds. */
const WARM_LIMIT_MS = 60_000;
/** Of the product in the lab. */
export const LAB_ORIGIN = `http://${SERVER_ADDRESS}:${PORT}`;

const FAST: LinkChange = bothWays({ rate: 0, loss: 0, burst: 0, gap: 0, cut: 'off' });

/**
 * As wide as the cable, and as long as the profile says: a connection that knew a way of a millisecond would send everything two and
 * three times when the weather begins, which none does at a station.
 */
function withoutLimits({ up, down }: Profile): LinkChange {
  return {
    up: { ...FAST.up, delay: up.delay, jitter: up.jitter },
    down: { ...FAST.down, delay: down.delay, jitter: down.jitter },
  };
}

/** Chromium's, in the lab. */
export const LAB_FLAGS = [
  // Camera and microphone are for https only, and for pages a person says are as good.
  `--unsafely-treat-insecure-origin-as-secure=${LAB_ORIGIN}`,
  // The machine's own proxy is not in the lab.
  '--no-proxy-server',
];

export interface ConsultLabOptions {
  readonly profile: Profile;
  /** Of the weather on the station's link. */
  readonly seed: number;
  readonly env?: NodeJS.ProcessEnv;
  /** Windows to look at; needs a display. */
  readonly isShown?: boolean;
}

/**
 * The product in the lab: its server, a feldsher's Chromium at the end of the emulated link and a specialist's on a cable. Until
 * `beginWeather` the link is only long, so that getting everything ready takes little time of its own.
 */
export class ConsultLab {
  readonly lab: Lab;
  readonly station: Site;
  readonly clinic: Site;
  readonly server: ProductServer;
  readonly feldsher: Person;
  readonly specialist: Person;
  /** Of the server: its database, and files on their way. */
  readonly dataDir: string;
  readonly #options: ConsultLabOptions;

  private constructor(
    options: ConsultLabOptions,
    parts: Pick<ConsultLab, 'lab' | 'station' | 'clinic' | 'server' | 'feldsher' | 'specialist' | 'dataDir'>,
  ) {
    this.#options = options;
    this.lab = parts.lab;
    this.station = parts.station;
    this.clinic = parts.clinic;
    this.server = parts.server;
    this.feldsher = parts.feldsher;
    this.specialist = parts.specialist;
    this.dataDir = parts.dataDir;
  }

  static async create(options: ConsultLabOptions): Promise<ConsultLab> {
    const lab = await Lab.create();
    const opened: (() => Promise<void>)[] = [];
    try {
      const station = await lab.addSite('station', options.profile, options.seed);
      await station.link.set(withoutLimits(options.profile));
      const clinic = await lab.addSite('clinic');
      // With the lab's files, so that it goes with them also where nobody could close it.
      const dataDir = mkdtempSync(join(lab.folder, 'data-'));
      const server = await ProductServer.create(
        { ...productEnvironment(options.env), JAQYN_DATA_DIR: dataDir },
        lab.server.createLauncher(lab.folder, process.execPath),
      );
      opened.push(() => server.close());
      const open = async (site: Site): Promise<Person> => {
        const launcher = site.namespace.createLauncher(lab.folder, findChromium());
        const person = await openPerson(LAB_ORIGIN, { launcher, flags: LAB_FLAGS, isShown: options.isShown ?? false });
        opened.push(() => person.browser.close());
        await person.context.addInitScript(noteArrivals);
        return person;
      };
      const feldsher = await open(station);
      const specialist = await open(clinic);
      return new ConsultLab(options, { lab, station, clinic, server, feldsher, specialist, dataDir });
    } catch (error) {
      for (const close of opened.reverse()) await close().catch(() => undefined);
      await lab.close();
      throw error;
    }
  }

  get people(): readonly [Person, Person] {
    return [this.feldsher, this.specialist];
  }

  /** Both signed in; the specialist's computer rings, the feldsher waits, and what can be connected beforehand is. */
  async ring(): Promise<void> {
    await signIn(this.specialist.page, DEMO.specialist);
    await signIn(this.feldsher.page, DEMO.station);
    const ring = waitForRing(this.specialist.page);
    await callSpecialist(this.feldsher.page);
    await ring;
    const isStock = this.#options.env?.['JAQYN_MEDIA_PROFILE'] === 'stock';
    await this.feldsher.page.waitForFunction(isConnectedBeforehand, !isStock, { timeout: WARM_LIMIT_MS });
  }

  answer(): Promise<void> {
    return accept(this.specialist.page);
  }

  /** From now on the link is what its profile says, with the weather of the seed, and its counts begin at zero. */
  async beginWeather(): Promise<void> {
    await this.station.link.set(toChange(this.#options.profile, this.#options.seed));
    await this.station.link.reset();
  }

  async close(): Promise<void> {
    for (const { browser } of this.people) await browser.close().catch(() => undefined);
    await this.server.close();
    await this.lab.close();
  }
}

/** Runs in the page. Both ways, or only the way up where nothing connects the way down before there is something to receive. */
function isConnectedBeforehand(bothWays: boolean): boolean {
  const states = (window.__peerConnections ?? []).map(({ connectionState }) => connectionState);
  const least = bothWays ? 2 : 1;
  return states.filter((state) => state === 'connected').length >= least && !states.includes('connecting');
}

/** Of the product's server in the lab. */
export function productEnvironment(env: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const worker = process.env['MEDIASOUP_WORKER_BIN'] ?? resolveWorkerBin();
  const clientDir = process.env['JAQYN_CLIENT_DIR'];
  return {
    HOST: SERVER_ADDRESS,
    PORT: String(PORT),
    JAQYN_ALLOWED_ORIGINS: LAB_ORIGIN,
    JAQYN_RTC_LISTEN_IPS: SERVER_ADDRESS,
    JAQYN_RTC_PORT: String(RTC_PORT),
    JAQYN_MEDIA_WORKERS: String(Math.min(2, availableParallelism())),
    ...(worker ? { MEDIASOUP_WORKER_BIN: worker } : {}),
    ...(clientDir ? { JAQYN_CLIENT_DIR: clientDir } : {}),
    ...env,
  };
}
