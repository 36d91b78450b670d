import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { openWriter } from '../../../server/src/db/client.ts';
import { Random } from '../../seed/random.ts';
import { quantile } from '../statistics.ts';
import { castMembers } from './record-cast.ts';
import { OPERATIONS, type Operation, READS, RecordClient } from './record-client.ts';
import { RecordServer } from './record-server.ts';
import type { RecordScale } from './record-world.ts';

interface Built {
  readonly key: string;
  readonly seconds: number;
  readonly megabytes: number;
}

/** What the database is made of: other rows or another scale make another one. A newer schema comes to it as to any other, by migration. */
function keyOf(scale: RecordScale): string {
  const hash = createHash('sha256').update(JSON.stringify(scale));
  for (const file of ['record-build.ts', 'record-world.ts', 'record-names.ts']) {
    hash.update(readFileSync(path.join(import.meta.dirname, file)));
  }
  return hash.digest('hex').slice(0, 16);
}

/** The database in this folder, made when it is not there or was made of something else. A run adds some thousand rows to it. */
export async function prepareDatabase(
  folder: string,
  scale: RecordScale,
  tell: (step: string) => void,
): Promise<Built> {
  const note = path.join(folder, 'built.json');
  const file = path.join(folder, 'jaqyn.db');
  const key = keyOf(scale);
  if (existsSync(note)) {
    const built = JSON.parse(readFileSync(note, 'utf8')) as Built;
    if (built.key === key && existsSync(file)) return built;
  }
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  tell(`writing ${scale.consults} consults of ${scale.patients} patients`);
  const script = path.join(import.meta.dirname, 'record-build.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [script, file, '1', JSON.stringify(scale)]);
  const built = { key, ...(JSON.parse(stdout) as Omit<Built, 'key'>) };
  writeFileSync(note, `${JSON.stringify(built)}\n`);
  return built;
}

interface RecordOptions {
  readonly folder: string;
  readonly seed: number;
  /** Rounds of one client that does one thing after the other. */
  readonly rounds: number;
  /** Milliseconds of each operation by several clients at once. */
  readonly loadMs: number;
  /** Members of each role. */
  readonly size: number;
  /** Of a large database: its daily reading through, which lasts minutes, is not what a day is like. */
  readonly isCheckAwaited?: boolean;
  readonly onProgress?: (step: string, done: number) => void;
}

const AT_ONCE = 8;
/** One of so many rounds ends in a signature. */
const SIGN_EVERY = 5;
const SERVICE: Readonly<Partial<Record<Operation, string>>> = {
  autosave: 'PUT /api/consultations/:requestId/conclusion',
  createRequest: 'POST /api/planned-consultations',
  sign: 'POST /api/consultations/:requestId/conclusion/sign',
  requestTimeline: 'GET /api/consultations/:requestId/timeline',
  searchName: 'GET /api/patients',
  worklistSpecialist: 'GET /api/consultations',
  searchTexts: 'GET /api/consultation-texts',
};

export type RecordResult = Awaited<ReturnType<typeof runRecord>>;

/** The server on that database: a mixed day of one client first, for the times, then each operation by eight, for the rate. */
export async function runRecord({
  folder,
  seed,
  rounds,
  loadMs,
  size,
  isCheckAwaited = false,
  onProgress,
}: RecordOptions) {
  const file = path.join(folder, 'jaqyn.db');
  const random = new Random(`record-run ${seed} ${Date.now()}`);
  const writer = openWriter(file);
  const cast = await castMembers(writer, random, size);
  writer.close();
  onProgress?.('starting the server', 0.02);
  const server = await RecordServer.create(folder);
  if (isCheckAwaited) {
    onProgress?.('waiting until it has read its database through', 0.05);
    await server.untilChecked();
  }
  const client = new RecordClient({ url: server.url, cast, random });
  try {
    const others = OPERATIONS.filter((operation) => operation !== 'sign');
    // The first calls compile statements and read the upper pages of indexes: a server's first minute.
    for (let round = 0; round < Math.min(20, rounds); round += 1) {
      for (const operation of random.shuffle(others)) await client.run(operation);
    }
    client.forget();
    await server.takeTimes();
    for (let round = 0; round < rounds; round += 1) {
      const isSigning = round % SIGN_EVERY === 0 && client.can('sign');
      for (const operation of random.shuffle(isSigning ? OPERATIONS : others)) await client.run(operation);
      if (round % 20 === 0) onProgress?.(`round ${round} of ${rounds}`, 0.2 + (0.5 * round) / rounds);
    }
    const service = await server.takeTimes();
    const latencies = Object.fromEntries([...client.took].map(([name, values]) => [name, [...values]]));
    const perSecond: Partial<Record<Operation, number>> = {};
    const memory = memoryOf(server.pid);
    for (const [index, operation] of OPERATIONS.entries()) {
      onProgress?.(`${operation} by ${AT_ONCE}`, 0.7 + (0.3 * index) / OPERATIONS.length);
      perSecond[operation] = await rateOf(client, operation, loadMs);
    }
    const p = (name: string, share: number) => quantile(latencies[name] ?? [], share);
    const reads = READS.flatMap((name) => latencies[name] ?? []);
    return {
      p50: Object.fromEntries(Object.keys(latencies).map((name) => [name, p(name, 0.5)])),
      p99: Object.fromEntries(Object.keys(latencies).map((name) => [name, p(name, 0.99)])),
      counts: Object.fromEntries(Object.entries(latencies).map(([name, values]) => [name, values.length])),
      service: Object.fromEntries(
        Object.entries(SERVICE).map(([name, route]) => {
          const values = service[route] ?? [];
          return [name, { p50: quantile(values, 0.5), p99: quantile(values, 0.99) }];
        }),
      ),
      worstReadP99: Math.max(...READS.map((name) => p(name, 0.99))),
      allReadsP99: quantile(reads, 0.99),
      perSecond,
      busy: client.busy,
      memoryMegabytes: memory,
      readySeconds: server.readySeconds,
      databaseMegabytes: statSync(file).size / 2 ** 20,
    };
  } finally {
    client.close();
    await server.close();
  }
}

async function rateOf(client: RecordClient, operation: Operation, loadMs: number): Promise<number> {
  const from = performance.now();
  let done = 0;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      // Signing ends when everything is signed.
      while (performance.now() - from < loadMs && client.can(operation)) {
        await client.run(operation);
        done += 1;
      }
    }),
  );
  return (1000 * done) / (performance.now() - from);
}

/** Megabytes of a process in memory, as the system counts them. */
function memoryOf(pid: number): number {
  const [, kilobytes = '0'] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}
