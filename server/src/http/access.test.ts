import { fastifyCookie } from '@fastify/cookie';
import { ROLES } from '@jaqyn/shared/auth/auth.contract';
import { fastify } from 'fastify';
import { describe, expect, test } from 'vitest';
import type { Actor } from '../kernel/actor.ts';
import { type Access, actorOf, installAccess } from './access.ts';
import { installProblemHandler } from './problem-handler.ts';

const sessions = {
  findSession: async (token: string) => {
    if (token === 'broken') throw new Error('planted');
    return (ROLES as readonly string[]).includes(token) ? { actor: { role: token } as Actor } : undefined;
  },
};

async function createServer() {
  const app = fastify();
  installProblemHandler(app);
  await app.register(fastifyCookie);
  installAccess(app, { sessions, cookieName: 'jaqyn' });
  return app;
}

describe('start-up fails', () => {
  test.each<[string, unknown]>([
    ['without a config', undefined],
    ['with a config that says nothing', {}],
    ['for nobody', { access: [] }],
    ['for a role there is not', { access: ['nurse'] }],
    ['for something unheard of', { access: 'everyone' }],
  ])('for a route %s, and names it', async (_what, config) => {
    const app = await createServer();
    app.get('/open', { config: { access: 'public' } }, () => 'x');
    app.post('/forgotten', config === undefined ? {} : { config: config as { access: Access } }, () => 'x');
    await expect(app.ready()).rejects.toThrow('These routes do not declare who may use them: POST /forgotten');
  });

  test('also for one inside a plugin', async () => {
    const app = await createServer();
    await app.register(async (inner) => {
      inner.get('/deep', () => 'x');
    });
    await expect(app.ready()).rejects.toThrow('GET /deep');
  });
});

describe('a declared route', () => {
  async function ask(access: Access, cookie?: string) {
    const app = await createServer();
    app.get('/', { config: { access } }, (request) => (access === 'public' ? {} : { role: actorOf(request).role }));
    const answer = await app.inject({ url: '/', headers: cookie === undefined ? {} : { cookie } });
    return [answer.statusCode, answer.json<{ code?: string; role?: string }>().code ?? answer.json().role];
  }

  test('nobody, somebody unknown, somebody else, the right one', async () => {
    expect(await ask(['admin'])).toEqual([401, 'auth.required']);
    expect(await ask(['admin'], 'jaqyn=nonsense')).toEqual([401, 'auth.session_expired']);
    expect(await ask(['admin'], 'jaqyn=analyst')).toEqual([403, 'auth.forbidden']);
    expect(await ask(['admin', 'analyst'], 'jaqyn=analyst')).toEqual([200, 'analyst']);
  });

  test('the cookie of another name does not count', async () => {
    expect(await ask('signed_in', '__Host-jaqyn=admin')).toEqual([401, 'auth.required']);
  });

  test.each(ROLES)('signed_in: %s may', async (role) => {
    expect(await ask('signed_in', `jaqyn=${role}`)).toEqual([200, role]);
  });

  test('public: nobody is asked who they are', async () => {
    expect(await ask('public', 'jaqyn=broken')).toEqual([200, undefined]);
  });

  test('a session that cannot be read is no session', async () => {
    expect(await ask('signed_in', 'jaqyn=broken')).toEqual([500, 'server.internal']);
  });
});

test('the list of what is served names every method', async () => {
  const app = await createServer();
  app.route({ method: ['PUT', 'DELETE'], url: '/x', config: { access: ['admin'] }, handler: () => 'x' });
  app.get('/y', { config: { access: 'public' } }, () => 'y');
  await app.ready();
  expect(app.declaredRoutes).toEqual([
    { method: 'PUT', url: '/x', access: ['admin'] },
    { method: 'DELETE', url: '/x', access: ['admin'] },
    { method: 'GET', url: '/y', access: 'public' },
    { method: 'HEAD', url: '/y', access: 'public' },
  ]);
});
