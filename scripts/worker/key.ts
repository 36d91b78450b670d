import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
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

/** `ID` and `VERSION_ID` (or the code name where testing has no number yet) of an os-release file. */
export function distributionOf(osRelease: string): string {
  const fields = new Map(
    [...osRelease.matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, name, value]) => [
      name,
      value?.replaceAll(/^["']|["']$/g, ''),
    ]),
  );
  return `${fields.get('ID') ?? 'linux'}-${fields.get('VERSION_ID') ?? fields.get('VERSION_CODENAME') ?? 'unknown'}`;
}

/** Name → version of those of the Debian packages that are installed. Empty where there is no dpkg. */
export function installedVersions(packages: readonly string[]): Record<string, string> {
  let output = '';
  try {
    const args = ['-W', '-f', '${Package} ${db:Status-Status} ${Version}\n', ...packages];
    output = execFileSync('dpkg-query', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch (error) {
    // Exit code 1 says that some are unknown; the known ones are on stdout all the same.
    output = (error as { stdout?: string }).stdout ?? '';
  }
  const versions: Record<string, string> = {};
  for (const line of output.split('\n')) {
    const [name, status, version] = line.split(' ');
    if (name && version && status === 'installed') versions[name] = version;
  }
  return versions;
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
