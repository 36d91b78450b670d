import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { release } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../setup/run-command.ts';

const RELEASES = 'https://github.com/versatica/mediasoup/releases/download';

const LIMITS = {
  /** Closed networks often swallow packets instead of refusing them: how long the first byte may take. */
  answerMs: 10_000,
  /** The archive is 3 MB; a village link may take its time once it answers. */
  downloadMs: 180_000,
};

/**
 * Fetches the worker that mediasoup publishes for this platform into `dir`, as its own postinstall would, and
 * answers its path, or in words why there is none. `MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL` (a mirror)
 * and `MEDIASOUP_SKIP_WORKER_PREBUILT_DOWNLOAD` mean what they mean to mediasoup.
 */
export async function fetchPrebuiltWorker(
  mediasoupVersion: string,
  dir: string,
  env: NodeJS.ProcessEnv = process.env,
  limits = LIMITS,
): Promise<{ bin: string } | { unavailable: string }> {
  if (env['MEDIASOUP_SKIP_WORKER_PREBUILT_DOWNLOAD']) {
    return { unavailable: 'MEDIASOUP_SKIP_WORKER_PREBUILT_DOWNLOAD is set' };
  }
  const url = prebuiltUrl(mediasoupVersion, env['MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL']);
  const { host } = new URL(url);
  const limit = new AbortController();
  let timer = setTimeout(() => limit.abort(), limits.answerMs);
  try {
    const response = await fetch(url, { signal: limit.signal });
    if (!response.ok) return { unavailable: `${host} answered ${response.status}` };
    clearTimeout(timer);
    timer = setTimeout(() => limit.abort(), limits.downloadMs);
    rmSync(dir, { recursive: true, force: true });
    mkdirSync(dir, { recursive: true });
    const archive = join(dir, 'worker.tgz');
    await writeFile(archive, Buffer.from(await response.arrayBuffer()));
    await runCommand('tar', ['-xzf', archive, '-C', dir, 'mediasoup-worker'], { log: 'mediasoup-worker-download' });
    rmSync(archive);
    const bin = join(dir, 'mediasoup-worker');
    chmodSync(bin, 0o755);
    return { bin };
  } catch (error) {
    return { unavailable: limit.signal.aborted ? `${host} does not answer` : `${host}: ${reasonOf(error)}` };
  } finally {
    clearTimeout(timer);
  }
}

/** Where mediasoup publishes its worker for this architecture and major kernel version. */
export function prebuiltUrl(
  version: string,
  base = RELEASES,
  machine = { arch: process.arch as string, kernel: release() },
): string {
  const kernelMajor = Number.parseInt(machine.kernel, 10);
  return `${base}/${version}/mediasoup-worker-${version}-linux-${machine.arch}-kernel${kernelMajor}.tgz`;
}

/** `fetch failed` says nothing; what failed stands in its cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause;
  if (cause instanceof Error) return 'code' in cause ? String(cause.code) : cause.message;
  return error.message;
}
