/**
 * Runs one command of the project; `bootstrap.mjs` starts it with the right Node. It prepares what the command
 * needs, each step once, and then does it. Nothing here or in setup/ may import a package: they run before the
 * packages are there.
 */
import { bench } from './commands/bench.ts';
import { check } from './commands/check.ts';
import { dev } from './commands/dev.ts';
import { journey } from './commands/journey.ts';
import { looks } from './commands/looks.ts';
import { start } from './commands/start.ts';
import { test } from './commands/test.ts';
import { verify } from './commands/verify.ts';
import { runningCount, signalRunning } from './setup/run-command.ts';
import { formatFailure } from './setup/step.ts';

/** Does the command and answers the exit code. */
type Command = (args: readonly string[]) => Promise<number>;

const COMMANDS: Readonly<Record<string, { run: Command; says: string }>> = {
  start: { run: start, says: 'prepare everything and serve the demo on http://127.0.0.1:3000 (PORT overrides)' },
  dev: { run: dev, says: 'the same, reloading when a source file changes' },
  test: { run: test, says: 'all checks, tests and journeys; with arguments only vitest, with those' },
  check: { run: check, says: 'only the static checks; --fix lets formatter and linter repair what they can' },
  journey: { run: journey, says: 'one consult in two real browsers (--json FILE, --firefox station|specialist|both)' },
  looks: {
    run: looks,
    says: 'pictures of every screen in every state, with axe (--login, --language, --size, --state, --only, --keys, --browser)',
  },
  bench: { run: bench, says: 'list the benches, or run one: bench -- NAME' },
  verify: { run: verify, says: 'check log, signatures and evidence of a data folder (--data DIR, --json FILE)' },
};

/** Children that do not end by themselves after a signal are killed after this. */
const STOP_MS = 15_000;

let stoppedBy: NodeJS.Signals | undefined;

function stop(signal: NodeJS.Signals): void {
  const code = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 }[signal as 'SIGHUP' | 'SIGINT' | 'SIGTERM'] ?? 143;
  if (runningCount() === 0) process.exit(code);
  signalRunning(stoppedBy ? 'SIGKILL' : signal);
  stoppedBy = signal;
  setTimeout(() => {
    signalRunning('SIGKILL');
    process.exit(code);
  }, STOP_MS).unref();
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop(signal));
// The bootstrap process is gone without having been able to say so.
process.once('disconnect', () => stop('SIGTERM'));
process.channel?.unref();
// Was for this process; the server has its own ideas about proxies.
delete process.env['NODE_USE_ENV_PROXY'];

const [name = '', ...args] = process.argv.slice(2);
const command = COMMANDS[name];
if (!command) {
  console.log('Usage: npm run COMMAND (start and test also without "run")\n');
  for (const [known, { says }] of Object.entries(COMMANDS)) console.log(`  ${known.padEnd(8)} ${says}`);
  process.exit(2);
}
try {
  process.exitCode = await command.run(args);
} catch (error) {
  if (stoppedBy) {
    process.exitCode = 130;
  } else {
    console.error(`\n${formatFailure(error)}`);
    process.exitCode = 1;
  }
}
