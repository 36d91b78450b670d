import type { ConsultLab } from '../../lab/consult-lab.ts';
import { getProfile } from '../../lab/profiles.ts';
import type { Bench, BenchContext, Control, Samples } from '../bench.ts';
import { inBothConsults, inConsult, STOCK } from './in-consult.ts';
import { beginCall, LEFTOVER_MS, measureAbsence, measureReturn } from './recovery.ts';

/** A station whose cable is pulled out while another link with another address is there: a modem beside the telephone line. */
export const netSwitchBench: Bench = {
  name: 'net-switch',
  summary: 'sound and picture after the station changed to another link with another address, without a click',
  profiles: ['switch'],
  baselines: [STOCK, 'none'],
  runs: { usual: 5, full: 9 },
  secondsPerRun: () => 70,
  aims: [
    { name: 'recovered', of: 'metrics', metric: 'recovered', atLeast: 100 },
    { name: 'hear again', of: 'largest', metric: 'audio', atMost: 3000 },
    { name: 'see again', of: 'largest', metric: 'picture', atMost: 3000 },
  ],
  run: (context) => inBothConsults(context, runOnce),
  control: (context) => inConsult(context, (consult) => runControl(consult, context)),
};

async function runOnce(consult: ConsultLab, context: BenchContext): Promise<Samples> {
  await beginCall(consult, context);
  const { station } = consult;
  const profile = getProfile(context.profile);
  const line = await station.addLine(profile.switchTo ?? profile);
  context.progress('switching', 0.6);
  station.use(line);
  return measureReturn(consult, Date.now(), LEFTOVER_MS);
}

async function runControl(consult: ConsultLab, context: BenchContext): Promise<Control> {
  await beginCall(consult, context);
  const { station } = consult;
  const line = await station.addLine(getProfile(context.profile));
  await line.emulated?.cut();
  station.use(line);
  return measureAbsence(consult, 'the other link carried nothing');
}
