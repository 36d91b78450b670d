import { toInstant } from '@jaqyn/shared/kernel/time';
import { MAX_FRAME_BYTES } from '@jaqyn/shared/signalling/limits';
import { io } from 'socket.io-client';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { LiveClient } from '../../test/live-client.ts';
import { createLiveServer, type TestLiveServer } from '../../test/live-server.ts';
import { until } from '../../test/until.ts';
import { newId } from '../kernel/ids.ts';
import { RateLimit } from './rate-limit.ts';

const open: { close(): void | Promise<void> }[] = [];

async function serve(options: Parameters<typeof createLiveServer>[0] = {}): Promise<TestLiveServer> {
  const server = await createLiveServer(options);
  open.push(server);
  return server;
}

function client(server: TestLiveServer, token: string | undefined, options = {}): LiveClient {
  const made = new LiveClient(server.origin, token, options);
  open.push(made);
  return made;
}

function signedIn(server: TestLiveServer, role: 'feldsher' | 'specialist' | 'analyst' = 'feldsher') {
  const session = server.sessions.signIn(role);
  return { ...session, tab: client(server, session.token) };
}

const message = () => ({ requestId: newId<string>(), messageId: newId<string>(), text: 'Сәлем' });
const socketCount = async (server: TestLiveServer) => (await server.metrics.sockets.get()).values[0]?.value;

afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

describe('the door', () => {
  it('opens to a session from an allowed page', async () => {
    const server = await serve();
    const { tab } = signedIn(server);
    await tab.connected();
    const { messageId, ...rest } = message();
    expect((await tab.call('chat:send', { messageId, ...rest })).message).toMatchObject({
      id: messageId,
      text: 'Сәлем',
    });
    expect(await socketCount(server)).toBe(1);
  });

  it.each([
    ['a foreign page', 'https://evil.example'],
    ['a page that looks alike', 'http://127.0.0.1:1'],
    ['a sandboxed page', 'null'],
    ['no page at all', null],
  ])('stays shut to %s, whatever cookie it brings', async (_what, origin) => {
    const server = await serve();
    const { token } = server.sessions.signIn('feldsher');
    await expect(client(server, token, { origin }).connected()).rejects.toThrow('websocket error');
    expect(server.sessions.reads).toBe(0);
  });

  it('stays shut without a session and says why', async () => {
    const server = await serve();
    await expect(client(server, undefined).connected()).rejects.toMatchObject({ code: 'auth.required' });
    await expect(client(server, 'made-up').connected()).rejects.toMatchObject({ code: 'auth.session_expired' });
    expect(await socketCount(server)).toBe(0);
  });

  it('speaks websocket only', async () => {
    const server = await serve();
    const { token } = server.sessions.signIn('feldsher');
    const socket = io(server.origin, {
      transports: ['polling'],
      reconnection: false,
      extraHeaders: { origin: server.origin, cookie: `jaqyn=${token}` },
    });
    const error = await new Promise<Error>((resolve) => socket.once('connect_error', resolve));
    socket.disconnect();
    expect(error.message).toBe('xhr poll error');
  });

  it('lets no user pile up sockets without end', async () => {
    const server = await serve();
    const { token } = server.sessions.signIn('feldsher');
    for (let i = 0; i < 16; i += 1) await client(server, token).connected();
    await expect(client(server, token).connected()).rejects.toMatchObject({ code: 'server.overloaded' });
  });
});

describe('a session that ends while its socket lives', () => {
  it('closes every socket of the session and no other, after saying why', async () => {
    const server = await serve();
    const { actor, token, tab } = signedIn(server);
    const secondTab = client(server, token);
    const elsewhere = client(server, server.sessions.signIn('feldsher', { userId: actor.userId }).token);
    await Promise.all([tab.connected(), secondTab.connected(), elsewhere.connected()]);

    server.bus.publish('session:ended', { ...actor, reason: 'signed_out' });

    for (const closed of [tab, secondTab]) {
      await until('the socket closes', () => closed.disconnects.length > 0);
      expect(closed.heard('session:ended')).toEqual([{ reason: 'signed_out' }]);
      expect(closed.disconnects).toEqual(['io server disconnect']); // and does not try again
    }
    expect(elsewhere.socket.connected).toBe(true);
    expect((await elsewhere.call('chat:send', message())).message.text).toBe('Сәлем');
  });

  it('closes at the second it expires', async () => {
    const server = await serve({ sweepMs: 60_000 });
    const sessionExpiresAt = toInstant(new Date(Date.now() + 300));
    const { token } = server.sessions.signIn('feldsher', { sessionExpiresAt });
    const tab = await client(server, token).connected();
    expect(await tab.hears('session:ended')).toEqual({ reason: 'expired' });
    await until('the socket closes', () => tab.disconnects.length > 0);
  });

  it('refuses the next event when the session is gone and nobody told', async () => {
    const server = await serve({ sweepMs: 60_000 });
    const { token, tab } = signedIn(server);
    await tab.connected();
    server.sessions.byToken.delete(token);
    await expect(tab.call('chat:send', message())).rejects.toMatchObject({ code: 'auth.session_expired' });
    await until('the socket closes', () => tab.disconnects.length > 0);
    expect(tab.heard('session:ended')).toEqual([{ reason: 'revoked' }]);
  });

  it('finds a disabled user that nobody told of', async () => {
    const server = await serve({ sweepMs: 10 });
    const { token, tab } = signedIn(server);
    await tab.connected();
    server.sessions.byToken.delete(token);
    await until('the socket closes', () => tab.disconnects.length > 0);
  });

  it('catches a session that ended while its socket was on the way in', async () => {
    const server = await serve({ sweepMs: 60_000 });
    const { token } = server.sessions.signIn('feldsher');
    const findSession = server.sessions.findSession.bind(server.sessions);
    vi.spyOn(server.sessions, 'findSession').mockImplementationOnce(async (asked) => {
      const found = await findSession(asked);
      server.sessions.byToken.delete(token); // signed out between the check and the welcome
      return found;
    });
    const tab = client(server, token);
    await until('the socket closes', () => tab.disconnects.length > 0);
  });

  it('judges the second event by the new role, then takes the socket in anew under it', async () => {
    const server = await serve({ sweepMs: 60_000 });
    const { token } = server.sessions.signIn('feldsher');
    const tab = await client(server, token, { reconnection: true }).connected();
    await tab.call('chat:send', message());
    server.sessions.change(token, { role: 'analyst', stationId: null });
    await expect(tab.call('chat:send', message())).rejects.toMatchObject({ code: 'auth.forbidden' });
    await until('back under the new role', () => tab.disconnects.length === 1 && tab.socket.connected);
    const changed = { requestId: newId<never>(), status: 'ringing' as const, version: 1 };
    server.live.notify([{ role: 'feldsher' }], 'consultation:changed', { ...changed, version: 1 });
    server.live.notify([{ role: 'analyst' }], 'consultation:changed', { ...changed, version: 2 });
    expect(await tab.hears('consultation:changed')).toMatchObject({ version: 2 });
  });
});

describe('what nobody honest sends', () => {
  it('answers an oversized event and lives on', async () => {
    const { tab } = signedIn(await serve());
    await tab.connected();
    const text = 'x'.repeat(MAX_FRAME_BYTES / 4);
    await expect(tab.call('chat:send', { ...message(), text })).rejects.toMatchObject({ code: 'request.too_large' });
    expect((await tab.call('chat:send', message())).message.text).toBe('Сәлем');
  });

  it('ends the connection at a frame that is too large to be read, with a reason', async () => {
    const server = await serve();
    const { tab } = signedIn(server);
    await tab.connected();
    const closed = new Promise((resolve) => tab.socket.once('disconnect', (_reason, details) => resolve(details)));
    tab.socket.emit('chat:send', { ...message(), text: 'x'.repeat(MAX_FRAME_BYTES * 2) }, () => undefined);
    expect(await closed).toMatchObject({ context: { code: 1009 } });
    expect((await signedIn(server).tab.connected()).socket.connected).toBe(true);
  });

  it('answers or ignores every malformed event and lives on', async () => {
    const { tab } = signedIn(await serve());
    await tab.connected();
    const outcome = async (...args: unknown[]) => {
      const ack = await tab.raw(...args);
      return ack.ok ? 'ok' : ack.problem.code;
    };
    expect(await outcome('room:burn', {})).toBe('request.unknown_event');
    expect(await outcome('__proto__', {})).toBe('request.unknown_event');
    expect(await outcome('chat:send')).toBe('request.invalid');
    expect(await outcome('chat:send', [])).toBe('request.invalid');
    expect(await outcome('chat:send', message(), message())).toBe('request.invalid');
    expect(await outcome('chat:send', { ...message(), text: ['a'] })).toBe('request.invalid');
    expect(await outcome('chat:send', { ...message(), text: Buffer.from('a') })).toBe('request.invalid');
    tab.socket.emit('chat:send', message()); // no ack
    tab.socket.emit('chat:send');
    tab.socket.emit('error', 'x');
    expect(await outcome('chat:send', message())).toBe('ok');
    expect(tab.disconnects).toEqual([]);
  });

  it('drops a connection that does not speak the protocol, and only that one', async () => {
    const server = await serve();
    const { tab, token } = signedIn(server);
    const neighbour = signedIn(server).tab;
    await Promise.all([tab.connected(), neighbour.connected()]);
    for (const garbage of ['9{}', '2["connect"]', '2{"a":1}', '511-["x"]', '2[']) {
      const broken = await client(server, token).connected();
      broken.socket.io.engine.write(garbage);
      await until(`the connection closes after ${garbage}`, () => broken.disconnects.length > 0);
    }
    expect((await neighbour.call('chat:send', message())).message.text).toBe('Сәлем');
    expect(tab.disconnects).toEqual([]);
  });

  it('slows a flood down and closes on one that does not stop', async () => {
    const server = await serve();
    const { tab } = signedIn(server);
    await tab.connected();
    const acks = Array.from({ length: RateLimit.BURST + 20 }, () => tab.raw('chat:send', message()));
    const limited = (await Promise.all(acks)).filter((ack) => !ack.ok && ack.problem.code === 'request.rate_limited');
    expect(limited.length).toBeGreaterThan(0);
    expect(limited[0]).toMatchObject({ problem: { retryAfter: 1 } });
    for (let i = 0; i < RateLimit.ABUSE + 100; i += 1) tab.socket.emit('chat:send', {}, () => undefined);
    await until('the socket closes', () => tab.disconnects.length > 0);
  });

  it('lets chat through while something else hangs', async () => {
    const { tab } = signedIn(
      await serve({ handlers: { 'room:leave': { access: ['feldsher'], run: () => new Promise(() => undefined) } } }),
    );
    await tab.connected();
    tab.socket.emit('room:leave', {}, () => undefined);
    expect((await tab.call('chat:send', message())).message.text).toBe('Сәлем');
  });

  it('runs the events of one noun in their order', async () => {
    const ran: string[] = [];
    const delays = [20, 0, 10, 0];
    let begun = 0;
    const { tab } = signedIn(
      await serve({
        handlers: {
          'producer:pause': {
            access: ['feldsher'],
            run: async (_context, { producerKey }) => {
              const delay = delays[begun++];
              await new Promise((resolve) => setTimeout(resolve, delay));
              ran.push(producerKey);
              return {};
            },
          },
        },
      }),
    );
    await tab.connected();
    const keys = delays.map(() => newId<string>());
    await Promise.all(keys.map((producerKey) => tab.call('producer:pause', { producerKey })));
    expect(ran).toEqual(keys);
  });
});

describe('telling', () => {
  it('reaches the sockets of a target once each, and nobody else', async () => {
    const server = await serve();
    const one = signedIn(server, 'feldsher');
    const two = signedIn(server, 'specialist');
    const third = signedIn(server, 'analyst');
    await Promise.all([one, two, third].map(({ tab }) => tab.connected()));
    const { userId, stationId } = one.actor;
    if (stationId === null || two.actor.practitionerId === null) throw new Error('wrong factory');
    const data = { requestId: newId<never>(), status: 'ringing' as const, version: 1 };
    const targets = [{ userId }, { stationId }, { role: 'feldsher' as const }];
    server.live.notify(targets, 'consultation:changed', { ...data, secret: 'x' } as never);
    server.live.notify([{ practitionerId: two.actor.practitionerId }], 'consultation:changed', data);
    server.live.notify([], 'consultation:changed', data);
    server.live.notify([{ sessionId: third.actor.sessionId }], 'session:ended', { reason: 'revoked' });

    await third.tab.hears('session:ended');
    expect(one.tab.told).toEqual([{ name: 'consultation:changed', data }]);
    expect(two.tab.told).toEqual([{ name: 'consultation:changed', data }]);
    expect(third.tab.heard('consultation:changed')).toEqual([]);
  });

  it('refuses to tell what the table does not say', async () => {
    const server = await serve();
    expect(() =>
      server.live.notify([{ role: 'admin' }], 'consultation:changed', { requestId: 'x', status: 'gone' } as never),
    ).toThrow(/requestId/);
  });

  it('knows who is there', async () => {
    const server = await serve();
    const changes: boolean[] = [];
    server.live.presence.onChange((_actor, isOnline) => changes.push(isOnline));
    const { actor, token, tab } = signedIn(server, 'specialist');
    const secondTab = client(server, token);
    await Promise.all([tab.connected(), secondTab.connected()]);
    const isThere = () => server.live.presence.isUserOnline(actor.userId);
    expect(isThere()).toBe(true);
    tab.close();
    await until('one left', async () => (await socketCount(server)) === 1);
    expect(isThere()).toBe(true);
    secondTab.close();
    await until('gone', () => !isThere());
    expect(changes).toEqual([true, false]);
  });
});

describe('closing the server', () => {
  it('drops sockets so that they come back by themselves to the next one', async () => {
    const first = await createLiveServer();
    const { token } = first.sessions.signIn('feldsher');
    const tab = await client(first, token, { reconnection: true }).connected();
    const before = runOf(tab);
    await first.close();
    await until('dropped', () => tab.disconnects.length > 0);
    expect(tab.disconnects).toEqual(['transport close']);

    const second = await serve({ port: first.port, sessions: first.sessions });
    await until('back', () => tab.socket.connected);
    // By this a tab knows that its place in a room is gone; another socket to the same server has the same.
    expect(runOf(tab)).not.toBe(before);
    expect(runOf(await client(second, token).connected())).toBe(runOf(tab));
    expect((await tab.call('chat:send', message())).message.text).toBe('Сәлем');
    expect(await socketCount(second)).toBe(2);
  });
});

/** The name of the server's process, as clients read it. */
function runOf({ socket }: LiveClient): string | undefined {
  return socket.io.engine.id?.split('.', 1)[0];
}
