import type { ConsultLab } from '../../lab/consult-lab.ts';
import type { Bench, BenchContext, Control, Samples } from '../bench.ts';
import { inBothConsults, inConsult, ms, STOCK } from './in-consult.ts';
import { beginCall, measureAbsence, measureReturn } from './recovery.ts';

/** The whole server is killed in the middle of a call and started again: counted from when it answers. */
export const serverRestartBench: Bench = {
  name: 'server-restart',
  summary: 'sound and picture after the server was killed and started again, without a click',
  profiles: ['vsat', 'good'],
  baselines: [STOCK, 'none'],
  runs: { usual: 5, full: 9 },
  secondsPerRun: () => 75,
  aims: [
    { name: 'recovered', of: 'metrics', metric: 'recovered', atLeast: 100 },
    { name: 'hear again', of: 'largest', metric: 'audio', atMost: 6000 },
    { name: 'see again', of: 'largest', metric: 'picture', atMost: 6000 },
  ],
  run: (context) => inBothConsults(context, runOnce),
  control: (context) => inConsult(context, (consult) => runControl(consult, context)),
};

async function runOnce(consult: ConsultLab, context: BenchContext): Promise<Samples> {
  await beginCall(consult, context);
  context.progress('killing the server', 0.6);
  const killedAt = Date.now();
  await consult.server.kill();
  await consult.server.start();
  const backAt = Date.now();
  return { ...(await measureReturn(consult, backAt)), away: ms(backAt - killedAt) };
}

async function runControl(consult: ConsultLab, context: BenchContext): Promise<Control> {
  await beginCall(consult, context);
  await consult.server.kill();
  return measureAbsence(consult, 'the server was not started again');
}
