import { expect, test } from 'vitest';
import { builtWorkerKey, prebuiltWorkerKey, type WorkerParts } from './key.ts';

const PARTS: WorkerParts = {
  mediasoupVersion: '3.27.1',
  recipeHash: 'abc',
  distribution: 'debian-12',
  arch: 'x64',
  libraries: { 'libssl-dev': '3.0.22-1', 'libuv1-dev': '1.44.2-1' },
};

test('the key is the same for the same parts, in whatever order dpkg names the libraries', () => {
  const swapped = { 'libuv1-dev': '1.44.2-1', 'libssl-dev': '3.0.22-1' };
  expect(builtWorkerKey({ ...PARTS, libraries: swapped })).toBe(builtWorkerKey(PARTS));
  expect(builtWorkerKey(PARTS)).toMatch(/^3\.27\.1-built-debian-12-x64-[0-9a-f]{12}$/);
});

test.each<[string, Partial<WorkerParts>]>([
  ['mediasoup version', { mediasoupVersion: '3.27.2' }],
  ['recipe', { recipeHash: 'abd' }],
  ['distribution', { distribution: 'debian-13' }],
  ['architecture', { arch: 'arm64' }],
  ['library version', { libraries: { ...PARTS.libraries, 'libssl-dev': '3.0.23-1' } }],
  ['missing library', { libraries: { 'libuv1-dev': '1.44.2-1' } }],
])('another %s is another worker', (_what, change) => {
  expect(builtWorkerKey({ ...PARTS, ...change })).not.toBe(builtWorkerKey(PARTS));
});

test('a prebuilt worker depends on the kernel, not on libraries', () => {
  expect(prebuiltWorkerKey(PARTS, 6)).toBe('3.27.1-prebuilt-linux-x64-kernel6');
});
