import { relative } from 'node:path';
import { ROOT } from './paths.ts';
import { SetupError } from './setup-error.ts';

/** What a running step can say; both go to the same place, so that a step is never silent for long. */
export interface StepReport {
  /** Something the person should know stays on the screen. */
  note(text: string): void;
  /** Where the step is; overwritten on a terminal, thinned out in a log. */
  progress(text: string): void;
}

/** A log that is not a terminal gets a progress line at most this often. */
const LOG_PROGRESS_MS = 20_000;

const isTerminal = process.stdout.isTTY === true;

/**
 * Runs one step of set-up and prints what it did and how long it took, e.g.
 * `✓ packages · 0.2 s (already done)`. `run` answers the words in brackets. Throws what `run` throws, after
 * saying which step it was.
 */
export async function step(title: string, run: (report: StepReport) => Promise<string>): Promise<void> {
  const began = performance.now();
  let lastPrinted = began;
  const clear = (): void => {
    if (isTerminal) process.stdout.write('\r\u001B[K');
  };
  const report: StepReport = {
    note(text) {
      clear();
      console.log(`  ${title}: ${text}`);
      lastPrinted = performance.now();
    },
    progress(text) {
      if (!text.trim()) return;
      const line = `  ${title}: ${text}`;
      if (isTerminal) {
        const width = process.stdout.columns || 80;
        process.stdout.write(`\r\u001B[K${line.length < width ? line : `${line.slice(0, width - 2)}…`}`);
      } else if (performance.now() - lastPrinted >= LOG_PROGRESS_MS) {
        console.log(line);
        lastPrinted = performance.now();
      }
    },
  };
  try {
    const did = await run(report);
    clear();
    console.log(`✓ ${title} · ${formatDuration(performance.now() - began)} (${did})`);
  } catch (error) {
    clear();
    console.log(`✗ ${title} · ${formatDuration(performance.now() - began)}`);
    throw error;
  }
}

/** `0.2 s`, `12 s`, `4 min 07 s`. */
export function formatDuration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
}

/** The lines printed for an error that ends the run. */
export function formatFailure(error: unknown): string {
  if (!(error instanceof SetupError)) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
  const lines = error.message.split('\n').map((line) => `  ${line}`);
  if (error.commands.length > 0) {
    lines.push('', '  Type this, then the same command again:', ...error.commands.map((command) => `    ${command}`));
  }
  if (error.logFile) lines.push('', `  The whole output: ${relative(ROOT, error.logFile)}`);
  return lines.join('\n');
}
