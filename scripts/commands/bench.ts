import { prepareClient, preparePackages, prepareServer, prepareTestTools } from '../setup/prepare.ts';
import { runScript } from './run-script.ts';

/** `npm run bench`: lists the benches, or runs the one that is named. */
export async function bench(args: readonly string[]): Promise<number> {
  if (args.length === 0) {
    await preparePackages();
    return runScript('scripts/bench/main.ts', args);
  }
  await prepareServer();
  await prepareTestTools();
  await prepareClient();
  return runScript('scripts/bench/main.ts', args);
}
