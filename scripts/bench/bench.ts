/** One measured value; units as in `ms`, `1/s`, `ratio`. */
export interface Sample {
  readonly value: number;
  readonly unit: string;
}

export type Samples = Readonly<Record<string, Sample>>;

/** What one run measured. The baseline has the same names where it can be set against the metrics. */
export interface RunResult {
  readonly metrics: Samples;
  readonly baseline?: Samples;
}

/** A fault was planted on purpose; a bench that does not notice it proves nothing. */
export interface Control {
  readonly planted: string;
  readonly caught: boolean;
}

export interface Aim {
  readonly name: string;
  /** The median of a metric, the largest of it, or the median of its ratio to the baseline. */
  readonly of: 'metrics' | 'largest' | 'ratio';
  readonly metric: string;
  readonly atLeast?: number;
  readonly atMost?: number;
  /** Aimed at only with these profiles; with all where it is left out. */
  readonly profiles?: readonly string[];
}

export interface BenchContext {
  readonly profile: string;
  readonly baseline: string | undefined;
  /** The runs count from 1: the seed of what is drawn by chance. The control comes after the last. */
  readonly run: number;
  /** Longer, for figures to publish. */
  readonly isFull: boolean;
  /** The fault that was asked for by name: the runs themselves are made with it. */
  readonly fault?: string | undefined;
  /** How many attempts a run is made of, where that was said. */
  readonly attempts?: number | undefined;
  /** Says what goes on and which part of this run is behind us, 0 to 1. */
  progress(step: string, done: number): void;
}

export interface Bench {
  readonly name: string;
  /** One line for the list. */
  readonly summary: string;
  /** The first is the default. */
  readonly profiles: readonly [string, ...string[]];
  /** What it can be set against, the first by default; empty when there is nothing to compare with. */
  readonly baselines: readonly string[];
  readonly runs: { readonly usual: number; readonly full: number };
  /** Faults its runs can be made with, to see what they report: `--control NAME`. */
  readonly faults?: readonly string[];
  /** Whether `--attempts N` means something to it. */
  readonly takesAttempts?: boolean;
  /** Metrics that also stand by themselves at the top of the JSON, as their median or their largest over the runs. */
  readonly plain?: Readonly<Record<string, 'median' | 'max'>>;
  /** A guess of one run's length, for the time left before there is a measurement. */
  secondsPerRun(isFull: boolean): number;
  readonly aims: readonly Aim[];
  run(context: BenchContext): Promise<RunResult>;
  control(context: BenchContext): Promise<Control>;
}

/** The machine or the call lacks something: told without a stack, exit code 2. */
export class CannotRun extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CannotRun';
  }
}
