import { prepareBrowser, prepareClient, prepareServer } from '../setup/prepare.ts';
import { runScript } from './run-script.ts';

/** `npm run journey`: one consult in two real browsers on the running code. */
export async function journey(args: readonly string[]): Promise<number> {
  await prepareServer();
  await prepareBrowser();
  await prepareClient();
  return runScript('scripts/journey/main.ts', args);
}
