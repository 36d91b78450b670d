import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { readCounters, stopNotingArrivals } from '../../lab/call-meter.ts';
import type { ConsultLab } from '../../lab/consult-lab.ts';
import type { Bench, BenchContext, Control, Samples } from '../bench.ts';
import { bothHear, inConsult, percent, watchArrivals } from './in-consult.ts';

const START_LIMIT_MS = 30_000;
const SETTLE_MS = 10_000;
const MEASURE_MS = 30_000;
/** The page's own work takes so much longer: about a computer of 2012 beside a core of the machine this runs on. */
const SLOWER = 4;

/** What a call over a thin link costs the station's computer. */
export const oldPcBench: Bench = {
  name: 'old-pc',
  summary: `processor time of the station's browser in a call over a thin link, the page's work made ${SLOWER} times slower`,
  profiles: ['vsat', '3g-edge', 'adsl'],
  baselines: [],
  runs: { usual: 5, full: 7 },
  secondsPerRun: () => 75,
  aims: [{ name: 'page, % of a core', of: 'metrics', metric: 'page', atMost: 35, profiles: ['vsat', '3g-edge'] }],
  run: async (context) => ({ metrics: await inConsult(context, (consult) => runOnce(consult, context)) }),
  control: (context) => inConsult(context, (consult) => runControl(consult, context)),
};

async function runOnce(consult: ConsultLab, context: BenchContext): Promise<Samples> {
  await begin(consult, context);
  context.progress('in the call', 0.5);
  const { page } = consult.feldsher;
  const before = await readCounters(page);
  const share = await measure(consult.feldsher.browser, MEASURE_MS);
  const after = await readCounters(page);
  return {
    page: percent(share('renderer')),
    browser: percent(share('browser', 'GPU', 'utility')),
    fps: { value: (1000 * (after.framesDecoded - before.framesDecoded)) / (after.at - before.at), unit: '1/s' },
  };
}

async function runControl(consult: ConsultLab, context: BenchContext): Promise<Control> {
  await begin(consult, context);
  const { page, browser } = consult.feldsher;
  await page.evaluate(() => {
    setInterval(() => {
      const until = performance.now() + 60;
      while (performance.now() < until);
    }, 100);
  });
  const share = await measure(browser, 10_000);
  return { planted: 'the page computes for more than half of the time', caught: share('renderer') > 50 };
}

async function begin(consult: ConsultLab, { progress }: BenchContext): Promise<void> {
  progress('answering', 0.2);
  const from = Date.now();
  await consult.answer();
  await watchArrivals(consult, START_LIMIT_MS, (arrivals) => bothHear(arrivals, from));
  await stopNotingArrivals(consult.feldsher.page);
  await slowDown(consult.feldsher.page);
  await sleep(SETTLE_MS);
}

async function slowDown(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
}

/** % of one core that the browser's processes of a kind took meanwhile, as Chromium counts them. */
async function measure(browser: Browser, forMs: number): Promise<(...kinds: readonly string[]) => number> {
  const session = await browser.newBrowserCDPSession();
  const read = async () => (await session.send('SystemInfo.getProcessInfo')).processInfo;
  const before = new Map((await read()).map(({ id, cpuTime }) => [id, cpuTime]));
  const startedAt = performance.now();
  await sleep(forMs);
  const after = await read();
  const seconds = (performance.now() - startedAt) / 1000;
  return (...kinds) =>
    (100 *
      after
        .filter(({ type }) => kinds.some((kind) => type.startsWith(kind)))
        .reduce((sum, { id, cpuTime }) => sum + cpuTime - (before.get(id) ?? 0), 0)) /
    seconds;
}
