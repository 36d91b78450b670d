import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

/** What the build writes about a chunk; keys are source paths. */
interface Chunk {
  readonly file: string;
  readonly isEntry?: boolean;
  readonly imports?: readonly string[];
  readonly css?: readonly string[];
}

const dist = path.resolve(import.meta.dirname, '../dist');
const manifest = JSON.parse(readFileSync(path.join(dist, '.vite/manifest.json'), 'utf8')) as Record<string, Chunk>;

function chunk(key: string): Chunk {
  const found = manifest[key];
  if (found === undefined) throw new Error(`${key} is not in the build`);
  return found;
}

/** The files that a browser fetches for these chunks, each once. */
function filesOf(keys: readonly string[]): Set<string> {
  const files = new Set<string>();
  const visit = (key: string) => {
    const { file, imports = [], css = [] } = chunk(key);
    if (files.has(file)) return;
    files.add(file);
    for (const one of css) files.add(one);
    imports.forEach(visit);
  };
  keys.forEach(visit);
  return files;
}

/** Bytes on the wire: what the server sends is the .br beside each file. */
function brotliBytes(files: Iterable<string>): number {
  return [...files].reduce((sum, file) => sum + statSync(path.join(dist, `${file}.br`)).size, 0);
}

// The longest of the three, so that no language is over.
const FIRST = ['index.html', 'src/locales/ru.po'];

it('loads the first screen in at most 200 kB', () => {
  const bytes = brotliBytes(['index.html', ...filesOf(FIRST)]);
  console.log(`first load: ${bytes} bytes`);
  expect(bytes).toBeLessThanOrEqual(200_000);
});

it('adds at most 85 kB for the call', () => {
  const first = filesOf(FIRST);
  const more = [...filesOf(['src/app/routes/call.tsx'])].filter((file) => !first.has(file));
  const bytes = brotliBytes(more);
  console.log(`call route: ${bytes} bytes more`);
  expect(bytes).toBeLessThanOrEqual(85_000);
});

it('adds at most 75 kB for the board', () => {
  const first = filesOf(FIRST);
  const more = [...filesOf(['src/app/routes/schedule-board.tsx'])].filter((file) => !first.has(file));
  const bytes = brotliBytes(more);
  console.log(`board route: ${bytes} bytes more`);
  expect(bytes).toBeLessThanOrEqual(75_000);
});

it('keeps the call’s media library out of the first screen', () => {
  const hasLibrary = (keys: string[]) =>
    // A name that only mediasoup-client brings.
    [...filesOf(keys)].some((file) => readFileSync(path.join(dist, file), 'utf8').includes('AwaitQueueStoppedError'));
  expect(hasLibrary(['src/app/routes/call.tsx'])).toBe(true);
  expect(hasLibrary(FIRST)).toBe(false);
});
