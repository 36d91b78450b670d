import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { resolveWorkerBin } from './cache.ts';
import { verifyWorker } from './verify.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'jaqyn-verify-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

function fakeWorker(script: string): string {
  const bin = join(dir, 'mediasoup-worker');
  writeFileSync(bin, `#!/bin/sh\n${script}\n`);
  chmodSync(bin, 0o755);
  return bin;
}

test('the worker of this machine holds two calls', async () => {
  expect(await verifyWorker(resolveWorkerBin() ?? 'set-up has not made a worker')).toBeGreaterThanOrEqual(20);
});

test('a worker that starts and fails only at the DTLS handshake is refused', async () => {
  // The real worker with its libssl talked down to a DTLS version that no peer speaks any more.
  const conf = join(dir, 'openssl.cnf');
  writeFileSync(
    conf,
    'openssl_conf = a\n[a]\nssl_conf = b\n[b]\nsystem_default = c\n[c]\nMinProtocol = DTLSv1\nMaxProtocol = DTLSv1\n',
  );
  const bin = fakeWorker(`OPENSSL_CONF="${conf}" exec "${resolveWorkerBin()}" "$@"`);
  await expect(verifyWorker(bin)).rejects.toThrow('DTLS handshake failed');
});

test.each([
  ['ends at once', 'exit 1', 'code:1'],
  ['was made for another processor', 'kill -ILL $$', 'SIGILL'],
])('a worker that %s is refused', async (_what, script, reason) => {
  await expect(verifyWorker(fakeWorker(script))).rejects.toThrow(reason);
});

test('a file that is not there is refused', async () => {
  await expect(verifyWorker(join(dir, 'absent'))).rejects.toThrow('ENOENT');
});
