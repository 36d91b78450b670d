import { prepareClient, prepareServer, prepareTestTools } from '../setup/prepare.ts';
import { runScript } from './run-script.ts';

/** `npm run journey`: one consult in two real browsers on the running code. */
export async function journey(args: readonly string[]): Promise<number> {
  await prepareServer();
  await prepareTestTools();
  await prepareClient();
  return runScript('scripts/journey/main.ts', args);
}
