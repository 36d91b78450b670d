import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ROOT } from '../setup/paths.ts';
import { prepareClient, prepareServer } from '../setup/prepare.ts';
import { runCommand } from '../setup/run-command.ts';
import { type StepReport, step } from '../setup/step.ts';
import { serve } from './serve.ts';

/** `npm start`: prepares everything, seeds a new database with the demo, serves. */
export async function start(): Promise<number> {
  await prepareServer();
  await prepareClient();
  await prepareDemo();
  return serve({
    onReady: async (url) => {
      console.log(`ready ${url}`);
      await printDemoAccounts();
    },
  });
}

/** Only a database that is not there yet gets the demo: one that a clinic works with is never touched. */
export async function prepareDemo(): Promise<void> {
  const dataDir = resolve(ROOT, process.env['JAQYN_DATA_DIR'] || 'data');
  if (process.env['JAQYN_DEMO'] === '0') return;
  await step('demo data', async (report) => (existsSync(join(dataDir, 'jaqyn.db')) ? 'already done' : seed(report)));
}

async function seed(report: StepReport): Promise<string> {
  await runCommand(process.execPath, ['scripts/seed/main.ts'], {
    log: 'demo-data',
    onLine: (line) => report.progress(line),
  });
  return 'seeded';
}

/** Prints how to sign in to the demo. */
export async function printDemoAccounts(): Promise<void> {
  if (process.env['JAQYN_DEMO'] === '0') return;
  const { DEMO_ACCOUNTS } = await import('../seed/demo-accounts.ts');
  console.log('\nDemo accounts (all data is made up):');
  for (const { role, login, password, name } of DEMO_ACCOUNTS) {
    console.log(`  ${role.padEnd(12)} ${login.padEnd(14)} ${password.padEnd(14)} ${name}`);
  }
}
