import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fetchPrebuiltWorker, prebuiltUrl } from './prebuilt.ts';

let dir: string;
let server: Server | undefined;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'jaqyn-prebuilt-'));
});
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = undefined;
  rmSync(dir, { recursive: true });
});

/** A mirror like a closed network may have one. Answers the environment that names it. */
async function mirror(handler: RequestListener): Promise<NodeJS.ProcessEnv> {
  server = createServer(handler).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return { MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL: `http://127.0.0.1:${port}` };
}

test('the address is where mediasoup publishes for this architecture and kernel', () => {
  expect(prebuiltUrl('3.27.1', undefined, { arch: 'arm64', kernel: '6.12.48+deb13-arm64' })).toBe(
    'https://github.com/versatica/mediasoup/releases/download/3.27.1/mediasoup-worker-3.27.1-linux-arm64-kernel6.tgz',
  );
});

test('the archive is unpacked and made executable', async () => {
  writeFileSync(join(dir, 'mediasoup-worker'), '#!/bin/sh\n');
  const archive = execFileSync('tar', ['-czf', '-', '-C', dir, 'mediasoup-worker']);
  const env = await mirror((_request, response) => response.end(archive));
  const bin = join(dir, 'work/mediasoup-worker');
  expect(await fetchPrebuiltWorker('3.27.1', join(dir, 'work'), env)).toEqual({ bin });
  expect(readFileSync(bin, 'utf8')).toBe('#!/bin/sh\n');
  expect(statSync(bin).mode & 0o111).toBe(0o111);
});

test('an architecture nothing is published for is said in words', async () => {
  const env = await mirror((_request, response) => response.writeHead(404).end());
  expect(await fetchPrebuiltWorker('3.27.1', join(dir, 'work'), env)).toEqual({
    unavailable: expect.stringContaining('answered 404'),
  });
});

test('a page of a captive portal is no worker', async () => {
  const env = await mirror((_request, response) => response.end('<html>Please sign in</html>'));
  const fetched = await fetchPrebuiltWorker('3.27.1', join(dir, 'work'), env);
  expect(fetched).toHaveProperty('unavailable');
  expect(existsSync(join(dir, 'work/mediasoup-worker'))).toBe(false);
});

test('a host that is not there is said by its reason', async () => {
  const env = await mirror(() => {});
  await new Promise((resolve) => server?.close(resolve));
  expect(await fetchPrebuiltWorker('3.27.1', join(dir, 'work'), env)).toEqual({
    unavailable: expect.stringContaining('ECONNREFUSED'),
  });
});

test('a host that swallows the question is given up after the limit', async () => {
  const env = await mirror(() => {});
  expect(await fetchPrebuiltWorker('3.27.1', join(dir, 'work'), env, { answerMs: 50, downloadMs: 50 })).toEqual({
    unavailable: expect.stringContaining('does not answer'),
  });
});

test('it can be switched off as mediasoup itself does', async () => {
  const env = { MEDIASOUP_SKIP_WORKER_PREBUILT_DOWNLOAD: '1' };
  expect(await fetchPrebuiltWorker('3.27.1', join(dir, 'work'), env)).toHaveProperty('unavailable');
});
