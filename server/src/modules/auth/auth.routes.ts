import { getCurrentUser, setLanguage, signIn, signOut } from '@jaqyn/shared/auth/auth.contract';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { actorOf } from '../../http/access.ts';
import { route } from '../../http/route.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import type { AuthService } from './auth.service.ts';

interface Options {
  readonly auth: AuthService;
  readonly cookieName: string;
  readonly isSecure: boolean;
}

export function authRoutes(app: FastifyInstance, { auth, cookieName, isSecure }: Options): void {
  const cookie = { path: '/', httpOnly: true, sameSite: 'strict', secure: isSecure } as const;

  function setCookie(reply: FastifyReply, token: string, expiresAt: string): void {
    reply.setCookie(cookieName, token, { ...cookie, expires: new Date(expiresAt) });
  }

  route(app, signIn, 'public', async ({ body }, request, reply) => {
    // A browser that signs in again leaves its old session; nobody could end it later.
    const previous = request.cookies[cookieName];
    const { token, currentUser, actor } = await auth.signIn({ ...body, address: request.ip });
    if (previous !== undefined) {
      const old = await auth.findSession(previous);
      if (old !== undefined) await auth.signOut(old.actor);
    }
    setCookie(reply, token, actor.sessionExpiresAt);
    return currentUser;
  });

  route(app, getCurrentUser, 'signed_in', async (_input, request) => currentUserOf(request.cookies[cookieName]));

  route(app, signOut, 'signed_in', async (_input, request, reply) => {
    await auth.signOut(actorOf(request));
    reply.clearCookie(cookieName, cookie);
    reply.header('clear-site-data', '"cache"');
    return { signedOut: true as const };
  });

  route(app, setLanguage, 'signed_in', async ({ body }, request) => {
    await auth.setLanguage(actorOf(request), body.language);
    return currentUserOf(request.cookies[cookieName]);
  });

  async function currentUserOf(token: string | undefined) {
    const live = token === undefined ? undefined : await auth.findSession(token);
    if (live === undefined) throw new DomainError('auth.session_expired');
    return live.currentUser;
  }
}
