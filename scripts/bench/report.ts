import type { Aim, Bench, Control, RunResult, Samples } from './bench.ts';
import { median, rounded } from './statistics.ts';

export interface Summary {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly unit: string;
}

/** The one JSON object of a bench. */
export interface Report {
  readonly bench: string;
  readonly profile: string;
  readonly runs: number;
  /** The machine's load average of the last minute, before and after. */
  readonly load: readonly [number, number];
  readonly metrics: Readonly<Record<string, Summary>>;
  readonly baseline: Readonly<Record<string, Summary>>;
  /** Median over the runs of metric ÷ baseline within one run. */
  readonly ratio: Readonly<Record<string, number>>;
  readonly aims: readonly {
    readonly name: string;
    readonly aim: string;
    readonly value: number;
    readonly met: boolean;
  }[];
  readonly control: Control;
  /** A bench's own few figures, as plain numbers. */
  readonly [plain: string]: unknown;
}

export function createReport(
  bench: Pick<Bench, 'name' | 'aims' | 'plain'>,
  profile: string,
  results: readonly RunResult[],
  load: readonly [number, number],
  control: Control,
): Report {
  const metrics = summarise(results.map((result) => result.metrics));
  const ratio = compare(results);
  return {
    bench: bench.name,
    ...plainOf(bench.plain ?? {}, metrics),
    profile,
    runs: results.length,
    load: [rounded(load[0]), rounded(load[1])],
    metrics,
    baseline: summarise(results.map((result) => result.baseline ?? {})),
    ratio,
    aims: aimsOf(bench, profile).flatMap((aim) => {
      const value = valueOf(aim, metrics, ratio);
      // Run without a baseline, or the baseline has none of it at all.
      if (value === undefined && aim.of === 'ratio' && aim.metric in metrics) return [];
      if (value === undefined) throw new Error(`${bench.name} aims at ${aim.metric}, which it did not measure`);
      return { name: aim.name, aim: inWords(aim), value, met: isMet(aim, value) };
    }),
    control,
  };
}

function plainOf(
  plain: NonNullable<Bench['plain']>,
  metrics: Readonly<Record<string, Summary>>,
): Record<string, number | undefined> {
  return Object.fromEntries(Object.entries(plain).map(([name, which]) => [name, metrics[name]?.[which]]));
}

function aimsOf(bench: Pick<Bench, 'aims'>, profile: string): Aim[] {
  return bench.aims.filter((aim) => aim.profiles?.includes(profile) ?? true);
}

function valueOf(
  aim: Aim,
  metrics: Readonly<Record<string, Summary>>,
  ratio: Readonly<Record<string, number>>,
): number | undefined {
  switch (aim.of) {
    case 'metrics':
      return metrics[aim.metric]?.median;
    case 'largest':
      return metrics[aim.metric]?.max;
    case 'ratio':
      return ratio[aim.metric];
  }
}

function summarise(runs: readonly Samples[]): Record<string, Summary> {
  const names = new Set(runs.flatMap((samples) => Object.keys(samples)));
  return Object.fromEntries(
    [...names].map((name) => {
      const samples = runs.flatMap((run) => run[name] ?? []);
      const values = samples.map((sample) => sample.value);
      const unit = samples[0]?.unit ?? '';
      const [low, high] = [Math.min(...values), Math.max(...values)];
      return [name, { median: rounded(median(values)), min: rounded(low), max: rounded(high), unit }];
    }),
  );
}

/** Run by run, so that a slow minute of the machine weighs on both sides alike. Nothing is compared with zero. */
function compare(results: readonly RunResult[]): Record<string, number> {
  const names = Object.keys(results[0]?.baseline ?? {});
  const ratios = names.map((name) => {
    const each = results.map(
      ({ metrics, baseline }) => (metrics[name]?.value ?? Number.NaN) / (baseline?.[name]?.value ?? Number.NaN),
    );
    return [name, rounded(median(each))] as const;
  });
  return Object.fromEntries(ratios.filter(([, ratio]) => Number.isFinite(ratio)));
}

function isMet(aim: Aim, value: number): boolean {
  return value >= (aim.atLeast ?? Number.NEGATIVE_INFINITY) && value <= (aim.atMost ?? Number.POSITIVE_INFINITY);
}

function inWords(aim: Aim): string {
  const bounds = [];
  if (aim.atLeast !== undefined) bounds.push(`≥ ${aim.atLeast}`);
  if (aim.atMost !== undefined) bounds.push(`≤ ${aim.atMost}`);
  return bounds.join(' and ');
}

/** The table a person reads, one line a metric. */
export function toTable(report: Report): string {
  const rows = Object.entries(report.metrics).map(([name, metric]) => {
    const baseline = report.baseline[name];
    const ratio = report.ratio[name];
    return [name, show(metric), baseline === undefined ? '' : show(baseline), ratio === undefined ? '' : `× ${ratio}`];
  });
  const lines = [['', 'median (min to max)', 'baseline', 'ratio'], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function show(summary: Summary): string {
  return `${summary.median} ${summary.unit} (${summary.min} to ${summary.max})`;
}

/** The last printed line. */
export function toSentence(report: Report): string {
  const aims = report.aims.map((aim) => `${aim.name} ${aim.value} (aim ${aim.aim}: ${aim.met ? 'met' : 'NOT met'})`);
  const control = report.control.caught
    ? `the planted fault (${report.control.planted}) was caught`
    : `the planted fault (${report.control.planted}) was NOT CAUGHT, so these figures prove nothing`;
  return `${report.bench}, ${report.profile}, ${report.runs} runs: ${[...aims, control].join('; ')}.`;
}
