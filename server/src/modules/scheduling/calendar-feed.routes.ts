import { Language } from '@jaqyn/shared/auth/auth.contract';
import {
  createCalendarFeed,
  listCalendarFeeds,
  revokeCalendarFeed,
} from '@jaqyn/shared/scheduling/calendar-feed.contract';
import type { FastifyInstance } from 'fastify';
import * as z from 'zod/mini';
import { actorOf } from '../../http/access.ts';
import { route } from '../../http/route.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import type { Scheduling } from './scheduling.ts';

const OWNERS = ['specialist', 'coordinator'] as const;

/** Calendar programs ask every few minutes; behind the one address of a hospital there may be dozens. */
const READS_A_MINUTE = 120;

// Of any length and alphabet: a token that is none is a feed there is not, nobody is told what one looks like.
const Params = z.object({ token: z.string().check(z.maxLength(128)) });
const Query = z.object({ language: z._default(Language, 'kk') });

/** Addresses of a specialist's appointments, and what a calendar program reads there. */
export function calendarFeedRoutes(app: FastifyInstance, { feeds }: Scheduling): void {
  route(app, listCalendarFeeds, OWNERS, async ({ params }, request) => ({
    feeds: await feeds.list(actorOf(request), params.practitionerId),
  }));
  route(app, createCalendarFeed, OWNERS, async ({ params, body }, request) =>
    feeds.create(actorOf(request), params.practitionerId, body),
  );
  route(app, revokeCalendarFeed, OWNERS, async ({ params }, request) => {
    await feeds.revoke(actorOf(request), params.practitionerId, params.feedId);
    return { revoked: true as const };
  });

  const limit = app.createRateLimit({ max: READS_A_MINUTE, timeWindow: '1 minute' });
  app.get<{ Params: z.infer<typeof Params>; Querystring: z.infer<typeof Query> }>(
    '/api/calendar/:token.ics',
    {
      config: { access: 'public' },
      schema: {
        summary: 'A specialist’s appointments as iCalendar, by a secret address; no patient is named',
        tags: ['calendar'],
        params: Params,
        querystring: Query,
        response: { 200: { content: { 'text/calendar': { schema: z.string() } } } },
      },
    },
    async (request, reply) => {
      const state = await limit(request);
      if (!state.isAllowed && state.isExceeded) {
        throw new DomainError('request.rate_limited', { retryAfter: state.ttlInSeconds });
      }
      const text = await feeds.read(request.params.token, request.query.language);
      return reply.type('text/calendar; charset=utf-8').send(text);
    },
  );
}
