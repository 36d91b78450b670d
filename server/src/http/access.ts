import type {} from '@fastify/cookie';
import { ROLES, type Role } from '@jaqyn/shared/auth/auth.contract';
import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify';
import type { Actor } from '../kernel/actor.ts';
import { DomainError } from '../kernel/domain-error.ts';

/** Who may use a route or an event. Declared with each; start-up fails where one does not. */
export type Access = 'public' | 'signed_in' | readonly Role[];

export const SESSION_COOKIE = { secure: '__Host-jaqyn', plain: 'jaqyn' } as const;

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
    /** From one address; undefined is the limit of the whole API, and none for pages. */
    requestsPerMinute?: number;
  }
  interface FastifyRequest {
    actor: Actor | null;
  }
  interface FastifyInstance {
    /** Everything that is served, with who may use it. */
    declaredRoutes: readonly DeclaredRoute[];
  }
}

export interface DeclaredRoute {
  readonly method: string;
  readonly url: string;
  /** Undefined only before the start, which fails then. */
  readonly access: Access | undefined;
}

interface SessionReader {
  findSession(token: string): Promise<{ actor: Actor } | undefined>;
}

/** Types promise it; a route made by hand or cast may break the promise. An empty list is nobody, so it was forgotten. */
function isAccess(access: unknown): boolean {
  return (
    access === 'public' ||
    access === 'signed_in' ||
    (Array.isArray(access) && access.length > 0 && access.every((role) => ROLES.includes(role as Role)))
  );
}

/** Throws `auth.forbidden` where the role is not among those declared. */
export function assertAccess(access: Exclude<Access, 'public'>, actor: Actor): void {
  if (access !== 'signed_in' && !access.includes(actor.role)) throw new DomainError('auth.forbidden');
}

/** Refuses routes without a declared access while they are registered, and callers without it while they are served. */
export function installAccess(app: FastifyInstance, options: { sessions: SessionReader; cookieName: string }): void {
  app.decorateRequest('actor', null);

  const routes: RouteOptions[] = [];
  app.addHook('onRoute', (route) => {
    routes.push(route);
  });
  app.decorate('declaredRoutes', {
    getter: () =>
      routes.flatMap(({ method, url, config }) =>
        [method].flat().map((name) => ({ method: name, url, access: config?.access })),
      ),
  });
  // Asked when all are there: a plugin's routes get their access from the hook of the scope they are registered in.
  app.addHook('onReady', async () => {
    const open = app.declaredRoutes.filter((route) => !isAccess(route.access));
    if (open.length === 0) return;
    const names = open.map((route) => `${route.method} ${route.url}`);
    throw new Error(`These routes do not declare who may use them: ${names.join(', ')}`);
  });

  app.addHook('onRequest', async (request) => {
    // No config.access: the answer to an unknown address, which needs nobody's identity.
    const access = request.routeOptions.config.access ?? 'public';
    if (access === 'public') return;
    const token = request.cookies[options.cookieName];
    if (token === undefined) throw new DomainError('auth.required');
    const live = await options.sessions.findSession(token);
    if (live === undefined) throw new DomainError('auth.session_expired');
    assertAccess(access, live.actor);
    request.actor = live.actor;
  });
}

/** The signed-in caller of a route that is not public. */
export function actorOf(request: FastifyRequest): Actor {
  if (request.actor === null) throw new DomainError('auth.required');
  return request.actor;
}
