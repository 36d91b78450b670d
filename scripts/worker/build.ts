import { cpSync, globSync, mkdirSync, rmSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../setup/run-command.ts';
import { formatDuration, type StepReport } from '../setup/step.ts';
import { mediasoupDir, RECIPE_DIR } from './key.ts';
import { fetchSrtpSource } from './srtp-source.ts';

const LOG = 'mediasoup-worker';

/** A C++ compiler at work on the larger files takes up to a gigabyte. */
const BYTES_PER_JOB = 1_200_000_000;

/**
 * Builds the worker from the source in the npm package with Debian's libraries, see README.md, into
 * `workDir` (emptied first), and answers the path of the stripped binary. Takes 4 to 5 minutes on two cores.
 */
export async function buildWorker(workDir: string, report: StepReport, recipeDir = RECIPE_DIR): Promise<string> {
  const source = join(workDir, 'worker');
  const build = join(workDir, 'build');
  const bin = join(workDir, 'mediasoup-worker');
  rmSync(workDir, { recursive: true, force: true });
  mkdirSync(workDir, { recursive: true });

  report.progress('preparing the source');
  // pnpm links packages into every clone by hard links: building inside one would change them all.
  cpSync(join(mediasoupDir(), 'worker'), source, { recursive: true, dereference: true });
  for (const wrap of globSync(join(source, 'subprojects/*.wrap'))) rmSync(wrap);
  cpSync(join(recipeDir, 'subprojects'), join(source, 'subprojects'), { recursive: true });
  const patch = join(recipeDir, 'debian.patch');
  await runCommand('patch', ['-d', source, '-p1', '--fuzz=0', '--no-backup-if-mismatch', '-i', patch], { log: LOG });
  report.progress('fetching the source of libsrtp2');
  try {
    await fetchSrtpSource(join(source, 'subprojects', 'libsrtp2'), workDir, LOG);
  } catch {
    report.note(
      "no source of libsrtp2 (see the log): the worker encrypts with Debian's build of it, at a tenth more of processor a packet",
    );
  }
  const setup = ['setup', '--wrap-mode=nodownload', '--buildtype=release', '-Db_ndebug=true', build, source];
  await runCommand('meson', setup, { log: LOG, append: true });
  // libwebrtc's files include the generated headers without saying so to meson: they have to be there first.
  await runCommand('meson', ['compile', '-C', build, 'flatbuffers-generator'], { log: LOG, append: true });

  const began = performance.now();
  await runCommand('ninja', ['-C', build, `-j${jobs()}`, 'mediasoup-worker'], {
    log: LOG,
    append: true,
    onLine(line) {
      const progress = ninjaProgress(line, performance.now() - began);
      if (progress) report.progress(`compiling ${progress}`);
    },
  });
  await runCommand('strip', ['-o', bin, join(build, 'mediasoup-worker')], { log: LOG, append: true });
  return bin;
}

function jobs(): number {
  return Math.max(1, Math.min(availableParallelism(), Math.floor(totalmem() / BYTES_PER_JOB)));
}

/** `[54/260], about 3 min 20 s left` for a line of ninja's, `undefined` for any other line. */
export function ninjaProgress(line: string, elapsedMs: number): string | undefined {
  const match = /^\[(\d+)\/(\d+)\]/.exec(line);
  const done = Number(match?.[1]);
  const total = Number(match?.[2]);
  if (!match || done === 0) return undefined;
  return `${match[0]}, about ${formatDuration((elapsedMs / done) * (total - done))} left`;
}
