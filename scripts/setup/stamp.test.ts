import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Stamp, stamp } from './stamp.ts';

let root: string;
const at = (path: string): string => join(root, path);

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'jaqyn-stamp-'));
  mkdirSync(at('src/deep'), { recursive: true });
  writeFileSync(at('src/a.ts'), 'a');
  writeFileSync(at('src/deep/b.ts'), 'b');
  writeFileSync(at('lock.yaml'), 'lock');
  writeFileSync(at('output'), 'made');
});
afterEach(() => rmSync(root, { recursive: true }));

const made = (values: string[] = []): Stamp =>
  stamp('client', {
    paths: [at('src'), at('lock.yaml'), at('absent.json')],
    values,
    outputs: [at('output')],
    dir: at('stamps'),
    root,
  });

test('nothing is fresh before it was done, and everything after', () => {
  expect(made().isFresh()).toBe(false);
  made().write();
  expect(made().isFresh()).toBe(true);
});

test.each<[string, () => void]>([
  ['a file changed', () => writeFileSync(at('src/deep/b.ts'), 'B')],
  ['a file was added', () => writeFileSync(at('src/c.ts'), '')],
  ['a file was removed', () => rmSync(at('src/a.ts'))],
  ['a file was renamed', () => renameSync(at('src/a.ts'), at('src/z.ts'))],
  ['an absent input appeared', () => writeFileSync(at('absent.json'), '')],
  [
    'content moved from one file to the next',
    () => (writeFileSync(at('src/a.ts'), ''), writeFileSync(at('src/deep/b.ts'), 'ab')),
  ],
  ['the output is gone', () => rmSync(at('output'))],
  ['it was cleared because the work began again', () => made().clear()],
])('it is done again when %s', (_what, change) => {
  made().write();
  change();
  expect(made().isFresh()).toBe(false);
});

test('it is done again with another value, e.g. another version of Node', () => {
  made(['v24.21.0']).write();
  expect(made(['v24.21.0']).isFresh()).toBe(true);
  expect(made(['v24.22.0']).isFresh()).toBe(false);
});

test('what tools make below the inputs is no input', () => {
  made().write();
  for (const folder of ['src/node_modules/x', 'src/dist']) {
    mkdirSync(at(folder), { recursive: true });
    writeFileSync(at(`${folder}/made.js`), 'made');
  }
  expect(made().isFresh()).toBe(true);
});

test('inputs that change while the work is done are taken as they are after it', () => {
  const before = made();
  writeFileSync(at('lock.yaml'), 'normalised by the tool');
  before.write();
  expect(made().isFresh()).toBe(true);
});
