import { expect, test } from 'vitest';
import { sourceLines, sourceVersionOf, upstreamOf } from './srtp-source.ts';

test('sources are asked for where packages come from, each place once', () => {
  const targets = [
    'http://deb.debian.org/debian/ bookworm main',
    'http://deb.debian.org/debian/ bookworm main',
    'http://deb.debian.org/debian-security/ bookworm-security main',
    '',
    'of another format altogether',
  ].join('\n');
  expect(sourceLines(targets)).toBe(
    'deb-src http://deb.debian.org/debian/ bookworm main\n' +
      'deb-src http://deb.debian.org/debian-security/ bookworm-security main\n',
  );
});

test.each([
  ['2.5.0-3', '2.5.0'],
  ['1:2.5.0-3+deb12u1', '2.5.0'],
  ['2.5.0-rc1-3', '2.5.0-rc1'],
])('the folder of %s is called after %s', (version, upstream) => {
  expect(upstreamOf(version)).toBe(upstream);
});

test.each([
  ['2.5.0-3', '2.5.0-3'],
  ['2.7.0-1+b2', '2.7.0-1'],
  ['2.5.0-3+deb12u1', '2.5.0-3+deb12u1'],
])('the source of %s is %s', (version, source) => {
  expect(sourceVersionOf(version)).toBe(source);
});
