import { errorCatalog } from '@jaqyn/shared/errors/error-catalog';
import { liveRequests, type RequestName } from '@jaqyn/shared/signalling/events';
import { MAX_EVENT_BYTES } from '@jaqyn/shared/signalling/limits';
import { describe, expect, it, vi } from 'vitest';
import type { Actor } from '../kernel/actor.ts';
import { DomainError } from '../kernel/domain-error.ts';
import { newId } from '../kernel/ids.ts';
import { createLogger } from '../kernel/logger.ts';
import { Metrics } from '../kernel/metrics.ts';
import type { Connection } from './connection.ts';
import { Dispatcher, type LiveHandlers } from './handle.ts';

const requestId = newId<string>();
const connection: Connection = {
  id: 'socket',
  isOpen: true,
  notify: () => undefined,
  onClosed: () => undefined,
  drop: () => undefined,
  end: () => undefined,
};

/** Every event answers with nothing, for everybody who is signed in. */
function allHandlers(overrides: Record<string, unknown> = {}): LiveHandlers {
  const names = Object.keys(liveRequests) as RequestName[];
  const plain = Object.fromEntries(names.map((name) => [name, { access: 'signed_in', run: async () => ({}) }]));
  return { ...plain, ...overrides } as unknown as LiveHandlers;
}

function setUp(
  overrides: Record<string, unknown> = {},
  dependencies: { role?: Actor['role']; timeoutMs?: number } = {},
) {
  const metrics = new Metrics();
  const checkSession = vi.fn(async () => ({ role: dependencies.role ?? 'feldsher' }) as Actor);
  const dispatcher = new Dispatcher(allHandlers(overrides), {
    checkSession,
    logger: createLogger({ level: 'silent', pretty: false }),
    metrics,
    ...(dependencies.timeoutMs !== undefined && { timeoutMs: dependencies.timeoutMs }),
  });
  const send = async (...args: unknown[]) => {
    const answer = vi.fn();
    await dispatcher.dispatch(connection, [...args, answer]);
    expect(answer).toHaveBeenCalledTimes(1);
    return answer.mock.calls[0]?.[0] as { ok: boolean; data?: unknown; problem?: { code: string; fields?: unknown } };
  };
  const outcomes = async () =>
    (await metrics.socketSeconds.get()).values
      .filter(({ metricName }) => metricName?.endsWith('_count'))
      .map(({ labels }) => `${labels.event} ${labels.outcome}`);
  return { dispatcher, send, checkSession, outcomes };
}

const code = (ack: { problem?: { code: string } }) => ack.problem?.code;

describe('wiring', () => {
  it('starts only when every event of the table has a handler and an access, and no handler is outside it', () => {
    expect(() => setUp()).not.toThrow();
    for (const name of Object.keys(liveRequests)) {
      expect(() => setUp({ [name]: undefined })).toThrow(`${name} has no handler`);
      expect(() => setUp({ [name]: { run: async () => ({}) } })).toThrow(`${name} declares no access`);
      expect(() => setUp({ [name]: { access: [], run: async () => ({}) } })).toThrow(`${name} declares no access`);
      expect(() => setUp({ [name]: { access: ['king'], run: async () => ({}) } })).toThrow(
        `${name} declares no access`,
      );
    }
    expect(() => setUp({ 'room:burn': { access: 'signed_in', run: async () => ({}) } })).toThrow(
      'room:burn is not in the table',
    );
  });
});

describe('what comes in', () => {
  it('runs a good event once and answers what the handler answered', async () => {
    const run = vi.fn(async () => ({ curtain: null, peers: [], consumers: [], speaker: null }));
    const { send, outcomes } = setUp({ 'room:resume': { access: ['feldsher'], run } });
    const peerId = newId<string>();
    expect(await send('room:resume', { requestId, peerId, more: 1 })).toEqual({
      ok: true,
      data: { curtain: null, peers: [], consumers: [], speaker: null },
    });
    expect(run).toHaveBeenCalledExactlyOnceWith(expect.anything(), { requestId, peerId });
    expect(await outcomes()).toEqual(['room:resume ok']);
  });

  it('answers unknown names, whatever they are made of', async () => {
    const { send, checkSession, outcomes } = setUp();
    for (const name of ['room:burn', '', '__proto__', 'constructor', 'toString', 7, null, ['room:join'], {}]) {
      expect(code(await send(name, {}))).toBe('request.unknown_event');
    }
    expect(checkSession).not.toHaveBeenCalled();
    expect(await outcomes()).toEqual(['unknown request.unknown_event']); // no label made by a stranger
  });

  it('runs nothing that nobody waits for', async () => {
    const run = vi.fn(async () => ({}));
    const { dispatcher, outcomes } = setUp({ 'room:leave': { access: 'signed_in', run } });
    await dispatcher.dispatch(connection, ['room:leave', {}]);
    await dispatcher.dispatch(connection, ['room:leave']);
    await dispatcher.dispatch(connection, []);
    expect(run).not.toHaveBeenCalled();
    expect(await outcomes()).toEqual(['room:leave no_ack', 'unknown no_ack']);
  });

  it.each([
    ['no data', []],
    ['null', [null]],
    ['text', ['room']],
    ['an array for an object', [[requestId]]],
    ['an array for a string', [{ requestId: [requestId], peerId: newId() }]],
    ['a number for a string', [{ requestId: 7, peerId: newId() }]],
    ['a foreign kind of id', [{ requestId: 'x', peerId: newId() }]],
    ['bytes', [Buffer.from('room')]],
    ['two arguments', [{ requestId, peerId: newId() }, {}]],
    ['__proto__', [JSON.parse(`{"__proto__":{"requestId":"${requestId}","peerId":"${newId()}"}}`)]],
  ])('refuses %s', async (_what, args) => {
    const run = vi.fn(async () => ({ curtain: null, peers: [], consumers: [], speaker: null }));
    const { send } = setUp({ 'room:resume': { access: 'signed_in', run } });
    expect(code(await send('room:resume', ...args))).toBe('request.invalid');
    expect(run).not.toHaveBeenCalled();
  });

  it('says which fields are wrong, by path and code, never by value', async () => {
    const { send } = setUp();
    const ack = await send('chat:send', { requestId: 'secret', messageId: newId(), text: '' });
    expect(ack.problem?.fields).toEqual([
      { path: 'requestId', code: 'invalid_format' },
      { path: 'text', code: 'too_small' },
    ]);
    expect(JSON.stringify(ack)).not.toContain('secret');
  });

  it('keeps __proto__ out of free-form records', async () => {
    const run = vi.fn(async (_context: unknown, _data: { rtpParameters: { codecs: unknown[] } }) => ({
      producerId: 'p',
    }));
    const { send } = setUp({ 'producer:create': { access: 'signed_in', run } });
    const settings = JSON.parse('{"__proto__":{"polluted":true},"useinbandfec":1}') as object;
    const codecs = [{ mimeType: 'audio/opus', payloadType: 111, clockRate: 48000, parameters: settings }];
    const data = { producerKey: newId(), kind: 'audio', source: 'microphone', isPaused: false };
    await send('producer:create', { ...data, rtpParameters: { codecs } });
    const parsed = run.mock.calls[0]?.[1].rtpParameters.codecs[0] as { parameters: Record<string, unknown> };
    expect(parsed.parameters['polluted']).toBeUndefined();
    expect(Object.getPrototypeOf(parsed.parameters)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('answers oversized and bottomless data before looking at it', async () => {
    const { send, checkSession } = setUp();
    const text = 'я'.repeat(MAX_EVENT_BYTES / 2);
    expect(code(await send('chat:send', { requestId, messageId: newId(), text }))).toBe('request.too_large');
    let deep: unknown[] = [];
    for (let i = 0; i < 100_000; i += 1) deep = [deep];
    expect(code(await send('chat:send', deep))).toBe('request.too_large');
    expect(checkSession).not.toHaveBeenCalled();
  });
});

describe('who may', () => {
  it('reads the session for every event and judges by the role of this moment', async () => {
    const run = vi.fn(async () => ({}));
    const { send, checkSession } = setUp({ 'room:leave': { access: ['feldsher'], run } });
    expect((await send('room:leave', {})).ok).toBe(true);
    checkSession.mockResolvedValueOnce({ role: 'analyst' } as Actor);
    expect(code(await send('room:leave', {}))).toBe('auth.forbidden');
    checkSession.mockRejectedValueOnce(new DomainError('auth.session_expired'));
    expect(code(await send('room:leave', {}))).toBe('auth.session_expired');
    expect(run).toHaveBeenCalledTimes(1);
  });

  it('says no before it says what is wrong with the data', async () => {
    const { send } = setUp({ 'chat:send': { access: ['feldsher'], run: async () => ({}) } }, { role: 'analyst' });
    expect(code(await send('chat:send', { text: 7 }))).toBe('auth.forbidden');
  });
});

describe('what goes out', () => {
  it('leaves out what the table does not name', async () => {
    const { send } = setUp({
      'transport:restart-ice': {
        access: 'signed_in',
        run: async () => ({ iceParameters: { usernameFragment: 'u', password: 'p', secret: 's' }, internal: true }),
      },
    });
    expect((await send('transport:restart-ice', { transportId: 't' })).data).toEqual({
      iceParameters: { usernameFragment: 'u', password: 'p' },
    });
  });

  it('never sends an answer that is not what the table says', async () => {
    const { send } = setUp({ 'media:capabilities': { access: 'signed_in', run: async () => ({ version: 7 }) } });
    expect(code(await send('media:capabilities', {}))).toBe('server.internal');
  });

  it('turns a domain error into its problem and hides every other one behind a reference', async () => {
    const run = vi.fn().mockRejectedValueOnce(new DomainError('store.busy', { retryAfter: 3 }));
    const { send, outcomes } = setUp({ 'room:leave': { access: 'signed_in', run } });
    expect((await send('room:leave', {})).problem).toMatchObject({
      code: 'store.busy',
      status: errorCatalog['store.busy'].status,
      retryAfter: 3,
    });
    run.mockRejectedValueOnce(new Error('SELECT * FROM patient'));
    const ack = await send('room:leave', {});
    expect(ack.problem).toMatchObject({ code: 'server.internal', reference: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    expect(JSON.stringify(ack)).not.toContain('SELECT');
    expect(await outcomes()).toEqual(['room:leave store.busy', 'room:leave server.internal']);
  });

  it('answers even when a handler never does', async () => {
    const { send } = setUp(
      { 'room:leave': { access: 'signed_in', run: () => new Promise(() => undefined) } },
      { timeoutMs: 5 },
    );
    expect(code(await send('room:leave', {}))).toBe('server.overloaded');
  });
});
