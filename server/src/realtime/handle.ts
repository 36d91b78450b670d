import { ROLES, type Role } from '@jaqyn/shared/auth/auth.contract';
import { type ErrorCode, errorCatalog } from '@jaqyn/shared/errors/error-catalog';
import { type FieldError, type Problem, toProblem } from '@jaqyn/shared/errors/problem';
import type { Ack } from '@jaqyn/shared/signalling/ack';
import { liveRequests, type RequestData, type RequestName, type ResponseData } from '@jaqyn/shared/signalling/events';
import { MAX_EVENT_BYTES, sizeOfRequest } from '@jaqyn/shared/signalling/limits';
import type { z } from 'zod/mini';
import { type Access, assertAccess } from '../http/access.ts';
import type { Actor } from '../kernel/actor.ts';
import { DomainError } from '../kernel/domain-error.ts';
import { newId } from '../kernel/ids.ts';
import type { Logger } from '../kernel/logger.ts';
import type { Metrics } from '../kernel/metrics.ts';
import type { Connection } from './connection.ts';

/** What a handler gets beside the parsed data. `actor` was read from the database for this very event. */
export interface LiveContext {
  readonly actor: Actor;
  readonly connection: Connection;
}

export interface LiveHandler<Name extends RequestName> {
  readonly access: Exclude<Access, 'public'>;
  readonly run: (context: LiveContext, data: RequestData<Name>) => Promise<ResponseData<Name>>;
}

export type LiveHandlers = { readonly [Name in RequestName]: LiveHandler<Name> };

interface Dependencies {
  /** Reads the session again; throws `auth.session_expired`. */
  readonly checkSession: (connection: Connection) => Promise<Actor>;
  readonly logger: Pick<Logger, 'debug' | 'info' | 'error'>;
  readonly metrics: Pick<Metrics, 'socketSeconds'>;
  /** Milliseconds after which an event is answered in any case. */
  readonly timeoutMs?: number;
}

type Answer = (ack: Ack<unknown>) => void;

/** Longest time one event may take: a room that waits for a new media worker gives up well before. */
const TIMEOUT_MS = 20_000;

/**
 * The only way from the socket to a handler: access declared → size → session → role → schema → run → schema → ack → log →
 * metric. Whatever comes in, it answers exactly once and never throws.
 */
export class Dispatcher {
  readonly #handlers = new Map<string, LiveHandler<RequestName>>();
  readonly #dependencies: Dependencies;

  /** Throws when an event of the table has no handler or no access, or a handler has no event in the table. */
  constructor(handlers: LiveHandlers, dependencies: Dependencies) {
    this.#dependencies = dependencies;
    const faults = findWiringFaults(handlers);
    if (faults.length > 0) throw new Error(`Live events are not wired: ${faults.join('; ')}`);
    for (const name of requestNames()) this.#handlers.set(name, handlers[name]);
  }

  /** `args` as they came over the wire: name, data, and the function that answers. */
  async dispatch(connection: Connection, args: readonly unknown[]): Promise<void> {
    const answer = args.at(-1);
    const [name] = args;
    if (typeof answer !== 'function') {
      // Nobody could be told what became of it, so it does not run.
      this.#record(connection, this.#label(name), 'no_ack', 0, undefined);
      return;
    }
    await this.#answer(connection, name, answer as Answer, (reference) =>
      this.#run(connection, name, args.slice(1, -1), reference),
    );
  }

  /** Answers without running anything. */
  async refuse(connection: Connection, args: readonly unknown[], error: DomainError): Promise<void> {
    const answer = args.at(-1);
    if (typeof answer !== 'function') return;
    await this.#answer(connection, args[0], answer as Answer, () => Promise.reject(error));
  }

  async #answer(
    connection: Connection,
    name: unknown,
    answer: Answer,
    run: (reference: string) => Promise<unknown>,
  ): Promise<void> {
    const startedAt = performance.now();
    const reference = newId<string>();
    try {
      const data = await withTimeout(run(reference), this.#dependencies.timeoutMs ?? TIMEOUT_MS);
      answer({ ok: true, data });
      this.#record(connection, this.#label(name), 'ok', startedAt, reference);
    } catch (error) {
      const problem = problemOf(error, reference);
      answer({ ok: false, problem });
      this.#record(connection, this.#label(name), problem.code, startedAt, reference, error);
    }
  }

  async #run(connection: Connection, name: unknown, rest: readonly unknown[], reference: string): Promise<unknown> {
    const handler = typeof name === 'string' ? this.#handlers.get(name) : undefined;
    if (handler === undefined) throw new DomainError('request.unknown_event');
    const [data] = rest;
    if (rest.length !== 1) throw new DomainError('request.invalid', { fields: [{ path: '', code: 'one_argument' }] });
    if (sizeOf(data) > MAX_EVENT_BYTES) throw new DomainError('request.too_large');

    const actor = await this.#dependencies.checkSession(connection);
    assertAccess(handler.access, actor);

    const { request, response } = liveRequests[name as RequestName];
    const parsed = request.safeParse(data);
    if (!parsed.success) throw new DomainError('request.invalid', { fields: fieldErrors(parsed.error) });
    const result = await handler.run({ actor, connection }, parsed.data);

    // What the table does not name never leaves the server.
    const checked = response.safeParse(result);
    if (!checked.success) {
      throw new Error(`Answer to ${String(name)} is not what the table says (${reference})`, { cause: checked.error });
    }
    return checked.data;
  }

  #label(name: unknown): string {
    return typeof name === 'string' && this.#handlers.has(name) ? name : 'unknown';
  }

  #record(
    connection: Connection,
    event: string,
    outcome: ErrorCode | 'ok' | 'no_ack',
    startedAt: number,
    reference: string | undefined,
    error?: unknown,
  ): void {
    const seconds = startedAt === 0 ? 0 : (performance.now() - startedAt) / 1000;
    this.#dependencies.metrics.socketSeconds.observe({ event, outcome }, seconds);
    const line = { event, outcome, ms: Math.round(seconds * 1000), socketId: connection.id, reference };
    if (outcome === 'ok' || outcome === 'no_ack' || errorCatalog[outcome].status < 500) {
      this.#dependencies.logger.info(line, 'socket event');
    } else {
      this.#dependencies.logger.error({ ...line, err: error }, 'socket event failed');
    }
  }
}

function requestNames(): RequestName[] {
  return Object.keys(liveRequests) as RequestName[];
}

/** The types promise all of this; a handler made by hand, cast or loaded may break the promise. */
function findWiringFaults(
  handlers: Readonly<Record<string, { access?: unknown; run?: unknown } | undefined>>,
): string[] {
  const faults: string[] = [];
  for (const name of requestNames()) {
    const handler = Object.hasOwn(handlers, name) ? handlers[name] : undefined;
    if (typeof handler?.run !== 'function') faults.push(`${name} has no handler`);
    else if (!isAccess(handler.access)) faults.push(`${name} declares no access`);
  }
  for (const name of Object.keys(handlers)) {
    if (!Object.hasOwn(liveRequests, name)) faults.push(`${name} is not in the table`);
  }
  return faults;
}

function isAccess(access: unknown): boolean {
  return (
    access === 'signed_in' ||
    (Array.isArray(access) && access.length > 0 && access.every((role) => ROLES.includes(role as Role)))
  );
}

/** Any error as the Problem that leaves the server; the cause of an unknown one stays in the log. */
export function problemOf(error: unknown, reference: string): Problem {
  if (error instanceof DomainError) {
    return toProblem(error.code, reference, { fields: error.fields, retryAfter: error.retryAfter });
  }
  return toProblem('server.internal', reference);
}

/** Not measured on the wire, where frames are compressed: what costs is what was unpacked. */
function sizeOf(data: unknown): number {
  try {
    return sizeOfRequest(data);
  } catch {
    return Number.POSITIVE_INFINITY; // nested deeper than the stack
  }
}

function fieldErrors(error: z.core.$ZodError): FieldError[] {
  return error.issues.slice(0, 20).map(({ path, code }) => ({ path: path.map(String).join('.'), code }));
}

async function withTimeout<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new DomainError('server.overloaded', { retryAfter: 2 })), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
