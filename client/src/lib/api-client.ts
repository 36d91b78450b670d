import type { Endpoint, EndpointCall, EndpointResponse } from '@jaqyn/shared/kernel/endpoint';
import * as z from 'zod/mini';
import { keepAnswer, recallAnswer } from './answer-memory.ts';
import { noteServerDate } from './clock.ts';
import { noteProblem } from './diagnostics.ts';
import { ProblemError } from './problem-error.ts';

type Values = Record<string, unknown>;
interface AnyCall {
  readonly params?: Values;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly body?: unknown;
}
interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

/** A thin link is slow, not dead: a small answer may take most of a minute. */
const TIMEOUT_MS = 60_000;

const NOT_MODIFIED = 304;

type SessionGoneListener = () => void;
let sessionGone: SessionGoneListener = () => {};

/** `lib/session.ts` listens, so that an ended session is noticed by whichever request meets it first. */
export function onSessionGone(listener: SessionGoneListener): void {
  sessionGone = listener;
}

/**
 * Runs one HTTP operation of the contract. The answer is parsed by the contract's schema.
 * Throws ProblemError, and an AbortError when `signal` was aborted.
 */
export async function call<E extends Endpoint>(
  endpoint: E,
  ...[input, options]: unknown extends EndpointCall<E>
    ? [input?: undefined, options?: CallOptions]
    : [input: EndpointCall<E>, options?: CallOptions]
): Promise<EndpointResponse<E>> {
  try {
    return await run(endpoint, (input ?? {}) as AnyCall, options?.signal);
  } catch (error) {
    if (error instanceof ProblemError) {
      noteProblem(error);
      if (error.code === 'auth.session_expired' || error.code === 'auth.required') sessionGone();
    }
    throw error;
  }
}

async function run<E extends Endpoint>(
  endpoint: E,
  input: AnyCall,
  signal?: AbortSignal,
): Promise<EndpointResponse<E>> {
  // `AbortSignal.any` is younger than Chrome 109 and Safari 16.
  const either = new AbortController();
  for (const one of [signal, AbortSignal.timeout(TIMEOUT_MS)]) {
    if (one?.aborted) either.abort();
    one?.addEventListener('abort', () => either.abort());
  }
  const url = urlOf(endpoint, input);
  const known = endpoint.method === 'GET' ? recallAnswer(url) : undefined;
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, {
      method: endpoint.method,
      credentials: 'same-origin',
      headers: {
        accept: 'application/json',
        ...(input.body !== undefined && { 'content-type': 'application/json' }),
        ...(known !== undefined && { 'if-none-match': known.tag }),
      },
      signal: either.signal,
      ...(input.body !== undefined && { body: JSON.stringify(input.body) }),
    });
    text = await response.text();
  } catch (error) {
    if (signal?.aborted) throw error;
    throw ProblemError.local('network.unreachable', error);
  }
  noteServerDate(response.headers.get('date'));
  if (response.status === NOT_MODIFIED && known !== undefined) {
    keepAnswer(url, known);
    return known.answer as EndpointResponse<E>;
  }
  const body = parseJson(text);
  if (!response.ok) throw ProblemError.fromAnswer(response.status, body);
  const parsed = z.safeParse(endpoint.response, body);
  if (!parsed.success) throw ProblemError.local('response.unexpected', parsed.error);
  const tag = response.headers.get('etag');
  if (endpoint.method === 'GET' && tag !== null) keepAnswer(url, { tag, answer: parsed.data });
  return parsed.data as EndpointResponse<E>;
}

function urlOf(endpoint: Endpoint, input: AnyCall): string {
  const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(input.params?.[name])));
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(input.query ?? {})) {
    if (value !== undefined) query.set(name, String(value));
  }
  const search = query.toString();
  return search === '' ? path : `${path}?${search}`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
