import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type Bench, CannotRun } from './bench.ts';
import { benches } from './registry.ts';
import { toSentence, toTable } from './report.ts';
import { runBench } from './runner.ts';

const NAME_WIDTH = 20;
const USAGE =
  'npm run bench -- NAME [--profile P] [--baseline B] [--runs N] [--full] [--attempts N] [--control FAULT] [--json FILE]';

/** 0 when the bench ran, whether or not its aims were met; 2 when it could not run. */
async function main(args: string[]): Promise<0 | 2> {
  try {
    await benchFromArguments(args);
    return 0;
  } catch (error) {
    const isPlain = error instanceof CannotRun || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS');
    console.error(isPlain ? `could not run: ${(error as Error).message}` : error);
    return 2;
  }
}

async function benchFromArguments(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      profile: { type: 'string' },
      baseline: { type: 'string' },
      runs: { type: 'string' },
      full: { type: 'boolean', default: false },
      attempts: { type: 'string' },
      control: { type: 'string' },
      json: { type: 'string' },
    },
  });
  const [name, ...more] = positionals;
  if (name === undefined) return list();
  if (more.length > 0) throw new CannotRun(`one bench at a time\n${USAGE}`);
  const bench = benches.find((candidate) => candidate.name === name);
  if (bench === undefined) throw new CannotRun(`there is no bench ${name}; there are ${names(benches)}\n${USAGE}`);

  if (values.json !== undefined && !existsSync(path.dirname(path.resolve(values.json)))) {
    throw new CannotRun(`there is no folder for ${values.json}`);
  }

  if (values.attempts !== undefined && bench.takesAttempts !== true) {
    throw new CannotRun(`${bench.name} counts no attempts`);
  }
  const report = await runBench(bench, {
    profile: choose('profile', values.profile, bench.profiles) ?? bench.profiles[0],
    baseline: choose('baseline', values.baseline, bench.baselines),
    runs: values.runs === undefined ? bench.runs[values.full ? 'full' : 'usual'] : toCount('runs', values.runs),
    isFull: values.full,
    fault: values.control === undefined ? undefined : choose('control', values.control, bench.faults ?? []),
    attempts: values.attempts === undefined ? undefined : toCount('attempts', values.attempts),
    tell: (line) => console.error(line),
  });
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
  console.log(toTable(report));
  console.log(toSentence(report));
}

function list(): void {
  console.log(`${USAGE}\n`);
  for (const bench of benches) {
    console.log(`${bench.name.padEnd(NAME_WIDTH)}${bench.summary}`);
    if (bench.profiles.length > 1) console.log(`${''.padEnd(NAME_WIDTH)}profiles: ${bench.profiles.join(', ')}`);
    if (bench.faults !== undefined)
      console.log(`${''.padEnd(NAME_WIDTH)}faults for --control: ${bench.faults.join(', ')}`);
    if (bench.baselines.length > 0) console.log(`${''.padEnd(NAME_WIDTH)}baselines: ${bench.baselines.join(', ')}`);
  }
}

function choose(option: string, value: string | undefined, allowed: readonly string[]): string | undefined {
  if (value === undefined) return allowed[0];
  if (!allowed.includes(value)) {
    throw new CannotRun(`--${option} ${value} is not known; there is ${allowed.join(', ') || 'none for this bench'}`);
  }
  return value;
}

function toCount(option: string, text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1) throw new CannotRun(`--${option} takes a number from 1, not ${text}`);
  return count;
}

function names(list: readonly Bench[]): string {
  return list.map((bench) => bench.name).join(', ');
}

process.exitCode = await main(process.argv.slice(2));
