/**
 * `node scripts/seed/main.ts [--today YYYY-MM-DD] [--leave-real]`: puts the demo into the database of JAQYN_DATA_DIR.
 * Run again it changes nothing but the on-call roster, which it carries on. A database with real data is refused (exit 1),
 * with `--leave-real` left alone (exit 0).
 */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Config, loadConfig } from '../../server/src/config.ts';
import { openDatabase } from '../../server/src/db/open-database.ts';
import type { Store } from '../../server/src/db/store.ts';
import { DomainError } from '../../server/src/kernel/domain-error.ts';
import { errorCatalog } from '../../shared/src/errors/error-catalog.ts';
import { CalendarDate, localDate } from '../../shared/src/kernel/time.ts';
import { type SeedOutcome, SeedRefused, seedDemo } from './seed-demo.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { today: { type: 'string' }, 'leave-real': { type: 'boolean', default: false } },
  });
  const today = parseToday(values.today);
  const config = loadConfig(process.env, root);
  const { databasePath } = config;
  const store = await openDatabase({ path: databasePath });
  try {
    const outcome = await seedDemo({
      store,
      today,
      // Loaded only when it is needed: on most starts the demo is there.
      hashPassword: async (password) =>
        (await import('../../server/src/modules/auth/password.ts')).hashPassword(password),
    });
    console.log(describe(outcome));
    // Of another day it is only told what the whole story tells; and nobody's qualified signature is asked for made-up cases.
    if (outcome.kind === 'seeded' && values.today === undefined && config.signing.method === 'local') {
      await tellCases(store, config);
    }
  } catch (error) {
    if (!(error instanceof SeedRefused)) throw error;
    if (values['leave-real']) {
      console.log('real data is here, left as it is');
      return;
    }
    console.error(`${error.code}: ${errorCatalog[error.code].title}.`);
    console.error(`${databasePath} holds ${error.found}. Name another folder: JAQYN_DATA_DIR=/some/empty/folder`);
    process.exitCode = 1;
  } finally {
    await store.close();
  }
}

/** The demo is whole without them: a full disk or a key that cannot be read is said, and keeps nobody from starting. */
async function tellCases(store: Store, config: Config): Promise<void> {
  try {
    const { tellRecord } = await import('./record/tell-record.ts');
    const { cases, calls } = await tellRecord(store, config, new Date());
    console.log(`told ${cases} cases without a call, measured ${calls} calls`);
  } catch (error) {
    console.error(`the demo's cases without a call could not be told: ${String(error)}`);
  }
}

/** The day in Kazakhstan. A day to come is refused: its past consults would not have happened yet. */
function parseToday(text: string | undefined): CalendarDate {
  const actual = localDate(new Date());
  if (text === undefined) return actual;
  const today = CalendarDate.safeParse(text);
  if (!today.success) throw new Error(`--today wants a day such as ${actual}, not ${text}`);
  if (today.data > actual) throw new Error(`--today ${text} has not come yet`);
  return today.data;
}

function describe(outcome: SeedOutcome): string {
  switch (outcome.kind) {
    case 'seeded':
      return `added ${Object.entries(outcome.counts)
        .map(([name, rows]) => `${rows} ${name}`)
        .join(', ')}`;
    case 'rolled':
      return `there already; ${outcome.shifts} on-call shifts added`;
    case 'unchanged':
      return 'there already';
  }
}

try {
  await main();
} catch (error) {
  if (error instanceof DomainError) console.error(error.message);
  else console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
