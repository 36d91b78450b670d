import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from '../setup/lock.ts';
import { TOOLS_DIR } from '../setup/paths.ts';
import { runCommand } from '../setup/run-command.ts';
import { stamp } from '../setup/stamp.ts';
import type { StepReport } from '../setup/step.ts';
import { type PackageNeed, requirePackages } from '../setup/system-packages.ts';

const SOURCES = join(import.meta.dirname, 'emulator');

/** What compiles the tools, and what makes namespaces. */
const LAB_PACKAGES: readonly PackageNeed[] = [['gcc'], ['libc6-dev'], ['iproute2']];

const STRICT = ['-std=gnu17', '-D_GNU_SOURCE', '-Wall', '-Wextra', '-Wshadow', '-Wconversion', '-Werror'];

const BUILDS = {
  plain: ['-O2'],
  /** Ends with an error at the first read out of bounds, use after free, leak or undefined operation. */
  sanitized: ['-O1', '-g', '-fsanitize=address,undefined', '-fno-sanitize-recover=all'],
} as const;

/** Program → its sources; each stands documented at the head of its own. */
const PROGRAMS = {
  linkem: ['linkem.c', 'link.c', 'way.c', 'netns.c'],
  replay: ['replay.c', 'link.c', 'way.c'],
  probe: ['probe.c', 'netns.c'],
} as const;

/** Paths of the lab's own programs. */
export type LabTools = Readonly<Record<keyof typeof PROGRAMS, string>>;

const SILENT: StepReport = { note: () => undefined, progress: () => undefined };

/**
 * Compiles the lab's programs where that was not done before, installing the compiler as root where it is missing. Throws a
 * SetupError with what to type.
 */
export async function ensureLabTools(
  build: keyof typeof BUILDS = 'plain',
  report: StepReport = SILENT,
): Promise<LabTools> {
  const dir = join(TOOLS_DIR, 'lab', build);
  const tools: LabTools = { linkem: join(dir, 'linkem'), replay: join(dir, 'replay'), probe: join(dir, 'probe') };
  const done = stamp(`lab-${build}`, {
    paths: readdirSync(SOURCES).map((name) => join(SOURCES, name)),
    values: [...STRICT, ...BUILDS[build], JSON.stringify(PROGRAMS), process.arch],
    outputs: Object.values(tools),
  });
  if (done.isFresh()) return tools;
  await withLock(
    join(TOOLS_DIR, 'lab.lock'),
    () => report.note('another command is compiling it, waiting for that one'),
    async () => {
      if (done.isFresh()) return;
      done.clear();
      await requirePackages(LAB_PACKAGES, report);
      mkdirSync(dir, { recursive: true });
      for (const [name, sources] of Object.entries(PROGRAMS)) {
        report.progress(`compiling ${name}`);
        const output = tools[name as keyof LabTools];
        const args = [...STRICT, ...BUILDS[build], '-o', output, ...sources.map((file) => join(SOURCES, file)), '-lm'];
        await runCommand('gcc', args, { log: `lab-${build}`, append: name !== 'linkem' });
      }
      done.write();
    },
  );
  return tools;
}
