import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createTestServices } from '../../../test/build-services.ts';
import { createUser, PASSWORD } from '../../../test/factories.ts';
import { openRaw } from '../../../test/raw-database.ts';
import { createWorld } from '../../../test/world.ts';

const ADDRESS = '10.1.1.1';

async function createAuth() {
  const services = await createTestServices();
  const user = await createUser(services.store, { role: 'coordinator' });
  const signIn = (login: string, password: string, address = ADDRESS) =>
    services.auth.signIn({ login, password, address });
  return { ...services, user, signIn, raw: openRaw(services.store) };
}

describe('signing in', () => {
  test('answers who it is and a token of 256 bits that the database does not know', async () => {
    const { signIn, user, raw } = await createAuth();
    const { token, currentUser, actor } = await signIn(user.login, PASSWORD);
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    expect(currentUser).toMatchObject({
      id: user.actor.userId,
      role: 'coordinator',
      station: null,
      practitioner: null,
    });
    expect(actor).toMatchObject({ userId: user.actor.userId, role: 'coordinator' });

    const [session] = raw.prepare('select * from session').all() as { token_hash: string }[];
    expect(session?.token_hash).toBe(createHash('sha256').update(token).digest('hex'));
    expect(JSON.stringify(raw.prepare('select * from session, audit_event').all())).not.toContain(token);
  });

  test('carries the station of a feldsher and the specialty of a specialist', async () => {
    const { store, signIn } = await createAuth();
    const world = await createWorld(store);
    const feldsher = await signIn(world.feldsher.login, PASSWORD);
    expect(feldsher.currentUser.station).toMatchObject({ id: world.station, name: { kk: 'Құлан ФАП' } });
    expect(feldsher.actor).toMatchObject({ stationId: world.station, practitionerId: null, specialty: null });
    const cardio = await signIn(world.cardio.login, PASSWORD);
    expect(cardio.currentUser.practitioner).toEqual({ id: world.cardio.practitionerId, specialty: 'cardiology' });
  });

  test('the login may be typed in capitals and with spaces around', async () => {
    const { signIn, user } = await createAuth();
    await expect(signIn(`  ${user.login.toUpperCase()} `, PASSWORD)).resolves.toBeDefined();
  });

  test('unknown, wrong and disabled are one answer, and leave nothing behind', async () => {
    const { store, signIn, user, raw } = await createAuth();
    const disabled = await createUser(store, { role: 'coordinator', isDisabled: true });
    const refusals = [];
    for (const [login, password] of [
      ['nobody', PASSWORD],
      [user.login, 'wrong'],
      [disabled.login, PASSWORD],
    ] as const) {
      refusals.push(await signIn(login, password).catch((error: unknown) => error));
    }
    for (const refusal of refusals) {
      expect(refusal).toMatchObject({ code: 'auth.invalid_credentials', fields: undefined, retryAfter: undefined });
    }
    expect(raw.prepare('select count(*) from session').pluck().get()).toBe(0);
    expect(raw.prepare('select count(*) from audit_event').pluck().get()).toBe(0);
  });

  test.each(['known', 'unknown'])(
    'a sixth wrong password for a %s login waits, also when it is right',
    async (kind) => {
      const { signIn, user, clock } = await createAuth();
      const login = kind === 'known' ? user.login : 'nobody';
      for (let i = 0; i < 5; i += 1) await expect(signIn(login, 'wrong')).rejects.toThrow('auth.invalid_credentials');
      await expect(signIn(login, PASSWORD)).rejects.toMatchObject({ code: 'request.rate_limited', retryAfter: 300 });
      clock.advance({ seconds: 300 });
      const outcome = await signIn(login, PASSWORD).then(
        () => 'in',
        (error: Error) => error.message,
      );
      expect(outcome).toBe(kind === 'known' ? 'in' : 'auth.invalid_credentials');
    },
  );

  test('guesses sent at once are not more than guesses sent in turn', async () => {
    const { signIn, user } = await createAuth();
    const guesses = await Promise.allSettled(Array.from({ length: 25 }, (_, i) => signIn(user.login, `guess-${i}`)));
    const codes = guesses.map((guess) => (guess.status === 'rejected' ? (guess.reason as Error).message : 'in'));
    expect(codes.filter((code) => code === 'auth.invalid_credentials')).toHaveLength(5);
    expect(codes.filter((code) => code === 'request.rate_limited')).toHaveLength(20);
  });

  test('a guesser does not lock out the user at the station', async () => {
    const { signIn, user } = await createAuth();
    for (let i = 0; i < 6; i += 1) await signIn(user.login, 'wrong', '203.0.113.7').catch(() => undefined);
    await expect(signIn(user.login, PASSWORD, ADDRESS)).resolves.toBeDefined();
  });
});

describe('a session', () => {
  test('is found by its token until it expires, to the millisecond', async () => {
    const { auth, signIn, user, clock } = await createAuth();
    const { token } = await signIn(user.login, PASSWORD);
    clock.advance({ seconds: 12 * 3600 - 0.001 });
    expect(await auth.findSession(token)).toBeDefined();
    clock.advance({ seconds: 0.001 });
    expect(await auth.findSession(token)).toBeUndefined();
  });

  test.each(['', 'x', 'A'.repeat(43)])('is not found by the token %j', async (token) => {
    const { auth, signIn, user } = await createAuth();
    await signIn(user.login, PASSWORD);
    expect(await auth.findSession(token)).toBeUndefined();
  });

  test('is not found by its stored hash', async () => {
    const { auth, signIn, user, raw } = await createAuth();
    await signIn(user.login, PASSWORD);
    const stored = raw.prepare('select token_hash from session').pluck().get() as string;
    expect(await auth.findSession(stored)).toBeUndefined();
  });

  test('ends when its user is disabled', async () => {
    const { auth, signIn, user, raw } = await createAuth();
    const { token } = await signIn(user.login, PASSWORD);
    raw.prepare('update user set is_disabled = 1 where id = ?').run(user.actor.userId);
    expect(await auth.findSession(token)).toBeUndefined();
  });

  test('shows at once what changed about its user', async () => {
    const { auth, signIn, user, raw } = await createAuth();
    const { token } = await signIn(user.login, PASSWORD);
    raw.prepare("update user set role = 'analyst' where id = ?").run(user.actor.userId);
    expect((await auth.findSession(token))?.actor.role).toBe('analyst');
  });
});

describe('signing out', () => {
  test('ends this session and no other, tells it, and is audited once', async () => {
    const { auth, signIn, user, raw, takePublished } = await createAuth();
    const first = await signIn(user.login, PASSWORD);
    const second = await signIn(user.login, PASSWORD);
    await auth.signOut(first.actor);
    expect(await auth.findSession(first.token)).toBeUndefined();
    expect(await auth.findSession(second.token)).toBeDefined();
    const ended = { sessionId: first.actor.sessionId, userId: user.actor.userId, reason: 'signed_out' };
    expect(await takePublished()).toEqual([['session:ended', ended]]);

    await auth.signOut(first.actor);
    const ends = raw.prepare("select count(*) from audit_event where action = 'session.end'").pluck().get();
    expect(ends).toBe(1);
  });

  test('is final, also for somebody who writes to the database', async () => {
    const { auth, signIn, user, raw } = await createAuth();
    const { actor } = await signIn(user.login, PASSWORD);
    await auth.signOut(actor);
    expect(() => raw.exec('update session set ended_at = null')).toThrow('an ended session stays ended');
    expect(() => raw.exec("update session set expires_at = '2099-01-01T00:00:00.000Z'")).toThrow('stays ended');
  });
});

describe('an old session', () => {
  test('is forgotten a week after it ended or ran out, a live one never', async () => {
    const { auth, signIn, user, raw, clock } = await createAuth();
    const { actor } = await signIn(user.login, PASSWORD);
    await auth.signOut(actor);
    await signIn(user.login, PASSWORD);
    const count = () => raw.prepare('select count(*) from session').pluck().get();
    clock.advance({ seconds: 7 * 86_400 + 3600 });
    const { token } = await signIn(user.login, PASSWORD);
    // The first ended then; the second ran out twelve hours later.
    expect(await auth.purgeSessions()).toBe(false);
    expect(count()).toBe(2);
    clock.advance({ seconds: 11.5 * 3600 });
    await auth.purgeSessions();
    expect(count()).toBe(1);
    expect(await auth.findSession(token)).toBeDefined();
  });
});

describe('confirming the password', () => {
  test('takes the right one, counts the wrong ones apart from signing in', async () => {
    const { auth, signIn, user } = await createAuth();
    const { actor } = await signIn(user.login, PASSWORD);
    await expect(auth.confirmPassword(actor, PASSWORD)).resolves.toBeUndefined();
    for (let i = 0; i < 5; i += 1) {
      await expect(auth.confirmPassword(actor, 'wrong')).rejects.toThrow('auth.invalid_credentials');
    }
    await expect(auth.confirmPassword(actor, PASSWORD)).rejects.toThrow('request.rate_limited');
    await expect(signIn(user.login, PASSWORD)).resolves.toBeDefined();
  });
});
