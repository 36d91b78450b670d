import { preparePackages } from '../setup/prepare.ts';
import { runScript } from './run-script.ts';

/** `npm run verify`: checks log, witness, signatures and evidence of a data folder, changing nothing in it. */
export async function verify(args: readonly string[]): Promise<number> {
  await preparePackages();
  return runScript('scripts/verify/main.ts', args);
}
