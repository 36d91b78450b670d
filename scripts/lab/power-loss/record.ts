import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Operation, parseRecord } from './replay.ts';

/** Compiles the recorder into `folder`. Throws a sentence where there is no C compiler or it fails. */
export function compileRecorder(folder: string): string {
  const library = path.join(folder, 'recorder.so');
  const source = path.join(import.meta.dirname, 'recorder.c');
  const compiler = spawnSync('cc', ['-O2', '-shared', '-fPIC', '-o', library, source, '-ldl'], { encoding: 'utf8' });
  if (compiler.error !== undefined) throw new Error('there is no C compiler: apt-get install gcc libc6-dev');
  if (compiler.status !== 0) throw new Error(`the recorder does not compile: ${compiler.stderr}`);
  return library;
}

/**
 * Runs a Node script that writes `database` and notes its acknowledgements in `database`-acks, one id a line, and ends
 * by killing itself. Gives back everything it did to the files, in order.
 */
export async function recordWriter(options: {
  recorder: string;
  database: string;
  script: string;
  args: readonly string[];
}): Promise<Operation[]> {
  const to = `${options.database}-record`;
  const child = spawn(process.execPath, [options.script, ...options.args], {
    env: { ...process.env, LD_PRELOAD: options.recorder, RECORD_DATABASE: options.database, RECORD_TO: to },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const { promise, resolve } = Promise.withResolvers<string>();
  child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
  const end = await promise;
  if (end !== 'SIGKILL') throw new Error(`the recorded writer ended by itself: ${end}`);
  return parseRecord(readFileSync(to));
}
