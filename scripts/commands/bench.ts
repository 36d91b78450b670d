import { prepareBrowser, prepareClient, prepareServer } from '../setup/prepare.ts';
import { runScript } from './run-script.ts';

/** `npm run bench`: lists the benches, or runs the one that is named. */
export async function bench(args: readonly string[]): Promise<number> {
  await prepareServer();
  await prepareBrowser();
  await prepareClient();
  return runScript('scripts/bench/main.ts', args);
}
