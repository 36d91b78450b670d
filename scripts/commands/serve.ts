import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from '../setup/paths.ts';
import { CLIENT_DIST } from '../setup/prepare.ts';
import { exitCodeOf, track } from '../setup/run-command.ts';
import { SERVER_NODE_ARGS } from '../setup/server-node.ts';

/** How long a server that says it listens may take to answer that it is healthy. */
const HEALTH_MS = 15_000;
const HEALTH_POLL_MS = 100;

/** What set-up reads of the server's answer to `GET /api/health`. */
export interface Health {
  /** The database holds the demo and nothing real. */
  readonly isDemo: boolean;
}

export interface ServeOptions {
  /** Arguments for Node before the server's own file, e.g. `--watch`. */
  nodeArgs?: readonly string[];
  env?: NodeJS.ProcessEnv;
  /** Called once, when the server answers that it is healthy, with its address as it printed it. */
  onReady: (url: string, health: Health) => void | Promise<void>;
}

/**
 * Starts the server and answers its exit code when it has ended. Its lines go through as they are but for
 * `ready http://…`: that is for `onReady` to print, once it is true.
 */
export async function serve(options: ServeOptions): Promise<number> {
  const server = track(
    spawn(process.execPath, [...SERVER_NODE_ARGS, ...(options.nodeArgs ?? []), 'server/src/main.ts'], {
      cwd: ROOT,
      env: {
        ...process.env,
        JAQYN_CLIENT_DIR: CLIENT_DIST,
        // Behind the pipe it cannot see that a person reads along.
        ...(process.stdout.isTTY ? { JAQYN_LOG_PRETTY: process.env['JAQYN_LOG_PRETTY'] ?? '1' } : {}),
        ...options.env,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    }),
  );
  const ended = new Promise<number>((resolve, reject) => {
    server.once('error', reject);
    server.once('close', (code, signal) => resolve(exitCodeOf(code, signal)));
  });

  let isReady = false;
  let failure: Error | undefined;
  const becomeReady = async (url: string): Promise<void> => {
    try {
      await options.onReady(url, await waitForHealth(url));
    } catch (error) {
      failure = error instanceof Error ? error : new Error(String(error));
      server.kill('SIGTERM');
    }
  };
  if (server.stdout) {
    createInterface({ input: server.stdout }).on('line', (line) => {
      const url = readyUrl(line);
      if (!url) {
        console.log(line);
      } else if (!isReady) {
        // Only the first time: under `--watch` it becomes ready again after every change.
        isReady = true;
        void becomeReady(url);
      }
    });
  }
  const code = await ended;
  if (failure) throw failure;
  return code;
}

/** The address in the server's `ready http://…` line, `undefined` for any other line. */
export function readyUrl(line: string): string | undefined {
  return /^ready (https?:\/\/\S+)$/.exec(line.trim())?.[1];
}

async function waitForHealth(url: string): Promise<Health> {
  const until = performance.now() + HEALTH_MS;
  let last = 'no answer';
  while (performance.now() < until) {
    try {
      const response = await fetch(new URL('/api/health', url));
      if (response.ok) return (await response.json()) as Health;
      last = `${response.status} ${await response.text()}`;
    } catch (error) {
      last = String(error instanceof Error && error.cause ? error.cause : error);
    }
    await sleep(HEALTH_POLL_MS);
  }
  throw new Error(`The server listens on ${url} but does not become healthy: ${last}`);
}
