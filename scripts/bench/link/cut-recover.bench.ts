import { setTimeout as sleep } from 'node:timers/promises';
import type { ConsultLab } from '../../lab/consult-lab.ts';
import { getProfile } from '../../lab/profiles.ts';
import type { Bench, BenchContext, Control, Samples } from '../bench.ts';
import { inBothConsults, inConsult, STOCK } from './in-consult.ts';
import { beginCall, measureAbsence, measureReturn } from './recovery.ts';

/** A call whose link goes away: how long after its return both hear and see each other again, with nobody pressing anything. */
export const cutRecoverBench: Bench = {
  name: 'cut-recover',
  summary: 'sound and picture after the link was away for 5 to 60 s, without a click',
  profiles: ['cut-5', 'cut-15', 'cut-30', 'cut-60'],
  baselines: [STOCK, 'none'],
  runs: { usual: 5, full: 9 },
  secondsPerRun: () => 75,
  aims: [
    { name: 'recovered', of: 'metrics', metric: 'recovered', atLeast: 100 },
    { name: 'hear again', of: 'largest', metric: 'audio', atMost: 1000, profiles: ['cut-5', 'cut-15'] },
    { name: 'see again', of: 'largest', metric: 'picture', atMost: 2000, profiles: ['cut-5', 'cut-15'] },
    { name: 'hear again', of: 'largest', metric: 'audio', atMost: 2000, profiles: ['cut-30', 'cut-60'] },
    { name: 'see again', of: 'largest', metric: 'picture', atMost: 3500, profiles: ['cut-30', 'cut-60'] },
  ],
  run: (context) => inBothConsults(context, runOnce),
  control: (context) => inConsult(context, (consult) => runControl(consult, context)),
};

async function runOnce(consult: ConsultLab, context: BenchContext): Promise<Samples> {
  await beginCall(consult, context);
  const cutMs = 1000 * (getProfile(context.profile).cutSeconds ?? Number.NaN);
  context.progress(`cut for ${cutMs / 1000} s`, 0.5);
  await consult.station.link.cut(cutMs);
  const backAt = Date.now() + cutMs;
  await sleep(cutMs);
  context.progress('coming back', 0.8);
  return measureReturn(consult, backAt);
}

async function runControl(consult: ConsultLab, context: BenchContext): Promise<Control> {
  await beginCall(consult, context);
  await consult.station.link.cut();
  return measureAbsence(consult, 'the link never came back');
}
