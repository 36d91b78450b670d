import { toInstant } from '@jaqyn/shared/kernel/time';
import { afterEach, describe, expect, it } from 'vitest';
import { FakeSessions } from '../../test/live-server.ts';
import { until } from '../../test/until.ts';
import { systemClock } from '../kernel/clock.ts';
import { EventBus } from '../kernel/event-bus.ts';
import { createLogger } from '../kernel/logger.ts';
import { SessionWatch } from './session-watch.ts';

const logger = createLogger({ level: 'silent', pretty: false });
const watches: SessionWatch[] = [];

function setUp(options: { sweepMs?: number } = {}) {
  const sessions = new FakeSessions();
  const bus = new EventBus(logger);
  const watch = SessionWatch.create({ sessions, bus, clock: systemClock, logger, ...options });
  watches.push(watch);
  const heard: string[] = [];
  watch.onEnded(({ sessionId }, reason) => heard.push(`${sessionId} ${reason}`));
  watch.onChanged(({ sessionId }) => heard.push(`${sessionId} changed`));
  return { sessions, bus, watch, heard };
}

afterEach(() => {
  for (const watch of watches.splice(0)) watch.close();
});

describe('session watch', () => {
  it('hears of a sign-out over the bus, once, and only for what is held', async () => {
    const { sessions, bus, watch, heard } = setUp();
    const { actor, token } = sessions.signIn('feldsher');
    const other = sessions.signIn('specialist').actor;
    watch.hold(actor, token);
    for (const { userId, sessionId } of [actor, actor, other]) {
      bus.publish('session:ended', { sessionId, userId, reason: 'signed_out' });
    }
    await until('the end', () => heard.length > 0);
    expect(heard).toEqual([`${actor.sessionId} signed_out`]);
  });

  it('ends a session at its time without being asked', async () => {
    const { sessions, watch, heard } = setUp({ sweepMs: 60_000 });
    const sessionExpiresAt = toInstant(new Date(Date.now() + 30));
    const { actor, token } = sessions.signIn('feldsher', { sessionExpiresAt });
    watch.hold(actor, token);
    await until('the end', () => heard.length > 0);
    expect(heard).toEqual([`${actor.sessionId} expired`]);
    expect(systemClock.instant() >= sessionExpiresAt).toBe(true);
    expect(() => watch.hold(actor, token)).toThrow('auth.session_expired');
  });

  it('keeps watching until the last hold is released', async () => {
    const { sessions, bus, watch, heard } = setUp();
    const { actor, token } = sessions.signIn('feldsher');
    const [first, second] = [watch.hold(actor, token), watch.hold(actor, token)];
    first();
    first(); // releasing twice takes nobody else's hold
    watch.end(actor.sessionId, 'revoked');
    expect(heard).toEqual([`${actor.sessionId} revoked`]);
    second();

    watch.hold(actor, token)();
    bus.publish('session:ended', { sessionId: actor.sessionId, userId: actor.userId, reason: 'signed_out' });
    await Promise.resolve();
    expect(heard).toHaveLength(1);
  });

  it('finds by itself what nobody told: a session gone from the database, and other rights', async () => {
    const { sessions, watch, heard } = setUp({ sweepMs: 10 });
    const gone = sessions.signIn('feldsher');
    const changed = sessions.signIn('specialist');
    const untouched = sessions.signIn('feldsher');
    for (const { actor, token } of [gone, changed, untouched]) watch.hold(actor, token);
    sessions.byToken.delete(gone.token);
    sessions.change(changed.token, { role: 'analyst' });
    await until('both', () => heard.length >= 2);
    expect(heard.sort()).toEqual([`${changed.actor.sessionId} changed`, `${gone.actor.sessionId} revoked`].sort());
  });

  it('does not take a database that is busy for the end of a session', async () => {
    const { sessions, watch, heard } = setUp({ sweepMs: 5 });
    const { actor, token } = sessions.signIn('feldsher');
    watch.hold(actor, token);
    let failures = 0;
    const findSession = sessions.findSession.bind(sessions);
    sessions.findSession = async () => {
      failures += 1;
      throw new Error('SQLITE_BUSY');
    };
    await until('some failures', () => failures >= 3);
    expect(heard).toEqual([]);
    sessions.findSession = findSession;
    sessions.byToken.delete(token);
    await until('the end', () => heard.length > 0);
  });
});
