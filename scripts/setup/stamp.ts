import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ROOT, STAMPS_DIR } from './paths.ts';

/** Never inputs: what tools make from the inputs. */
const IGNORED_FOLDERS = new Set(['node_modules', 'dist', 'coverage', '.git', '.tools']);

/**
 * Remembers that a step was done with exactly these inputs. `isFresh` is true only when the inputs hash the
 * same as at the last `write` and every output is still there.
 */
export interface Stamp {
  isFresh(): boolean;
  write(): void;
  /** Before the work begins, so that an interrupted run is not taken for a finished one. */
  clear(): void;
}

export interface StampInputs {
  /** Files and folders; folders are taken with everything below. A missing one is an input too: its absence. */
  paths: readonly string[];
  /** Versions and settings that belong to the inputs. */
  values?: readonly string[];
  /** What the step makes; when one is gone, the step is not done. */
  outputs: readonly string[];
  dir?: string;
  root?: string;
}

export function stamp(name: string, inputs: StampInputs): Stamp {
  const dir = inputs.dir ?? STAMPS_DIR;
  const file = join(dir, name);
  // Hashed when asked, not before: what a step before this one makes may be among the inputs.
  const current = (): string => hashInputs(inputs.paths, inputs.values ?? [], inputs.root ?? ROOT);
  return {
    isFresh: () =>
      inputs.outputs.every((output) => existsSync(output)) &&
      existsSync(file) &&
      readFileSync(file, 'utf8') === current(),
    write() {
      mkdirSync(dir, { recursive: true });
      writeFileSync(file, current());
    },
    clear: () => rmSync(file, { force: true }),
  };
}

/** SHA-256 over the relative names and contents of all files, and over the values. */
export function hashInputs(paths: readonly string[], values: readonly string[], root: string): string {
  const hash = createHash('sha256').update(JSON.stringify(values));
  for (const path of paths) {
    for (const file of listFiles(path)) {
      hash.update(`\0${relative(root, file)}\0`).update(readFileSync(file));
    }
  }
  return hash.digest('hex');
}

function listFiles(path: string): string[] {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) return [];
  if (!stats.isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => !(entry.isDirectory() && IGNORED_FOLDERS.has(entry.name)))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => listFiles(join(path, entry.name)));
}
