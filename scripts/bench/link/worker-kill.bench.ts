import { openContext } from '../../../client/e2e/support/browser.ts';
import { accept, callSpecialist, DEMO, signIn, waitForRing } from '../../../client/e2e/support/consult.ts';
import { type Arrivals, firstVoice, noteArrivals, readArrivals } from '../../lab/call-meter.ts';
import { type ConsultLab, LAB_ORIGIN } from '../../lab/consult-lab.ts';
import type { Bench, BenchContext, Control, Samples } from '../bench.ts';
import { inBothConsults, inConsult, ms, STOCK } from './in-consult.ts';
import { beginCall, LEFTOVER_MS, measureAbsence, measureReturn } from './recovery.ts';

type Page = ConsultLab['feldsher']['page'];

/** The media worker of a call is killed; a second consult on another worker goes on, and is listened to all the while. */
export const workerKillBench: Bench = {
  name: 'worker-kill',
  summary: 'sound and picture after the media worker of a call was killed; the longest silence of another consult',
  profiles: ['good', 'vsat'],
  baselines: [STOCK, 'none'],
  runs: { usual: 5, full: 9 },
  secondsPerRun: () => 80,
  aims: [
    { name: 'recovered', of: 'metrics', metric: 'recovered', atLeast: 100 },
    { name: 'hear again', of: 'largest', metric: 'audio', atMost: 2000 },
    { name: 'see again', of: 'largest', metric: 'picture', atMost: 2000 },
    { name: 'silence of others', of: 'largest', metric: 'otherSilence', atMost: 500 },
  ],
  run: (context) => inBothConsults(context, runOnce),
  control: (context) => inConsult(context, (consult) => runControl(consult, context)),
};

async function runOnce(consult: ConsultLab, context: BenchContext): Promise<Samples> {
  await beginCall(consult, context);
  const others = await beginOtherCall(consult);
  context.progress('killing the worker', 0.7);
  const pid = await workerOf(consult);
  const killedAt = Date.now();
  process.kill(pid, 'SIGKILL');
  const samples = await measureReturn(consult, killedAt, LEFTOVER_MS);
  const heard = await Promise.all(others.map((page) => readArrivals(page)));
  const silences = heard.map((arrivals) => longestSilence(arrivals, killedAt - 1000, Date.now()));
  return { ...samples, otherSilence: ms(Math.max(...silences)) };
}

async function runControl(consult: ConsultLab, context: BenchContext): Promise<Control> {
  await beginCall(consult, context);
  // Stopped and not dead: nobody replaces it for half a minute.
  const pid = await workerOf(consult);
  process.kill(pid, 'SIGSTOP');
  try {
    return await measureAbsence(consult, 'the worker stood still and was not replaced');
  } finally {
    process.kill(pid, 'SIGCONT');
  }
}

/** Two more people at the clinic, on a cable: their room is on the worker with the least to do, which is the other one. */
async function beginOtherCall({ specialist }: ConsultLab): Promise<[Page, Page]> {
  const open = async (login: string): Promise<Page> => {
    const { context, page } = await openContext(specialist.browser, LAB_ORIGIN);
    await context.addInitScript(noteArrivals);
    await signIn(page, login);
    return page;
  };
  const neurologist = await open(DEMO.neurologist);
  const station = await open('feldsher2');
  await callSpecialist(station, { specialty: 'Neurology', reason: 'Beside the one that is broken' });
  await waitForRing(neurologist);
  const from = Date.now();
  await accept(neurologist);
  const until = Date.now() + 60_000;
  for (const page of [station, neurologist]) {
    while (firstVoice((await readArrivals(page)).audio, from) === undefined) {
      if (Date.now() > until) throw new Error('There was no second consult to leave alone.');
      await page.waitForTimeout(200);
    }
  }
  return [station, neurologist];
}

/** The process at the port that the station's packets go to. */
async function workerOf({ feldsher, lab }: ConsultLab): Promise<number> {
  const port = await feldsher.page.evaluate(async () => {
    for (const connection of window.__peerConnections ?? []) {
      if (connection.connectionState !== 'connected') continue;
      const rows = [...(await connection.getStats()).values()];
      const transport = rows.find(({ type }) => type === 'transport');
      const pair = rows.find(({ id }) => id === transport?.selectedCandidatePairId);
      const remote = rows.find(({ id }) => id === pair?.remoteCandidateId);
      if (remote) return remote.port as number;
    }
    return undefined;
  });
  if (port === undefined) throw new Error('The station is not connected to a media worker.');
  const pid = /pid=(\d+)/.exec(lab.server.run('ss', ['-Hulnp', `sport = :${port}`]))?.[1];
  if (pid === undefined) throw new Error(`Nobody listens on ${port}.`);
  return Number(pid);
}

function longestSilence({ audio }: Arrivals, from: number, to: number): number {
  const moments = [from, ...audio.filter((at) => at >= from && at <= to), to];
  return Math.max(...moments.slice(1).map((at, i) => at - (moments[i] ?? at)));
}
