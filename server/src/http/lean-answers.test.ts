import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { createTestApp } from '../../test/build-app.ts';

const LONG = '/api/docs/json';
async function start() {
  const { app } = await createTestApp();
  return (url: string, headers: Record<string, string> = {}) => app.http.inject({ url, headers });
}

it('packs what is long, in the way the browser reads, and leaves what is short', async () => {
  const get = await start();
  const plain = await get(LONG);
  expect(plain.headers['content-encoding']).toBeUndefined();
  const brotli = await get(LONG, { 'accept-encoding': 'gzip, deflate, br' });
  expect(brotli.headers['content-encoding']).toBe('br');
  expect(brotliDecompressSync(brotli.rawPayload).toString()).toBe(plain.body);
  expect(brotli.rawPayload.length).toBeLessThan(plain.body.length / 5);
  const gzip = await get(LONG, { 'accept-encoding': 'gzip' });
  expect(gunzipSync(gzip.rawPayload).toString()).toBe(plain.body);
  const short = await get('/api/health', { 'accept-encoding': 'br' });
  expect(short.headers['content-encoding']).toBeUndefined();
});

it('says in a few bytes that nothing changed, packed or not, and answers in full where something did', async () => {
  const get = await start();
  const { headers } = await get(LONG);
  const tag = String(headers['etag']);
  const again = await get(LONG, { 'if-none-match': tag, 'accept-encoding': 'br' });
  expect([again.statusCode, again.body]).toEqual([304, '']);
  expect((await get(LONG, { 'if-none-match': 'W/"another"' })).statusCode).toBe(200);
});

it('leaves the headers of pages to pages', async () => {
  const get = await start();
  const { headers } = await get('/api/nothing');
  expect(headers['content-security-policy']).toBe("default-src 'none';frame-ancestors 'none'");
  expect(headers['cache-control']).toBe('no-store');
  // By nothing but its reference may one refusal be told from another.
  expect(headers).not.toHaveProperty('etag');
  expect(headers['x-content-type-options']).toBe('nosniff');
  expect(headers).not.toHaveProperty('permissions-policy');
  const page = await get('/api/docs/');
  expect(page.headers).toHaveProperty('permissions-policy');
  expect(page.headers).toHaveProperty('x-frame-options');
});
