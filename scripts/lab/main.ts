/**
 * The link lab for a person: the product with a station behind an emulated link, or, with --verify, whether the links are what they
 * say. `node scripts/lab/main.ts --help` says how; docs/lab.md says more.
 */
import { parseArgs } from 'node:util';
import { prepareClient, prepareServer, prepareTestTools } from '../setup/prepare.ts';
import { SetupError } from '../setup/setup-error.ts';
import { formatFailure, step } from '../setup/step.ts';
import { ensureLabTools } from './lab-tools.ts';
import { getProfile, profiles } from './profiles.ts';
import { requireRights } from './rights.ts';

const USAGE = `node scripts/lab/main.ts [--profile NAME] [--seed N] [--minutes N] [--shots FOLDER]
  holds a consult: the feldsher behind the link, the specialist on a cable. With a display their browsers are shown.
node scripts/lab/main.ts --verify [--profile NAME] [--seconds N]
  sends real packets over the emulated links and says whether they are what they say.
profiles:
${[...profiles.values()].map(({ name, says }) => `  ${name.padEnd(14)} ${says}`).join('\n')}`;

async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      profile: { type: 'string' },
      seed: { type: 'string', default: '1' },
      minutes: { type: 'string', default: '10' },
      seconds: { type: 'string', default: '30' },
      shots: { type: 'string', default: 'data/lab' },
      verify: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  requireRights();
  await step('link emulator', async (report) => {
    await ensureLabTools('plain', report);
    return 'ready';
  });
  if (values.verify) {
    const { verifyLinks } = await import('./verify-links.ts');
    const chosen = values.profile === undefined ? [...profiles.values()] : [getProfile(values.profile)];
    return verifyLinks(chosen, toNumber('seconds', values.seconds));
  }
  const profile = getProfile(values.profile ?? 'vsat');
  await prepareServer();
  await prepareTestTools();
  await prepareClient();
  // What it imports is there only now.
  const { showConsult } = await import('./show-consult.ts');
  await showConsult({
    profile,
    seed: toNumber('seed', values.seed),
    minutes: toNumber('minutes', values.minutes),
    folder: values.shots,
  });
  return 0;
}

function toNumber(option: string, text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1)
    throw new SetupError(`--${option} takes a whole number from 1, not ${text}.`);
  return number;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const isMisspelt = (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS');
  console.error(isMisspelt ? `${(error as Error).message}\n\n${USAGE}` : formatFailure(error));
  process.exitCode = 1;
}
