import { loadavg } from 'node:os';
import type { Bench, BenchContext, RunResult } from './bench.ts';
import { createReport, type Report } from './report.ts';

export interface RunOptions {
  readonly profile: string;
  readonly baseline: string | undefined;
  readonly runs: number;
  readonly isFull: boolean;
  readonly fault?: string | undefined;
  readonly attempts?: number | undefined;
  /** Called with one line of progress at a time. */
  readonly tell: (line: string) => void;
}

/** All runs of one bench, then its control. What it throws, it could not do. */
export async function runBench(bench: Bench, options: RunOptions): Promise<Report> {
  const loadBefore = loadavg()[0] ?? 0;
  const results: RunResult[] = [];
  const startedAt = performance.now();
  // The control counts as one more run: about as long, and never left out.
  const parts = options.runs + 1;

  const contextOf = (part: number): BenchContext => ({
    profile: options.profile,
    baseline: options.baseline,
    run: part + 1,
    isFull: options.isFull,
    fault: options.fault,
    attempts: options.attempts,
    progress(step, done) {
      const behind = part + done;
      const elapsed = (performance.now() - startedAt) / 1000;
      const perPart = behind < 0.5 ? bench.secondsPerRun(options.isFull) : elapsed / behind;
      const left = Math.max(0, Math.round(perPart * (parts - behind)));
      const where = part < options.runs ? `run ${part + 1} of ${options.runs}` : 'control';
      options.tell(`${bench.name}: ${where}, ${step}, about ${left} s left`);
    },
  });

  for (let run = 0; run < options.runs; run++) results.push(await bench.run(contextOf(run)));
  const control = await bench.control(contextOf(options.runs));
  return createReport(bench, options.profile, results, [loadBefore, loadavg()[0] ?? 0], control);
}
