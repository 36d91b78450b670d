import { expect, test } from 'vitest';
import { distributionOf, installedVersions } from './debian.ts';

test('the distribution is read from os-release, with and without a version', () => {
  expect(distributionOf('PRETTY_NAME="Debian"\nVERSION_ID="12"\nVERSION_CODENAME=bookworm\nID=debian\n')).toBe(
    'debian-12',
  );
  expect(distributionOf('ID=debian\nVERSION_CODENAME=forky\n')).toBe('debian-forky');
  expect(distributionOf('')).toBe('linux-unknown');
});

test('packages that are not installed are left out, those that are have a version', () => {
  const versions = installedVersions(['dpkg', 'no-such-package-anywhere']);
  expect(Object.keys(versions)).toEqual(['dpkg']);
  expect(versions['dpkg']).toMatch(/^\d/);
});
