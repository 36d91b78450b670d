import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { openReader, openWriter } from '../../../server/src/db/client.ts';
import { openDatabase } from '../../../server/src/db/open-database.ts';
import { Random } from '../../seed/random.ts';
import { SERVER_NODE_ARGS } from '../../setup/server-node.ts';
import { resolveWorkerBin } from '../../worker/cache.ts';
import { CannotRun } from '../bench.ts';
import { quantile } from '../statistics.ts';
import { Crowd } from './booking-client.ts';
import { countOverlaps, readClaims, readTakenByAppointments } from './claims-sweep.ts';
import { buildContendedWorld } from './contended-world.ts';
import { type Committed, checkHistory } from './history.ts';

export const NO_CONSTRAINT = 'no-constraint';

/**
 * A database that refuses nobody a second time, and forgets what was taken. Without the triggers and the index alone there is no overlap
 * either: the services look once more in the transaction that took the time, and only one of those runs at once, also of two processes.
 */
const WITHOUT_CONSTRAINT = `
  DROP TRIGGER slot_claim_no_overlap;
  DROP TRIGGER slot_claim_lane_needs_rule;
  DROP INDEX slot_claim_resource;
  CREATE INDEX slot_claim_resource ON slot_claim (kind, resource_id, lane, starts_at);
  CREATE TRIGGER planted AFTER INSERT ON slot_claim BEGIN DELETE FROM slot_claim WHERE id = new.id; END;`;

export interface ContendedOptions {
  /** For the database and everything of it; made, and left to the caller to remove. */
  readonly folder: string;
  readonly attempts: number;
  readonly clients: number;
  readonly seed: number;
  readonly fault?: typeof NO_CONSTRAINT | undefined;
  readonly onProgress?: (step: string, done: number) => void;
}

export type ContendedResult = Awaited<ReturnType<typeof runContended>>;

/** Two servers on one data folder, the crowd at both of them, and the verdict on everything it was told. */
export async function runContended({ folder, attempts, clients, seed, fault, onProgress }: ContendedOptions) {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, 'jaqyn.db');
  await (await openDatabase({ path: file })).close();
  const writer = openWriter(file);
  const world = buildContendedWorld(writer, clients);
  if (fault === NO_CONSTRAINT) writer.exec(WITHOUT_CONSTRAINT);
  writer.close();

  const servers: Server[] = [];
  let crowd: Crowd;
  let seconds: number;
  try {
    for (let n = 0; n < 2; n += 1) servers.push(await startServer(folder));
    onProgress?.('both servers are ready', 0.02);
    crowd = new Crowd({
      world,
      servers: servers.map(({ url }) => url),
      random: new Random(`contended-booking ${seed}`),
      onProgress: (done) => onProgress?.(`${done} of ${attempts} attempts`, 0.02 + (0.9 * done) / attempts),
    });
    const from = performance.now();
    await crowd.run(attempts);
    seconds = (performance.now() - from) / 1000;
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
  }

  onProgress?.('checking the history', 0.95);
  const reader = openReader(file);
  try {
    const committed = reader
      .prepare<[], { id: string; receipt: string }>('SELECT id, receipt FROM schedule_operation ORDER BY rowid')
      .all()
      .map(({ id, receipt }): Committed => {
        const { appointments } = JSON.parse(receipt) as { appointments: { version: number }[] };
        return { operationId: id, version: appointments[0]?.version ?? 0 };
      });
    const verdict = checkHistory({ attempts: crowd.attempts, looks: crowd.looks, committed, facts: world.facts });
    // The end once more, by nobody's rules but those of time: from the appointments, not from the claims.
    const cameras = new Map(world.requests.map(world.facts.of).map((facts) => [facts.stationId, facts.cameras]));
    const capacityOf = (kind: string, id: string): number => (kind === 'station' ? (cameras.get(id) ?? 1) : 1);
    const inTheEnd = countOverlaps(readTakenByAppointments(reader), capacityOf);
    const claims = readClaims(reader);
    const faults = [...verdict.faults];
    if (JSON.stringify(claims) !== JSON.stringify(verdict.holds)) {
      faults.push(`${claims.length} claims in the database, ${verdict.holds.length} by the history, or others`);
    }
    faults.push(...crowd.counts.differing.map((id) => `${id} was told something else the second time`));
    const won = crowd.attempts.filter(({ outcome }) => outcome.kind === 'won').length;
    const unknown = crowd.attempts.filter(({ outcome }) => outcome.kind === 'unknown').length;
    return {
      attempts: crowd.attempts.length,
      won,
      unknown,
      refused: crowd.attempts.length - won - unknown,
      looks: crowd.looks.length,
      cut: crowd.counts.cut,
      busy: crowd.counts.busy,
      slotOverlaps: Math.max(verdict.overlaps.slot, inTheEnd.slot),
      specialistOverlaps: Math.max(verdict.overlaps.practitioner, inTheEnd.practitioner),
      patientOverlaps: Math.max(verdict.overlaps.patient, inTheEnd.patient),
      stationOverlaps: Math.max(verdict.overlaps.station, inTheEnd.station),
      lostAcks: verdict.lostAcks,
      /** Everything the history cannot explain, overlaps included. */
      faultCount: verdict.faultCount + (faults.length - verdict.faults.length),
      faults,
      p50: quantile(crowd.latencies, 0.5),
      p99: quantile(crowd.latencies, 0.99),
      perSecond: crowd.attempts.length / seconds,
      wonPerSecond: won / seconds,
      seconds,
    };
  } finally {
    reader.close();
  }
}

interface Server {
  readonly url: string;
  stop(): Promise<void>;
}

const READY_MS = 60_000;

/** The product's own server as a process of its own. */
async function startServer(folder: string): Promise<Server> {
  const worker = resolveWorkerBin();
  const main = path.join(import.meta.dirname, '..', '..', '..', 'server', 'src', 'main.ts');
  const child = spawn(process.execPath, [...SERVER_NODE_ARGS, main], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      ...(worker !== undefined && { MEDIASOUP_WORKER_BIN: worker }),
      PORT: '0',
      HOST: '127.0.0.1',
      JAQYN_DATA_DIR: folder,
      JAQYN_CLIENT_DIR: '',
      JAQYN_RTC_PORT: '0',
      JAQYN_MEDIA_WORKERS: '1',
      JAQYN_LOG_LEVEL: 'error',
      JAQYN_LOG_PRETTY: 'false',
      // Believes the addresses the clients name, so that each is one client to the rate limit.
      JAQYN_TRUST_PROXY: 'true',
    },
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const url = await readyUrl(child, ended);
  return {
    url,
    async stop() {
      child.kill('SIGTERM');
      const slow = setTimeout(() => child.kill('SIGKILL'), 15_000);
      await ended;
      clearTimeout(slow);
    },
  };
}

function readyUrl(child: ChildProcess, ended: Promise<void>): Promise<string> {
  let said = '';
  return new Promise((resolve, reject) => {
    const tooLate = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new CannotRun(`the server did not become ready: ${said}`));
    }, READY_MS);
    const read = (chunk: Buffer): void => {
      said = (said + chunk.toString()).slice(-4000);
      const [, url] = /^ready (http:\S+)$/m.exec(said) ?? [];
      if (url === undefined) return;
      clearTimeout(tooLate);
      resolve(url);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    void ended.then(() => {
      clearTimeout(tooLate);
      reject(new CannotRun(`the server ended: ${said}`));
    });
  });
}
