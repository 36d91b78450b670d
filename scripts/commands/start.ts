import { prepareClient, prepareServer } from '../setup/prepare.ts';
import { runCommand } from '../setup/run-command.ts';
import { SetupError } from '../setup/setup-error.ts';
import { type StepReport, step } from '../setup/step.ts';
import { type Health, serve } from './serve.ts';

/** `npm start`: prepares everything, fills a new database with the demo, serves. */
export async function start(): Promise<number> {
  await prepareServer();
  await prepareClient();
  await prepareDemo();
  return serve({
    onReady: async (url, health) => {
      console.log(`ready ${url}`);
      await printDemoAccounts(health);
    },
  });
}

/**
 * Fills a new database with the demo and carries its on-call roster on to this week. A database with real data is left
 * alone; `JAQYN_DEMO=0` keeps the demo out of a new one.
 */
export async function prepareDemo(): Promise<void> {
  if (process.env['JAQYN_DEMO'] === '0') return;
  await step('demo data', seed);
}

async function seed(report: StepReport): Promise<string> {
  let said = '';
  try {
    await runCommand(process.execPath, ['scripts/seed/main.ts', '--leave-real'], {
      log: 'demo-data',
      onLine(line) {
        said = line.trim() || said;
        report.progress(line);
      },
    });
  } catch (error) {
    // Mostly it is the database, and the script's last line says what is wrong with it.
    if (!(error instanceof SetupError) || !said) throw error;
    throw new SetupError(said, error.logFile ? { logFile: error.logFile } : {});
  }
  return said;
}

/** Prints how to sign in, where the database is the demo's. */
export async function printDemoAccounts({ isDemo }: Health): Promise<void> {
  if (!isDemo) return;
  const { DEMO_ACCOUNTS } = await import('../seed/demo-accounts.ts');
  console.log('\nDemo accounts (all data is made up):');
  for (const { role, login, password, name } of DEMO_ACCOUNTS) {
    console.log(`  ${role.padEnd(12)} ${login.padEnd(12)} ${password.padEnd(12)} ${name}`);
  }
}
