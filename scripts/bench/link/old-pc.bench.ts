import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import type { Person } from '../../../client/e2e/support/browser.ts';
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
  const cost = await measure(consult.feldsher, MEASURE_MS);
  const after = await readCounters(page);
  return {
    page: percent(cost.page),
    pageTasks: percent(cost.tasks),
    pageProcess: percent(cost.process),
    browser: percent(cost.others),
    fps: { value: (1000 * (after.framesDecoded - before.framesDecoded)) / (after.at - before.at), unit: '1/s' },
  };
}

async function runControl(consult: ConsultLab, context: BenchContext): Promise<Control> {
  await begin(consult, context);
  await consult.feldsher.page.evaluate(() => {
    setInterval(() => {
      const until = performance.now() + 60;
      while (performance.now() < until);
    }, 100);
  });
  const cost = await measure(consult.feldsher, 10_000);
  return { planted: 'the page computes for more than half of the time', caught: cost.page > 50 };
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

/** % of one core. */
interface Cost {
  /** What the page's own thread was busy with, {@link SLOWER} times slower, and its other threads as they are. */
  readonly page: number;
  /** The first of the two alone. */
  readonly tasks: number;
  /** The page's process as the kernel counts it: with the spinning by which Chromium slows it down, which goes on between tasks. */
  readonly process: number;
  readonly others: number;
}

const TICKS_PER_SECOND = 100;
const THROTTLER = 'CPUThrottling';

async function measure({ browser, page }: Person, forMs: number): Promise<Cost> {
  const ofBrowser = await browser.newBrowserCDPSession();
  const ofPage = await page.context().newCDPSession(page);
  await ofPage.send('Performance.enable');
  const readTasks = async (): Promise<number> => {
    const { metrics } = await ofPage.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0;
  };
  const read = async () => {
    const { processInfo } = await ofBrowser.send('SystemInfo.getProcessInfo');
    const pages = processInfo.filter(({ type }) => type === 'renderer');
    const seconds = (processes: typeof processInfo) => processes.reduce((sum, { cpuTime }) => sum + cpuTime, 0);
    return {
      pages: seconds(pages),
      others: seconds(processInfo.filter(({ type }) => type !== 'renderer')),
      // What the page's own thread takes is counted by its tasks instead: its processor time has the spinning in it.
      slowed: pages.reduce((sum, { id }) => sum + slowedSeconds(id), 0),
      tasks: await readTasks(),
    };
  };
  const before = await read();
  const startedAt = performance.now();
  await sleep(forMs);
  const after = await read();
  const share = (key: keyof typeof before) =>
    (100 * (after[key] - before[key])) / ((performance.now() - startedAt) / 1000);
  const [process, tasks] = [share('pages'), share('tasks')];
  return { process, tasks, others: share('others'), page: tasks + process - share('slowed') };
}

/** Of processor: of a page's own thread and of the one that slows it down. */
function slowedSeconds(pid: number): number {
  let ticks = 0;
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    const line = readFileSync(`/proc/${pid}/task/${thread}/stat`, 'utf8');
    const end = line.lastIndexOf(')');
    if (thread !== String(pid) && !line.slice(0, end).includes(THROTTLER)) continue;
    const [user = 0, system = 0] = line
      .slice(end + 2)
      .split(' ')
      .slice(11, 13)
      .map(Number);
    ticks += user + system;
  }
  return ticks / TICKS_PER_SECOND;
}
