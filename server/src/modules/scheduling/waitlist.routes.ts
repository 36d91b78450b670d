import {
  acceptOffer,
  declineOffer,
  joinWaitlist,
  listFits,
  listUnplaced,
  listWaitlist,
  offerSlot,
  putBackOnWaitlist,
} from '@jaqyn/shared/scheduling/waitlist.contract';
import type { FastifyInstance } from 'fastify';
import { actorOf } from '../../http/access.ts';
import { route } from '../../http/route.ts';
import type { Scheduling } from './scheduling.ts';

const PLACING = ['feldsher', 'coordinator'] as const;

/** What nobody has booked, who waits, whom a slot fits, and offers. */
export function waitlistRoutes(app: FastifyInstance, { waitlist, unplaced }: Scheduling): void {
  route(app, joinWaitlist, PLACING, async ({ body }, request) => waitlist.join(actorOf(request), body));
  route(app, listWaitlist, PLACING, async ({ query }, request) => waitlist.list(actorOf(request), query));
  route(app, listUnplaced, PLACING, async ({ query }, request) => unplaced.list(actorOf(request), query));
  route(app, listFits, ['coordinator'], async ({ query }, request) => ({
    fits: await waitlist.listFits(actorOf(request), query),
  }));
  route(app, offerSlot, ['coordinator'], async ({ params, body }, request) =>
    waitlist.offer(actorOf(request), params.appointmentId, body),
  );
  route(app, acceptOffer, PLACING, async ({ params, body }, request) =>
    waitlist.accept(actorOf(request), params.appointmentId, body),
  );
  route(app, declineOffer, PLACING, async ({ params, body }, request) =>
    waitlist.decline(actorOf(request), params.appointmentId, body),
  );
  route(app, putBackOnWaitlist, ['coordinator'], async ({ params, body }, request) =>
    waitlist.putBack(actorOf(request), params.appointmentId, body),
  );
}
