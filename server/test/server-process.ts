import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { onTestFinished } from 'vitest';

const MAIN = path.resolve(import.meta.dirname, '../src/main.ts');

export interface ServerProcess {
  readonly child: ChildProcess;
  /** Where it listens, once it says so. Rejects when the process ends before. */
  readonly ready: Promise<string>;
  /** Exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
  readonly stdout: () => string;
  readonly stderr: () => string;
}

/** The server as its own process, on free ports unless told otherwise, gone with the test. */
export function startServer(environment: Record<string, string>): ServerProcess {
  const child = spawn(process.execPath, [MAIN], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      NODE_ENV: 'test',
      PORT: '0',
      HOST: '127.0.0.1',
      JAQYN_RTC_PORT: '0',
      JAQYN_MEDIA_WORKERS: '1',
      JAQYN_LOG_LEVEL: 'warn',
      JAQYN_LOG_PRETTY: 'false',
      ...environment,
    },
  });
  let stdout = '';
  let stderr = '';
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) => {
    child.once('close', (code, signal) => resolve(code ?? signal));
  });
  const ready = new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
      const [, url] = /^ready (http:\S+)$/m.exec(stdout) ?? [];
      if (url !== undefined) resolve(url);
    });
    void ended.then((code) => reject(new Error(`the server ended with ${String(code)}: ${stderr}`)));
  });
  // Tests of failed starts wait for the end only.
  ready.catch(() => undefined);
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  onTestFinished(async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    await ended;
  });
  return { child, ready, ended, stdout: () => stdout, stderr: () => stderr };
}
