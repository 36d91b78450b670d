import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LOGS_DIR } from '../setup/paths.ts';
import { preparePackages } from '../setup/prepare.ts';
import { runCommand } from '../setup/run-command.ts';
import { SetupError } from '../setup/setup-error.ts';
import { step } from '../setup/step.ts';

interface Check {
  name: string;
  /** A program of node_modules/.bin, or `node`, with its arguments. */
  command: readonly [program: string, ...args: string[]];
}

/** What holds the house together. Each is a command one can type by itself after `pnpm exec`. */
const CHECKS: readonly Check[] = [
  { name: 'format', command: ['biome', 'ci', '--colors=off', '--max-diagnostics=100', '.'] },
  { name: 'types of shared', command: ['tsc', '-p', 'shared', '--noEmit'] },
  { name: 'types of server', command: ['tsc', '-p', 'server', '--noEmit'] },
  { name: 'types of client', command: ['tsc', '-p', 'client', '--noEmit'] },
  { name: 'types of scripts', command: ['tsc', '-p', '.', '--noEmit'] },
  { name: 'lint', command: ['oxlint', '--type-aware', '--deny-warnings'] },
  { name: 'who may know whom', command: ['depcruise', '--config', '.dependency-cruiser.mjs', '.'] },
  { name: 'dead code', command: ['knip', '--no-progress'] },
  { name: 'translations', command: ['node', 'client/scripts/check-translations.ts'] },
];

const FIXES: readonly Check[] = [
  { name: 'lint fixes', command: ['oxlint', '--type-aware', '--fix'] },
  { name: 'format fixes', command: ['biome', 'check', '--write', '.'] },
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
  for (const { name, command } of checks) {
    const [program, ...args] = command;
    const log = `check-${name.replaceAll(' ', '-')}`;
    try {
      await step(name, async (report) => {
        report.progress(command.join(' '));
        await runCommand(program === 'node' ? process.execPath : `node_modules/.bin/${program}`, args, { log });
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
