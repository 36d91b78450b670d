import { getCurrentUser } from '@jaqyn/shared/auth/auth.contract';
import { listConsultations, listMessages } from '@jaqyn/shared/consultations/consultation.contract';
import { toProblem } from '@jaqyn/shared/errors/problem';
import { RequestId } from '@jaqyn/shared/kernel/ids';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { forgetAnswers } from './answer-memory.ts';
import { call, onSessionGone } from './api-client.ts';
import { newId } from './ids.ts';
import { ProblemError } from './problem-error.ts';

const requestId = RequestId.parse(newId());

afterEach(() => {
  vi.unstubAllGlobals();
  onSessionGone(() => {});
});

function answer(status: number, body: unknown): ReturnType<typeof vi.fn> {
  const fetch = vi.fn(async () => new Response(typeof body === 'string' ? body : JSON.stringify(body), { status }));
  vi.stubGlobal('fetch', fetch);
  return fetch;
}

async function failure(attempt: Promise<unknown>): Promise<ProblemError> {
  const error = await attempt.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ProblemError)) throw new Error(`Expected a ProblemError, got ${String(error)}`);
  return error;
}

describe('an answer that is asked for again', () => {
  afterEach(() => forgetAnswers());

  const messages = { messages: [] };
  const first = () =>
    vi.stubGlobal('fetch', async () => new Response(JSON.stringify(messages), { headers: { etag: 'W/"one"' } }));
  const asked = { params: { requestId } };

  it('is the one of before where the server says that nothing changed', async () => {
    first();
    const before = await call(listMessages, asked);
    const fetch = vi.fn(async () => new Response(null, { status: 304 }));
    vi.stubGlobal('fetch', fetch);
    expect(await call(listMessages, asked)).toBe(before);
    expect(fetch.mock.calls[0]).toMatchObject([expect.anything(), { headers: { 'if-none-match': 'W/"one"' } }]);
  });

  it('is not asked for by the tag of another address, nor by one that was forgotten', async () => {
    first();
    await call(listMessages, asked);
    const fetch = answer(200, messages);
    await call(listMessages, { params: { requestId: RequestId.parse(newId()) } });
    forgetAnswers();
    await call(listMessages, asked);
    for (const [, init] of fetch.mock.calls) expect(init.headers).not.toHaveProperty('if-none-match');
  });

  it('keeps the sixty that were heard of last', async () => {
    vi.stubGlobal(
      'fetch',
      vi.fn(async () => new Response(JSON.stringify(messages), { headers: { etag: 'W/"one"' } })),
    );
    const ask = (afterSeq: number) => call(listMessages, { ...asked, query: { afterSeq } });
    const isKnown = async (afterSeq: number) => {
      await ask(afterSeq);
      const [, init] = vi.mocked(globalThis.fetch).mock.lastCall ?? [];
      return Object.hasOwn(init?.headers ?? {}, 'if-none-match');
    };
    for (let one = 0; one < 60; one += 1) await ask(one);
    expect(await isKnown(0)).toBe(true);
    await ask(60);
    expect([await isKnown(0), await isKnown(1)]).toEqual([true, false]);
  });
});

describe('call', () => {
  it('puts parameters into the path and the query, and leaves out what is undefined', async () => {
    const fetch = answer(200, { messages: [] });
    await call(listMessages, { params: { requestId }, query: { afterSeq: 7 } });
    expect(fetch.mock.calls[0]?.[0]).toBe(`/api/consultations/${requestId}/messages?afterSeq=7`);
    answer(200, { consultations: [], next: null, total: 0 });
    await call(listConsultations, { query: { view: 'open', patientId: undefined } } as never);
    expect(vi.mocked(globalThis.fetch).mock.calls[0]?.[0]).toBe('/api/consultations?view=open');
  });

  it('turns a problem document into a ProblemError with everything it says', async () => {
    answer(
      409,
      toProblem('consultation.already_open', 'log-line-17', { fields: [{ path: 'specialty', code: 'taken' }] }),
    );
    const error = await failure(call(getCurrentUser));
    expect([error.code, error.status, error.reference, error.fields]).toEqual([
      'consultation.already_open',
      409,
      'log-line-17',
      [{ path: 'specialty', code: 'taken' }],
    ]);
  });

  it.each([
    [502, '<html>bad gateway</html>', 'network.unreachable'],
    [418, '<html>teapot</html>', 'response.unexpected'],
    [200, 'not json', 'response.unexpected'],
    [200, { messages: [{ wrong: true }] }, 'response.unexpected'],
  ])('calls an answer of %i %j %s', async (status, body, code) => {
    answer(status, body);
    expect((await failure(call(listMessages, { params: { requestId } }))).code).toBe(code);
  });

  it('calls a request that went nowhere unreachable, and one that was given up by its own name', async () => {
    vi.stubGlobal('fetch', async () => {
      throw new TypeError('Failed to fetch');
    });
    expect((await failure(call(getCurrentUser))).code).toBe('network.unreachable');
    const gone = new AbortController();
    gone.abort();
    await expect(call(getCurrentUser, undefined, { signal: gone.signal })).rejects.not.toBeInstanceOf(ProblemError);
  });

  it('tells when the session has ended, and only then', async () => {
    const seen = vi.fn();
    onSessionGone(seen);
    answer(403, toProblem('auth.forbidden', ''));
    await failure(call(getCurrentUser));
    expect(seen).not.toHaveBeenCalled();
    answer(401, toProblem('auth.session_expired', ''));
    await failure(call(getCurrentUser));
    expect(seen).toHaveBeenCalledOnce();
  });
});
