import { join } from 'node:path';
import { ensureWorker } from '../worker/ensure.ts';
import { withLock } from './lock.ts';
import { ROOT, TOOLS_DIR } from './paths.ts';
import { runCommand } from './run-command.ts';
import { SetupError } from './setup-error.ts';
import { type Stamp, stamp } from './stamp.ts';
import { type StepReport, step } from './step.ts';
import { requirePackages, TEST_PACKAGES } from './system-packages.ts';

/** The pnpm that bootstrap.mjs fetched, whatever else is on the path. */
const PNPM = join(TOOLS_DIR, 'node_modules/.bin/pnpm');

/** Where the built client lies; the server serves it from there. */
export const CLIENT_DIST = join(ROOT, 'client/dist');

const at = (...paths: string[]): string[] => paths.map((path) => join(ROOT, path));

/** Installs exactly the packages of the lockfile. */
export const preparePackages = (): Promise<void> => step('packages', installPackages);

/** A mediasoup worker that has held a real call on this machine. */
export const prepareWorker = (): Promise<void> => step('mediasoup worker', ensureWorker);

/** The client as the browser gets it. */
export const prepareClient = (): Promise<void> => step('client', buildClient);

/** A browser and what else tests and benches use of the system. */
export const prepareTestTools = (): Promise<void> =>
  step('test tools', (report) => requirePackages(TEST_PACKAGES, report));

/** What the server needs before it can be started, but for the client. */
export async function prepareServer(): Promise<void> {
  await preparePackages();
  await prepareWorker();
}

async function installPackages(report: StepReport): Promise<string> {
  const installed = stamp('packages', {
    paths: at(
      'pnpm-lock.yaml',
      'pnpm-workspace.yaml',
      'package.json',
      'server/package.json',
      'client/package.json',
      'shared/package.json',
    ),
    values: [process.version, process.arch],
    outputs: at('node_modules/.modules.yaml', 'server/node_modules', 'client/node_modules', 'shared/node_modules'),
  });
  const install = ['install', '--frozen-lockfile', '--reporter=append-only', '--config.confirm-modules-purge=false'];
  return once(installed, 'installed', report, async () => {
    report.progress('pnpm install');
    try {
      await runCommand(PNPM, install, { log: 'packages', onLine: (line) => report.progress(line) });
    } catch (error) {
      if (!(error instanceof SetupError)) throw error;
      throw new SetupError(error.message, {
        commands: ['npm ping', '.tools/node_modules/.bin/pnpm install --frozen-lockfile'],
        ...(error.logFile ? { logFile: error.logFile } : {}),
      });
    }
  });
}

async function buildClient(report: StepReport): Promise<string> {
  const built = stamp('client', {
    paths: at('client', 'shared/src', 'shared/package.json', 'pnpm-lock.yaml', 'tsconfig.base.json'),
    values: [process.version],
    outputs: [join(CLIENT_DIST, 'index.html')],
  });
  return once(built, 'built', report, async () => {
    report.progress('vite build');
    await runCommand(PNPM, ['--filter', '@jaqyn/client', 'build'], {
      log: 'client',
      onLine: (line) => report.progress(line),
    });
  });
}

/** Does the work unless its stamp says that it was done; an interrupted run is not taken for a finished one. */
async function once(done: Stamp, did: string, report: StepReport, work: () => Promise<void>): Promise<string> {
  if (done.isFresh()) return 'already done';
  return withLock(
    join(TOOLS_DIR, 'lock'),
    () => report.note('another command in this folder is at it, waiting for that one'),
    async () => {
      if (done.isFresh()) return 'done by another command meanwhile';
      done.clear();
      await work();
      done.write();
      return did;
    },
  );
}
