import http from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { newId } from '../../../server/src/kernel/ids.ts';
import { fromMinute } from '../../../shared/src/scheduling/local-day.ts';
import type { Random } from '../../seed/random.ts';
import type { Client, ContendedWorld } from './contended-world.ts';
import type { Attempt, Change, Look, Outcome, Refusal, Target } from './history.ts';

/** One of so many attempts is cut before its answer; most of those are asked again with the same operation, a part never. */
const CUT = 0.04;
const NEVER_AGAIN = 0.25;
/** One of so many acknowledged ones is sent again all the same, as by somebody who presses twice. */
const TWICE = 0.01;
/** Half of all go for the few slots that everybody wants just then. */
const HOT = 0.5;
const HOT_SLOTS = 6;
const HOT_FOR = 400;

/** Codes that say: nothing was done, ask again later. */
const BUSY = ['store.busy', 'server.overloaded', 'request.rate_limited'];
const BUSY_WAIT_MS = 100;
const TRIES = 60;

interface Answer {
  readonly status: number;
  readonly body: Body;
}

interface Body {
  readonly code?: string;
  readonly fields?: readonly { readonly path: string; readonly code: string }[];
  readonly receipt?: { readonly appointments: readonly { readonly id: string; readonly version: number }[] };
  readonly status?: string;
  readonly version?: number;
}

interface Known {
  readonly appointmentId: string;
  readonly version: number;
}

/** What everybody at the boards sees: the answers so far. Often it is old by the time it is acted on, which is the point. */
export class Crowd {
  readonly attempts: Attempt[] = [];
  readonly looks: Look[] = [];
  /** Milliseconds to the answer of the first sending, of those that were not cut. */
  readonly latencies: number[] = [];
  readonly #known = new Map<string, Known | null>();
  /** Bookings of which nobody knows what became. */
  readonly #suspects = new Map<string, string[]>();
  readonly #world: ContendedWorld;
  readonly #servers: readonly string[];
  readonly #agent = new http.Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });
  readonly #random: Random;
  readonly #onProgress: (attempts: number) => void;
  #begun = 0;
  #busy = 0;
  #cut = 0;
  #twice = 0;
  readonly #differing: string[] = [];

  constructor(options: {
    world: ContendedWorld;
    servers: readonly string[];
    random: Random;
    onProgress: (attempts: number) => void;
  }) {
    this.#world = options.world;
    this.#servers = options.servers;
    this.#random = options.random;
    this.#onProgress = options.onProgress;
  }

  /** So many attempts in all, by all clients at once; each waits for its answer before the next one. */
  async run(attempts: number): Promise<void> {
    await Promise.all(
      this.#world.clients.map(async (client) => {
        while (this.#begun < attempts) {
          this.#begun += 1;
          if (this.#begun % 1000 === 0) this.#onProgress(this.#begun);
          await this.#attempt(client);
        }
      }),
    );
    this.#agent.destroy();
  }

  get counts() {
    return { busy: this.#busy, cut: this.#cut, twice: this.#twice, differing: this.#differing };
  }

  async #attempt(client: Client): Promise<void> {
    const requestId = this.#random.pick(client.requests);
    const change = this.#choose(requestId);
    const operationId = newId<string>();
    // Either server, also for the second half of one operation.
    let server = this.#random.pick(this.#servers);
    let willCut = this.#random.chance(CUT);
    const invoked = performance.now();
    const record = (outcome: Outcome, answered: number): void => {
      this.attempts.push({ operationId, requestId, change, invoked, answered, outcome });
    };
    for (let tries = 0; tries < TRIES; tries += 1) {
      const sentAt = performance.now();
      const answer = await this.#send(server, client, change, { operationId, requestId }, willCut);
      if (answer === undefined) {
        this.#cut += 1;
        if (this.#random.chance(NEVER_AGAIN)) {
          if (change.kind === 'book') this.#suspect(requestId, change.appointmentId);
          record({ kind: 'unknown' }, Number.POSITIVE_INFINITY);
          await this.#look(client, requestId);
          return;
        }
        willCut = false;
        server = this.#random.pick(this.#servers);
        continue;
      }
      const answered = performance.now();
      if (BUSY.includes(answer.body.code ?? '')) {
        this.#busy += 1;
        await delay(BUSY_WAIT_MS * (1 + this.#random.next()));
        continue;
      }
      if (tries === 0) this.latencies.push(answered - sentAt);
      const outcome = toOutcome(answer);
      record(outcome, answered);
      await this.#learn(client, requestId, change, outcome);
      if (this.#random.chance(TWICE)) {
        const server = this.#random.pick(this.#servers);
        const again = await this.#send(server, client, change, { operationId, requestId }, false);
        this.#twice += 1;
        if (again !== undefined && !BUSY.includes(again.body.code ?? '') && said(again) !== said(answer)) {
          this.#differing.push(operationId);
        }
      }
      return;
    }
    // Busy all the time: it may have been done by a sending that was cut.
    if (change.kind === 'book') this.#suspect(requestId, change.appointmentId);
    record({ kind: 'unknown' }, Number.POSITIVE_INFINITY);
  }

  #choose(requestId: string): Change {
    const known = this.#known.get(requestId) ?? null;
    const target = this.#chooseTarget();
    const roll = this.#random.next();
    if (known === null || roll < 0.1) return { kind: 'book', appointmentId: newId<string>(), target };
    if (roll < 0.65) return { kind: 'move', ...known, target };
    return { kind: 'cancel', ...known };
  }

  #chooseTarget(): Target {
    const { targets } = this.#world;
    if (!this.#random.chance(HOT)) return this.#random.pick(targets);
    const first = Math.floor(this.#begun / HOT_FOR) * 7;
    const hot = targets[(first + this.#random.int(0, HOT_SLOTS - 1)) % targets.length];
    return hot ?? this.#random.pick(targets);
  }

  async #learn(client: Client, requestId: string, change: Change, outcome: Outcome): Promise<void> {
    if (outcome.kind === 'won') {
      const known = this.#known.get(requestId);
      // Two answers may come in another order than they happened; the higher version is the later one.
      if (known != null && known.appointmentId === change.appointmentId && known.version > outcome.version) return;
      const after = { appointmentId: change.appointmentId, version: outcome.version };
      this.#known.set(requestId, change.kind === 'cancel' ? null : after);
    } else if (outcome.kind === 'refused' && (outcome.refusal.why === 'live' || outcome.refusal.why === 'stale')) {
      await this.#look(client, requestId);
    }
  }

  #suspect(requestId: string, appointmentId: string): void {
    this.#suspects.set(requestId, [...(this.#suspects.get(requestId) ?? []), appointmentId]);
  }

  /** Looks up what is known and what is suspected of a request, as somebody does who was told that it is not as they see it. */
  async #look(client: Client, requestId: string): Promise<void> {
    const known = this.#known.get(requestId);
    const ids = [...(known == null ? [] : [known.appointmentId]), ...(this.#suspects.get(requestId) ?? [])];
    for (const appointmentId of ids) {
      const invoked = performance.now();
      const answer = await this.#ask(
        this.#random.pick(this.#servers),
        client,
        'GET',
        `/api/appointments/${appointmentId}`,
      );
      const answered = performance.now();
      const { code, version, status } = answer.body;
      if (code !== undefined && code !== 'appointment.not_found') continue;
      this.looks.push({ invoked, answered, requestId, appointmentId, version: version ?? null });
      const isLive = version !== undefined && status !== 'cancelled';
      const now = this.#known.get(requestId);
      if (isLive && (now?.appointmentId !== appointmentId || now.version < version)) {
        this.#known.set(requestId, { appointmentId, version });
      }
      if (!isLive && now?.appointmentId === appointmentId) this.#known.set(requestId, null);
      // Cancelled is for ever; what is not there may still come.
      if (status === 'cancelled') {
        this.#suspects.set(
          requestId,
          (this.#suspects.get(requestId) ?? []).filter((id) => id !== appointmentId),
        );
      }
    }
  }

  /** Undefined: cut before the answer was there. */
  async #send(
    server: string,
    client: Client,
    change: Change,
    of: { operationId: string; requestId: string },
    willCut: boolean,
  ): Promise<Answer | undefined> {
    const cutAfter = willCut ? this.#random.next() * 2 * (this.latencies.at(-1) ?? 20) : undefined;
    const { operationId, requestId } = of;
    const on = change.kind === 'book' ? {} : { version: change.version };
    const where =
      change.kind === 'cancel'
        ? { reason: 'patient_asked' }
        : { practitionerId: change.target.practitionerId, startsAt: fromMinute(change.target.span.from) };
    const body = {
      operationId,
      ...on,
      ...where,
      ...(change.kind === 'book' && { id: change.appointmentId, requestId }),
    };
    const path =
      change.kind === 'book' ? '/api/appointments' : `/api/appointments/${change.appointmentId}/${change.kind}`;
    return cutAfter === undefined
      ? this.#ask(server, client, 'POST', path, body)
      : this.#askAndCut(server, client, path, body, cutAfter);
  }

  async #ask(server: string, client: Client, method: string, path: string, body?: object): Promise<Answer> {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const answer = await this.#askAndCut(server, client, path, body, undefined, method);
      if (answer !== undefined) return answer;
    }
    throw new Error(`${server} ended the connection ${TRIES} times`);
  }

  #askAndCut(
    server: string,
    { cookie, number }: Client,
    path: string,
    body: object | undefined,
    cutAfter: number | undefined,
    method = 'POST',
  ): Promise<Answer | undefined> {
    return new Promise((resolve, reject) => {
      let cutting: NodeJS.Timeout | undefined;
      let isCut = false;
      const fail = (error: Error): void => {
        clearTimeout(cutting);
        // A server ends connections that rest, also while somebody begins to speak: whether it heard is not known, as after a cut.
        if (isCut || isBroken(error)) resolve(undefined);
        else reject(error);
      };
      const request = http.request(`${server}${path}`, { method, agent: this.#agent }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', fail);
        response.on('end', () => {
          clearTimeout(cutting);
          // Cut in the middle of it is as good as before it.
          if (isCut) resolve(undefined);
          else
            resolve({ status: response.statusCode ?? 0, body: JSON.parse(Buffer.concat(chunks).toString()) as Body });
        });
      });
      request.on('error', fail);
      request.setHeader('cookie', cookie);
      // Each at an address of their own: two hundred people are not one in the eyes of the rate limit.
      request.setHeader('x-forwarded-for', `10.0.${number >> 8}.${number & 255}`);
      if (cutAfter !== undefined) {
        cutting = setTimeout(() => {
          isCut = true;
          request.destroy();
        }, cutAfter);
      }
      if (body === undefined) request.end();
      else {
        request.setHeader('content-type', 'application/json');
        request.end(JSON.stringify(body));
      }
    });
  }
}

function isBroken(error: NodeJS.ErrnoException): boolean {
  return error.code === 'ECONNRESET' || error.code === 'EPIPE';
}

/** What an operation is told each time: its receipt, or why not. */
function said({ body: { receipt, code, fields } }: Answer): string {
  return JSON.stringify(receipt ?? { code, fields });
}

function toOutcome({ status, body }: Answer): Outcome {
  const version = body.receipt?.appointments[0]?.version;
  if (status === 200 && version !== undefined) return { kind: 'won', version };
  return { kind: 'refused', refusal: toRefusal(body) };
}

function toRefusal({ code = 'none', fields = [] }: Body): Refusal {
  switch (code) {
    case 'slot.taken':
      return { why: 'blocked', kind: 'practitioner' };
    case 'appointment.person_busy': {
      const path = fields[0]?.path;
      if (path === 'patientId') return { why: 'blocked', kind: 'patient' };
      if (path === 'stationId') return { why: 'blocked', kind: 'station' };
      return { why: 'unexpected', code: `${code} ${path}` };
    }
    case 'appointment.already_booked':
      return { why: 'live' };
    case 'appointment.version_conflict':
      return { why: 'stale' };
    default:
      return { why: 'unexpected', code };
  }
}
