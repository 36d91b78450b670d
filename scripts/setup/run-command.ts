import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { LOGS_DIR, ROOT } from './paths.ts';
import { SetupError } from './setup-error.ts';

export interface RunOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** Called with every line of stdout and stderr. */
  onLine?: (line: string) => void;
  /** Name of the log under `.tools/logs`, without `.log`; several commands may go on in one log. */
  log: string;
  /** Go on in a log that an earlier command of the step began. */
  append?: boolean;
}

/** How many of the last lines of a failed command are shown; the log has them all. */
const TAIL_LINES = 12;

const running = new Set<ChildProcess>();

/** Passes a signal on to every command that is still running. */
export function signalRunning(signal: NodeJS.Signals): void {
  for (const child of running) child.kill(signal);
}

/** How many commands are still running. */
export function runningCount(): number {
  return running.size;
}

/** Counts a child among those that signals are passed on to, until it ends. */
export function track(child: ChildProcess): ChildProcess {
  running.add(child);
  child.once('close', () => running.delete(child));
  return child;
}

/**
 * Runs a command with its output in a log. Throws a {@link SetupError} with the last lines when it
 * cannot be started or ends with anything but 0.
 */
export async function runCommand(command: string, args: readonly string[], options: RunOptions): Promise<void> {
  mkdirSync(LOGS_DIR, { recursive: true });
  const logFile = join(LOGS_DIR, `${options.log}.log`);
  const log = createWriteStream(logFile, { flags: options.append ? 'a' : 'w' });
  const commandLine = [command, ...args].join(' ');
  log.write(`$ ${commandLine}\n`);
  const tail: string[] = [];

  const child = track(
    spawn(command, args, {
      cwd: options.cwd ?? ROOT,
      env: options.env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  );
  for (const stream of [child.stdout, child.stderr]) {
    if (!stream) continue;
    createInterface({ input: stream }).on('line', (line) => {
      log.write(`${line}\n`);
      if (line.trim()) tail.push(line);
      if (tail.length > TAIL_LINES) tail.shift();
      options.onLine?.(line);
    });
  }
  const ended = await new Promise<string | undefined>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) => resolve(code === 0 ? undefined : describeEnd(code, signal)));
  });
  await new Promise((resolve) => log.end(resolve));
  if (ended === undefined) return;
  throw new SetupError([`\`${commandLine}\` failed: ${ended}`, ...tail.map((line) => `  | ${line}`)].join('\n'), {
    logFile,
  });
}

/** Runs a command on the caller's own terminal and answers its exit code, 128 + n for signal n as a shell does. */
export async function runForeground(command: string, args: readonly string[], env = process.env): Promise<number> {
  const child = track(spawn(command, args, { cwd: ROOT, env, stdio: 'inherit' }));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(exitCodeOf(code, signal)));
  });
}

export function exitCodeOf(code: number | null, signal: NodeJS.Signals | null): number {
  return code ?? (signal ? 128 + constants.signals[signal] : 1);
}

export function describeEnd(code: number | null, signal: NodeJS.Signals | null): string {
  return signal ? `killed by ${signal}` : `exit code ${code}`;
}
