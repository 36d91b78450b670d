import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LOGS_DIR } from '../setup/paths.ts';
import { preparePackages } from '../setup/prepare.ts';
import { runCommand } from '../setup/run-command.ts';
import { SetupError } from '../setup/setup-error.ts';
import { step } from '../setup/step.ts';

interface Check {
  name: string;
  bin: string;
  args: readonly string[];
}

/** What holds the house together, cheapest first. Each is a command one can type by itself with `pnpm exec`. */
const CHECKS: readonly Check[] = [
  { name: 'format', bin: 'biome', args: ['ci', '.'] },
  { name: 'types of shared', bin: 'tsc', args: ['-p', 'shared', '--noEmit'] },
  { name: 'types of server', bin: 'tsc', args: ['-p', 'server', '--noEmit'] },
  { name: 'types of client', bin: 'tsc', args: ['-p', 'client', '--noEmit'] },
  { name: 'types of scripts', bin: 'tsc', args: ['-p', '.', '--noEmit'] },
  { name: 'lint', bin: 'oxlint', args: ['--type-aware', '--deny-warnings'] },
  {
    name: 'who may know whom',
    bin: 'depcruise',
    args: ['--config', '.dependency-cruiser.mjs', 'server', 'client', 'shared', 'scripts'],
  },
  { name: 'dead code', bin: 'knip', args: ['--no-progress'] },
];

const FIXES: readonly Check[] = [
  { name: 'lint', bin: 'oxlint', args: ['--type-aware', '--fix'] },
  { name: 'format', bin: 'biome', args: ['check', '--write', '.'] },
];

/** `npm run check`: only the static checks; with `--fix`, formatter and linter repair what they can first. */
export async function check(args: readonly string[]): Promise<number> {
  await preparePackages();
  if (args.includes('--fix')) await runAll(FIXES);
  const failed = await runChecks();
  console.log(failed.length === 0 ? '\n✓ all checks passed' : `\n✗ failed: ${failed.join(', ')}`);
  return failed.length === 0 ? 0 : 1;
}

/** Runs every check, shows what failed ones said, and answers their names. */
export function runChecks(): Promise<string[]> {
  return runAll(CHECKS);
}

async function runAll(checks: readonly Check[]): Promise<string[]> {
  const failed: string[] = [];
  for (const { name, bin, args } of checks) {
    const log = `check-${name.replaceAll(' ', '-')}`;
    try {
      await step(name, async (report) => {
        report.progress([bin, ...args].join(' '));
        await runCommand(`node_modules/.bin/${bin}`, args, { log });
        return 'passed';
      });
    } catch (error) {
      if (!(error instanceof SetupError)) throw error;
      failed.push(name);
      console.log(readFileSync(join(LOGS_DIR, `${log}.log`), 'utf8').trimEnd());
    }
  }
  return failed;
}
