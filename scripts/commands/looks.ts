import { prepareClient, prepareServer, prepareTestTools } from '../setup/prepare.ts';
import { runScript } from './run-script.ts';

/** `npm run looks`: pictures of every screen and scene, with what a machine sees wrong on them. */
export async function looks(args: readonly string[]): Promise<number> {
  await prepareServer();
  await prepareTestTools();
  await prepareClient();
  return runScript('scripts/looks/main.ts', args);
}
