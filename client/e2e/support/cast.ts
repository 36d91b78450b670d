import type { Browser, BrowserContext, Page } from 'playwright-core';
import { openBrowser, openContext, type PersonOptions } from './browser.ts';
import { accept, callSpecialist, DEMO, type RequestWords, signIn, waitForRing } from './consult.ts';
import { waitForGrowth } from './media-stats.ts';
import { ProductServer } from './server.ts';

/** Enough of both to be sure that they flow and do not trickle. */
const FLOWING = { framesDecoded: 15, audioPackets: 60 };

/** A consult that is going on: two signed-in pages and the request's id. */
export interface Talk {
  readonly requestId: string;
  readonly station: Page;
  readonly specialist: Page;
}

/** One product, the browsers of its people, and whatever windows a journey opened: closed together. */
export class Cast {
  readonly server: ProductServer;
  readonly #browsers: Browser[] = [];
  readonly #contexts: BrowserContext[] = [];
  readonly #talks: Talk[] = [];

  private constructor(server: ProductServer) {
    this.server = server;
  }

  static async create(env: NodeJS.ProcessEnv = {}): Promise<Cast> {
    return new Cast(await ProductServer.create(env));
  }

  /** A window of somebody who is signed in. People with devices share a browser, the others have one of their own. */
  async enter(login: string, options: PersonOptions = {}): Promise<Page> {
    const page = await this.open(options);
    await signIn(page, login);
    return page;
  }

  async open(options: PersonOptions = {}): Promise<Page> {
    const isUsual = options.devices !== 'none' && options.flags === undefined;
    const browser = (isUsual ? this.#browsers[0] : undefined) ?? (await openBrowser(options));
    if (!this.#browsers.includes(browser)) {
      if (isUsual) this.#browsers.unshift(browser);
      else this.#browsers.push(browser);
    }
    const { context, page } = await openContext(browser, this.server.url, options);
    this.#contexts.push(context);
    return page;
  }

  /** A call that was answered and in which media flow both ways. */
  async talk(people: { station?: string; specialist?: string } & RequestWords = {}): Promise<Talk> {
    const specialist = await this.enter(people.specialist ?? DEMO.specialist);
    const station = await this.enter(people.station ?? DEMO.station);
    const requestId = await callSpecialist(station, people);
    await waitForRing(specialist);
    await accept(specialist);
    const talk = { requestId, station, specialist };
    this.#talks.push(talk);
    await this.flows(talk);
    return talk;
  }

  /** Sound and picture grow on both sides from now on. */
  async flows({ station, specialist }: Pick<Talk, 'station' | 'specialist'>, by = FLOWING): Promise<void> {
    await Promise.all([waitForGrowth(station, by), waitForGrowth(specialist, by)]);
  }

  /** Ends the talks too, so that the specialist is free for the next journey: a call that only broke off is kept for a while. */
  async closeWindows(): Promise<void> {
    for (const { requestId, specialist } of this.#talks.splice(0)) {
      await specialist.request.post(`/api/consultations/${requestId}/end-call`);
    }
    await Promise.all(this.#contexts.splice(0).map((context) => context.close()));
  }

  async close(): Promise<void> {
    await this.closeWindows();
    await Promise.all(this.#browsers.map((browser) => browser.close()));
    await this.server.close();
  }
}
