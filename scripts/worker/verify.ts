import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { describeEnd, track } from '../setup/run-command.ts';
import type { HandshakeResult } from './handshake.ts';

/** A handshake takes a second; a busy two-core machine gets plenty of room. */
const TIMEOUT_MS = 30_000;

/**
 * Proves a worker by two real calls in a child process (`handshake.ts`). Starting it is not enough: a worker
 * built against an OpenSSL it does not fit starts, and dies at the first DTLS handshake.
 * Answers how many packets went through; throws with the reason otherwise.
 */
export async function verifyWorker(bin: string): Promise<number> {
  const child = track(
    spawn(process.execPath, [join(import.meta.dirname, 'handshake.ts')], {
      env: { ...process.env, MEDIASOUP_WORKER_BIN: bin },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: TIMEOUT_MS,
      killSignal: 'SIGKILL',
    }),
  );
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const began = performance.now();
  const ended = await new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) => resolve(describeEnd(code, signal)));
  });

  const result = parseResult(stdout);
  if (result?.ok) return result.packets;
  if (result) throw new Error(result.reason);
  if (performance.now() - began >= TIMEOUT_MS) throw new Error(`no call came about within ${TIMEOUT_MS / 1000} s`);
  throw new Error([ended, ...stderr.trim().split('\n').slice(-5)].join('\n'));
}

function parseResult(stdout: string): HandshakeResult | undefined {
  const line = stdout.trim().split('\n').at(-1);
  return line?.startsWith('{') ? (JSON.parse(line) as HandshakeResult) : undefined;
}
