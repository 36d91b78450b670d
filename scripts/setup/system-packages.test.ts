import { expect, test } from 'vitest';
import { aptCommands, missingPackages, type PackageNeed, WORKER_BUILD_PACKAGES } from './system-packages.ts';

test('only what is missing is asked for', () => {
  const all = WORKER_BUILD_PACKAGES.map(([name]) => name);
  expect(missingPackages(WORKER_BUILD_PACKAGES, new Set(all))).toEqual([]);
  const without = new Set(all.filter((name) => name !== 'libsrtp2-dev' && name !== 'meson'));
  expect(missingPackages(WORKER_BUILD_PACKAGES, without)).toEqual(['meson', 'libsrtp2-dev']);
});

test('any one of several packages that do the same will do, and the first is proposed', () => {
  const needs: readonly PackageNeed[] = [['chromium'], ['fonts-noto-core', 'fonts-dejavu-core']];
  expect(missingPackages(needs, new Set(['chromium', 'fonts-dejavu-core']))).toEqual([]);
  expect(missingPackages(needs, new Set())).toEqual(['chromium', 'fonts-noto-core']);
});

test('what to type can be typed as it stands', () => {
  expect(aptCommands(['meson', 'libsrtp2-dev'], false)).toEqual([
    'sudo apt-get update',
    'sudo apt-get install -y --no-install-recommends meson libsrtp2-dev',
  ]);
  expect(aptCommands(['meson'], true)[1]).toBe('apt-get install -y --no-install-recommends meson');
});
