import type { Bench } from './bench.ts';
import { genuineConsultBench } from './evidence/genuine-consult.bench.ts';
import { clickToMediaBench } from './link/click-to-media.bench.ts';
import { cutRecoverBench } from './link/cut-recover.bench.ts';
import { netSwitchBench } from './link/net-switch.bench.ts';
import { oldPcBench } from './link/old-pc.bench.ts';
import { serverRestartBench } from './link/server-restart.bench.ts';
import { stepFallBench } from './link/step-fall.bench.ts';
import { still12mpBench } from './link/still-12mp.bench.ts';
import { thinConsultBench } from './link/thin-consult.bench.ts';
import { workerKillBench } from './link/worker-kill.bench.ts';
import { logTamperBench } from './log-tamper/log-tamper.bench.ts';
import { powerLossBench } from './power-loss/power-loss.bench.ts';
import { recordBench } from './record/record.bench.ts';
import { contendedBookingBench } from './schedule/contended-booking.bench.ts';
import { scheduleScaleBench } from './schedule/schedule-scale.bench.ts';
import { sfuCostBench } from './sfu-cost/sfu-cost.bench.ts';
import { tamperBench } from './signature/tamper.bench.ts';
import { storeBench } from './store/store.bench.ts';

/** Every bench, in the order of the list. */
export const benches: readonly Bench[] = [
  storeBench,
  powerLossBench,
  logTamperBench,
  genuineConsultBench,
  tamperBench,
  recordBench,
  contendedBookingBench,
  scheduleScaleBench,
  thinConsultBench,
  clickToMediaBench,
  cutRecoverBench,
  workerKillBench,
  serverRestartBench,
  netSwitchBench,
  stepFallBench,
  still12mpBench,
  oldPcBench,
  sfuCostBench,
];
