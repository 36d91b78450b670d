import { describe, expect, test } from 'vitest';
import { cookieOf, createTestApp, ORIGIN } from '../../../test/build-app.ts';
import { createUser, PASSWORD } from '../../../test/factories.ts';

async function createSignedIn(publicOrigin = ORIGIN) {
  const isSecure = publicOrigin.startsWith('https:');
  const app = await createTestApp({ config: { publicOrigin, isSecure } });
  const user = await createUser(app.store, { role: 'coordinator' });
  const answer = await app.app.http.inject({
    method: 'POST',
    url: '/api/session',
    headers: { origin: publicOrigin },
    payload: { login: user.login, password: PASSWORD },
  });
  expect(answer.statusCode).toBe(200);
  return { ...app, user, answer, cookie: cookieOf(answer) };
}

describe('the cookie', () => {
  test('over http: out of reach for scripts and other sites', async () => {
    const { answer } = await createSignedIn();
    const [cookie, ...others] = answer.cookies;
    expect(others).toEqual([]);
    expect(cookie).toMatchObject({ name: 'jaqyn', path: '/', httpOnly: true, sameSite: 'Strict' });
    expect(cookie?.secure).toBeUndefined();
    expect(cookie?.domain).toBeUndefined();
    expect(cookie?.expires?.toISOString()).toBe(answer.json<{ sessionExpiresAt: string }>().sessionExpiresAt);
  });

  test('over https: bound to this host and to https as well', async () => {
    const { answer } = await createSignedIn('https://jaqyn.test');
    expect(answer.cookies[0]).toMatchObject({
      name: '__Host-jaqyn',
      path: '/',
      httpOnly: true,
      sameSite: 'Strict',
      secure: true,
    });
    expect(answer.cookies[0]?.domain).toBeUndefined();
    expect(answer.headers['strict-transport-security']).toBe('max-age=31536000; includeSubDomains');
  });

  test('the body never holds the token', async () => {
    const { answer, cookie } = await createSignedIn();
    expect(answer.body).not.toContain(cookie.split('=')[1]);
  });

  test('signing out takes it back and the answer wipes the cache', async () => {
    const { inject, cookie } = await createSignedIn();
    const answer = await inject({ method: 'DELETE', url: '/api/session', headers: { cookie } });
    expect(answer.json()).toEqual({ signedOut: true });
    expect(answer.cookies[0]).toMatchObject({
      name: 'jaqyn',
      value: '',
      path: '/',
      httpOnly: true,
      sameSite: 'Strict',
    });
    expect(answer.cookies[0]?.expires?.getTime()).toBe(0);
    expect(answer.headers['clear-site-data']).toBe('"cache"');
    const after = await inject({ method: 'GET', url: '/api/session', headers: { cookie } });
    expect(after.json()).toMatchObject({ status: 401, code: 'auth.session_expired' });
  });
});

test('unknown, wrong and disabled: the same bytes but for the reference', async () => {
  const { store, trySignIn } = await createTestApp();
  const user = await createUser(store, { role: 'coordinator' });
  const disabled = await createUser(store, { role: 'coordinator', isDisabled: true });
  const answers = [
    await trySignIn('nobody', PASSWORD),
    await trySignIn(user.login, 'wrong'),
    await trySignIn(disabled.login, PASSWORD),
  ].map((answer) => ({
    status: answer.statusCode,
    body: answer.body.replace(/"reference":"[^"]+"/, ''),
    headers: { ...answer.headers, date: '' },
  }));
  expect(answers[0]).toMatchObject({ status: 401, body: expect.stringContaining('"code":"auth.invalid_credentials"') });
  expect(answers[1]).toEqual(answers[0]);
  expect(answers[2]).toEqual(answers[0]);
});

test('signing in again ends the session the browser had', async () => {
  const { inject, store, cookie } = await createSignedIn();
  const next = await createUser(store, { role: 'analyst' });
  const answer = await inject({
    method: 'POST',
    url: '/api/session',
    headers: { cookie },
    payload: { login: next.login, password: PASSWORD },
  });
  expect(answer.statusCode).toBe(200);
  expect((await inject({ method: 'GET', url: '/api/session', headers: { cookie } })).statusCode).toBe(401);
  const now = await inject({ method: 'GET', url: '/api/session', headers: { cookie: cookieOf(answer) } });
  expect(now.json()).toMatchObject({ login: next.login });
});

test('a wrong password does not end the session the browser has', async () => {
  const { inject, user, cookie } = await createSignedIn();
  const payload = { login: user.login, password: 'wrong' };
  await inject({ method: 'POST', url: '/api/session', headers: { cookie }, payload });
  expect((await inject({ method: 'GET', url: '/api/session', headers: { cookie } })).statusCode).toBe(200);
});

test('the language is remembered for the user', async () => {
  const { inject, signIn, user, cookie } = await createSignedIn();
  const url = '/api/session/language';
  const answer = await inject({ method: 'PUT', url, headers: { cookie }, payload: { language: 'ru' } });
  expect(answer.json()).toMatchObject({ language: 'ru' });
  const later = await (await signIn(user))({ method: 'GET', url: '/api/session' });
  expect(later.json()).toMatchObject({ language: 'ru' });
});

test('a flood of sign-ins is told to wait by Retry-After', async () => {
  const { inject } = await createTestApp();
  const answers = [];
  for (let i = 0; i < 6; i += 1) {
    answers.push(await inject({ method: 'POST', url: '/api/session', payload: { login: 'nobody', password: 'x' } }));
  }
  expect(answers.map((answer) => answer.statusCode)).toEqual([401, 401, 401, 401, 401, 429]);
  expect(answers[5]?.headers['retry-after']).toBe('300');
  expect(answers[5]?.json()).toMatchObject({ code: 'request.rate_limited', retryAfter: 300 });
});
