import { searchConsults } from '@jaqyn/shared/consultations/consult-search.contract';
import type { FastifyInstance } from 'fastify';
import { actorOf } from '../../http/access.ts';
import { route } from '../../http/route.ts';
import type { ConsultTextService } from './consult-text.service.ts';

/** Search in what was written in consults. */
export function consultTextRoutes(app: FastifyInstance, { texts }: { texts: ConsultTextService }): void {
  route(app, searchConsults, ['feldsher', 'specialist', 'coordinator'], async ({ query }, request) =>
    texts.search(actorOf(request), query.q, query.limit),
  );
}
