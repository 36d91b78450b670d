import { type Attempt, TAMPERINGS, TamperedLog } from '../../verify/tampered-log.ts';
import type { Bench, BenchContext, Control, RunResult, Sample } from '../bench.ts';
import { quantile } from '../statistics.ts';
import { inWorkFolder } from '../work-folder.ts';

const ATTEMPTS = 1000;
const CONTROL_ATTEMPTS = 60;

/**
 * A log of four days with its witness, tampered with in a thousand ways by somebody who owns the database file, half of them making
 * chain and tree fit again: how many the verifier finds, and whether it names an entry that is not after the first bad one.
 */
export const logTamperBench: Bench = {
  name: 'log-tamper',
  summary: '1,000 edits, deletions, reorderings, truncations and rollbacks of the audit log: how many are found',
  profiles: ['four-days'],
  baselines: [],
  runs: { usual: 1, full: 3 },
  takesAttempts: true,
  plain: { attempts: 'median', found: 'median', missed: 'max', namedTooLate: 'max' },
  secondsPerRun: () => 60,
  aims: [
    { name: 'missed', of: 'largest', metric: 'missed', atMost: 0 },
    { name: 'named after the first bad entry', of: 'largest', metric: 'namedTooLate', atMost: 0 },
  ],
  run: (context) => inWorkFolder((folder) => runOnce(folder, context)),
  control: (context) => inWorkFolder((folder) => runControl(folder, context)),
};

async function runOnce(folder: string, context: BenchContext): Promise<RunResult> {
  const log = await TamperedLog.create(folder);
  if (!(await log.isBelieved())) throw new Error('the log is not believed before anybody touched it');
  const count = context.attempts ?? ATTEMPTS;
  const attempts: Attempt[] = [];
  for (let number = 0; number < count; number += 1) {
    attempts.push(await log.attempt(context.run * 1_000_000 + number));
    if (number % 50 === 0) context.progress(`${number} of ${count}`, number / count);
  }
  const countOf = (fits: (attempt: Attempt) => boolean): Sample => ({
    value: attempts.filter(fits).length,
    unit: 'attempts',
  });
  const metrics: Record<string, Sample> = {
    attempts: { value: attempts.length, unit: 'attempts' },
    found: countOf(({ isFound }) => isFound),
    missed: countOf(({ isFound }) => !isFound),
    namedTooLate: countOf(({ seq, firstBad }) => seq !== null && seq > firstBad),
    namedExactly: countOf(({ seq, firstBad }) => seq === firstBad),
    verifyMs: {
      value: quantile(
        attempts.map(({ ms }) => ms),
        0.5,
      ),
      unit: 'ms',
    },
  };
  for (const kind of TAMPERINGS) metrics[`missed.${kind}`] = countOf((one) => one.kind === kind && !one.isFound);
  return { metrics };
}

async function runControl(folder: string, context: BenchContext): Promise<Control> {
  const log = await TamperedLog.create(folder);
  const said: string[] = [];
  let caught = true;
  for (const check of ['witness', 'chain'] as const) {
    let missed = 0;
    for (let number = 0; number < CONTROL_ATTEMPTS; number += 1) {
      if (!(await log.attempt(number, check)).isFound) missed += 1;
    }
    context.progress(`without its check of the ${check}`, 1);
    said.push(`without its check of the ${check} the verifier misses ${missed} of ${CONTROL_ATTEMPTS}`);
    caught &&= missed > 0;
  }
  return { planted: said.join('; '), caught };
}
