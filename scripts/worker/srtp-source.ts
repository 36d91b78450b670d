import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installedVersions } from '../setup/debian.ts';
import { runCommand } from '../setup/run-command.ts';

/** Where a package comes from, as apt names it: `http://deb.debian.org/debian/ bookworm main`. */
const TARGET = /^(?<uri>[a-z+]+:\S+) (?<release>\S+) (?<component>\S+)$/;

/**
 * Puts the source of Debian's libsrtp2, of the version whose headers are installed and with Debian's patches, into `folder`. Debian's own build of it has
 * NSS encrypt, which makes and throws away a context for each packet; built from source it has OpenSSL do it (docs/decisions/057-what-encrypts.md).
 * Uses lists of its own: the machine's apt stays as it is, and nobody has to be root. Throws a SetupError where there is no such source.
 */
export async function fetchSrtpSource(folder: string, workDir: string, log: string): Promise<void> {
  const apt = join(workDir, 'apt');
  const unpacked = join(apt, 'unpacked');
  for (const dir of ['lists/partial', 'cache/archives/partial', 'unpacked'])
    mkdirSync(join(apt, dir), { recursive: true });
  const sources = join(apt, 'sources.list');
  writeFileSync(sources, sourceLines(configuredTargets()));
  const options = [
    `Dir::Etc::sourcelist=${sources}`,
    'Dir::Etc::sourceparts=-',
    `Dir::State::lists=${join(apt, 'lists')}`,
    `Dir::Cache=${join(apt, 'cache')}`,
    // Whoever is root fetches as somebody else otherwise, who may not write here.
    'APT::Sandbox::User=root',
  ].flatMap((option) => ['-o', option]);
  const version = sourceVersionOf(installedVersions(['libsrtp2-dev'])['libsrtp2-dev'] ?? '');
  // A place without sources, or one whose key is only named beside its address, fails here; whether the one that matters was read shows next.
  await runCommand('apt-get', [...options, 'update'], { log, append: true }).catch(() => undefined);
  await runCommand('apt-get', [...options, 'source', `libsrtp2=${version}`], { cwd: unpacked, log, append: true });
  rmSync(folder, { recursive: true, force: true });
  renameSync(join(unpacked, `libsrtp2-${upstreamOf(version)}`), folder);
}

/** A line for each place that packages come from, asking for sources instead. Anything else in `targets` is passed over. */
export function sourceLines(targets: string): string {
  const places = new Set<string>();
  for (const line of targets.split('\n')) {
    const { uri, release, component } = TARGET.exec(line.trim())?.groups ?? {};
    if (uri !== undefined) places.add(`deb-src ${uri} ${release} ${component}\n`);
  }
  return [...places].join('');
}

/** Without what a package has that was only built anew, `+b2`: its source has no such number. */
export function sourceVersionOf(version: string): string {
  return version.replace(/\+b\d+$/, '');
}

/** `2.5.0` of Debian's `1:2.5.0-3+deb12u1`. */
export function upstreamOf(version: string): string {
  return version.replace(/^\d+:/, '').replace(/-[^-]*$/, '');
}

function configuredTargets(): string {
  const format = '$(REPO_URI) $(RELEASE) $(COMPONENT)';
  return execFileSync('apt-get', ['indextargets', '--format', format, 'Created-By: Packages'], { encoding: 'utf8' });
}
