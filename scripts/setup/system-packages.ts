import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { installedVersions } from './debian.ts';
import { runCommand } from './run-command.ts';
import { SetupError } from './setup-error.ts';
import type { StepReport } from './step.ts';

/** A need that any one of some Debian packages fills; the first is installed where none is there. */
export type PackageNeed = readonly [preferred: string, ...alternatives: string[]];

/** What building the mediasoup worker takes; only needed where the prebuilt one cannot be fetched. */
export const WORKER_BUILD_PACKAGES: readonly PackageNeed[] = [
  ['g++'],
  ['meson'],
  ['ninja-build'],
  ['pkg-config', 'pkgconf'],
  ['patch'],
  ['libuv1-dev'],
  ['libssl-dev'],
  ['libabsl-dev'],
  ['libflatbuffers-dev'],
  ['flatbuffers-compiler'],
  ['libsrtp2-dev'],
];

/** What tests, journeys and benches use: a browser, Safari's engine with a display nobody sees, fonts with every Kazakh letter, what the lab is made of, and what draws a printed page. */
export const TEST_PACKAGES: readonly PackageNeed[] = [
  ['chromium'],
  ['webkit2gtk-driver'],
  ['xvfb'],
  ['fonts-noto-core', 'fonts-dejavu-core', 'fonts-dejavu'],
  ['gcc'],
  ['libc6-dev'],
  ['iproute2'],
  ['nftables'],
  ['coturn'],
  ['poppler-utils'],
];

/** Debian starts these with their package; here they are only ever started by a test, in a namespace of its own. */
const DAEMONS = ['coturn'];

/** The packages to install so that every need is filled. */
export function missingPackages(needs: readonly PackageNeed[], installed: ReadonlySet<string>): string[] {
  return needs.filter((need) => !need.some((name) => installed.has(name))).map(([preferred]) => preferred);
}

/** What a person has to type where set-up may not or cannot do it. */
export function aptCommands(packages: readonly string[], isRoot = process.getuid?.() === 0): string[] {
  const apt = isRoot ? 'apt-get' : 'sudo apt-get';
  return [`${apt} update`, `${apt} install -y --no-install-recommends ${packages.join(' ')}`];
}

/**
 * Installs those of the Debian packages that are missing, as root or through a sudo that asks for no password.
 * Answers what it did. Throws a {@link SetupError} with the commands to type where it may not or cannot.
 */
export async function requirePackages(needs: readonly PackageNeed[], report: StepReport): Promise<string> {
  const missing = missingPackages(needs, new Set(Object.keys(installedVersions(needs.flat()))));
  if (missing.length === 0) return 'already there';
  const names = missing.join(', ');
  if (!succeeds('apt-get', ['--version'])) {
    throw new SetupError(
      `These system packages are missing: ${names}\nThis system has no apt-get; install what has these Debian names here.`,
    );
  }
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  if (sudo.length > 0 && !succeeds('sudo', ['-n', 'true'])) {
    throw new SetupError(`These system packages are missing, and installing them needs root: ${names}`, {
      commands: aptCommands(missing),
    });
  }
  report.progress(`installing ${names}`);
  try {
    await aptInstall(sudo, missing);
  } catch (error) {
    throw new SetupError(`These system packages are missing, and apt-get could not install them: ${names}`, {
      commands: aptCommands(missing),
      ...(error instanceof SetupError && error.logFile ? { logFile: error.logFile } : {}),
      cause: error,
    });
  }
  for (const daemon of DAEMONS) if (missing.includes(daemon)) switchOff(sudo, daemon);
  return `installed ${names}`;
}

async function aptInstall(sudo: readonly string[], packages: readonly string[]): Promise<void> {
  const apt = async (args: readonly string[], append: boolean): Promise<void> => {
    const line = [...sudo, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args];
    await runCommand(line[0] ?? 'env', line.slice(1), { log: 'system-packages', append });
  };
  const install = ['install', '-y', '--no-install-recommends', ...packages];
  try {
    await apt(install, false);
  } catch {
    // A fresh machine has no package lists yet, an old one stale ones.
    await apt(['update'], true);
    await apt(install, true);
  }
}

function switchOff(sudo: readonly string[], daemon: string): void {
  if (!existsSync('/run/systemd/system')) return;
  const line = [...sudo, 'systemctl', 'disable', '--now', daemon];
  succeeds(line[0] ?? 'systemctl', line.slice(1));
}

function succeeds(command: string, args: readonly string[]): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
