import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { distributionOf, installedVersions } from '../setup/debian.ts';
import { ROOT } from '../setup/paths.ts';

/** Folder with the patch and the stand-in meson subprojects a build applies. */
export const RECIPE_DIR = join(import.meta.dirname, 'recipe');

/** Debian packages whose headers and libraries go into the worker: another version, another worker. */
export const LIBRARY_PACKAGES = [
  'libabsl-dev',
  'libflatbuffers-dev',
  'libsrtp2-dev',
  'libssl-dev',
  'libuv1-dev',
] as const;

/**
 * Everything a locally built worker depends on. There is no version negotiation between mediasoup's Node
 * side and its worker, so a worker may only ever be used with the exact parts it was built from.
 */
export interface WorkerParts {
  readonly mediasoupVersion: string;
  readonly recipeHash: string;
  /** E.g. `debian-12`. */
  readonly distribution: string;
  /** Node's name of the architecture, e.g. `x64`. */
  readonly arch: string;
  /** Debian package name → installed version; a missing package is absent. */
  readonly libraries: Readonly<Record<string, string>>;
}

/** Folder name of a locally built worker: readable where it can be, hashed where it must. */
export function builtWorkerKey(parts: WorkerParts): string {
  const libraries = Object.entries(parts.libraries).sort(([a], [b]) => (a < b ? -1 : 1));
  const hash = createHash('sha256')
    .update(JSON.stringify([parts.recipeHash, libraries]))
    .digest('hex')
    .slice(0, 12);
  return `${parts.mediasoupVersion}-built-${parts.distribution}-${parts.arch}-${hash}`;
}

/** Folder name of mediasoup's own prebuilt worker, which depends on none of the machine's libraries. */
export function prebuiltWorkerKey(parts: Pick<WorkerParts, 'mediasoupVersion' | 'arch'>, kernelMajor: number): string {
  return `${parts.mediasoupVersion}-prebuilt-linux-${parts.arch}-kernel${kernelMajor}`;
}

/** Where pnpm put the mediasoup package. Throws when the packages are not installed. */
export function mediasoupDir(): string {
  return join(ROOT, 'server/node_modules/mediasoup');
}

/** Reads {@link WorkerParts} off this machine; takes some 20 ms. */
export function readWorkerParts(recipeDir = RECIPE_DIR): WorkerParts {
  const { version } = JSON.parse(readFileSync(join(mediasoupDir(), 'package.json'), 'utf8')) as { version: string };
  return {
    mediasoupVersion: version,
    recipeHash: hashFolder(recipeDir),
    distribution: distributionOf(readFileSync('/etc/os-release', 'utf8')),
    arch: process.arch,
    libraries: installedVersions(LIBRARY_PACKAGES),
  };
}

/** Hash over the names and contents of every file below `dir`. */
function hashFolder(dir: string): string {
  const hash = createHash('sha256');
  const files = readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const file of files) {
    hash
      .update(`${relative(dir, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  }
  return hash.digest('hex').slice(0, 12);
}
