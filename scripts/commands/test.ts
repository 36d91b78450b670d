import { prepareClient, prepareServer, prepareTestTools } from '../setup/prepare.ts';
import { runForeground } from '../setup/run-command.ts';
import { formatDuration } from '../setup/step.ts';
import { runChecks } from './check.ts';

const VITEST = 'node_modules/.bin/vitest';

/**
 * `npm test`: the static checks, then unit and integration tests, then the journeys in real browsers. With
 * arguments only vitest, with those: `npm test -- server/src/modules/auth`.
 */
export async function test(args: readonly string[]): Promise<number> {
  const began = performance.now();
  await prepareServer();
  await prepareTestTools();
  await prepareClient();
  if (args.length > 0) return runForeground(VITEST, ['run', ...args]);

  // A failed check does not hide what the tests have to say, nor the other way round.
  const failed = await runChecks();
  console.log('');
  if ((await runForeground(VITEST, ['run'])) !== 0) failed.push('tests');
  const took = formatDuration(performance.now() - began);
  console.log(failed.length === 0 ? `\n✓ all passed · ${took}` : `\n✗ failed: ${failed.join(', ')} · ${took}`);
  return failed.length === 0 ? 0 : 1;
}
