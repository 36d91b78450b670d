import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { createTestApp } from '../../test/build-app.ts';
import { createTestFolder } from '../../test/template-database.ts';

const PAGE = '<!doctype html><title>Jaqyn</title>';

async function createServing() {
  const folder = createTestFolder();
  const clientDir = path.join(folder, 'dist');
  mkdirSync(path.join(clientDir, 'assets'), { recursive: true });
  writeFileSync(path.join(clientDir, 'index.html'), PAGE);
  writeFileSync(path.join(clientDir, 'assets', 'app-abc123.js'), 'console.log("plain, and long enough")');
  writeFileSync(path.join(clientDir, 'assets', 'app-abc123.js.br'), 'brotli');
  writeFileSync(path.join(clientDir, 'icon.svg'), '<svg/>');
  writeFileSync(path.join(folder, 'secret.txt'), 'secret');
  return createTestApp({ config: { clientDir } });
}

describe('the built client', () => {
  test.each(['/', '/index.html', '/worklist', '/consultations/019aa6b0-9c1e-7d3a-8f00-0123456789ab', '/a?x=1.5'])(
    '%s is the page, asked for each time',
    async (url) => {
      const { inject } = await createServing();
      const answer = await inject({ method: 'GET', url });
      expect([answer.statusCode, answer.body]).toEqual([200, PAGE]);
      expect(answer.headers['cache-control']).toBe('no-cache');
    },
  );

  test('files with a hash in their name stay for a year, compressed where the browser takes it', async () => {
    const { inject } = await createServing();
    const url = '/assets/app-abc123.js';
    const answer = await inject({ method: 'GET', url, headers: { 'accept-encoding': 'br' } });
    expect([answer.body, answer.headers['content-encoding']]).toEqual(['brotli', 'br']);
    expect(answer.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(answer.headers['content-type']).toMatch(/javascript/);
  });

  test('its sign stays for a day', async () => {
    const { inject } = await createServing();
    const answer = await inject({ method: 'GET', url: '/icon.svg' });
    expect([answer.statusCode, answer.headers['cache-control']]).toEqual([200, 'public, max-age=86400']);
  });

  test.each([
    '/assets/app-missing.js',
    '/favicon.ico',
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/assets/....//secret.txt',
  ])('%s is nothing', async (url) => {
    const { inject } = await createServing();
    const answer = await inject({ method: 'GET', url });
    expect(answer.body).not.toContain('secret');
    expect([answer.statusCode, answer.json().code]).toEqual([404, 'request.unknown_route']);
  });

  test('an unknown address of the interface is a problem, never the page', async () => {
    const { inject } = await createServing();
    for (const request of [
      { method: 'GET', url: '/api/nothing' },
      { method: 'POST', url: '/worklist' },
    ] as const) {
      expect((await inject(request)).json()).toMatchObject({ code: 'request.unknown_route' });
    }
  });
});

describe('what a browser may do with the page', () => {
  test.each(['/', '/worklist'])('%s', async (url) => {
    const { inject } = await createServing();
    const { headers } = await inject({ method: 'GET', url });
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("object-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(policy).not.toMatch(/unsafe|\*|http:/);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'permissions-policy': 'camera=(self), microphone=(self), geolocation=(), payment=()',
    });
    expect(headers['x-powered-by']).toBeUndefined();
    expect(headers.server).toBeUndefined();
  });
});
