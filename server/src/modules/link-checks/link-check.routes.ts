import { listLinkChecks, listStationLinks, saveLinkCheck } from '@jaqyn/shared/link-checks/link-check.contract';
import type { FastifyInstance } from 'fastify';
import { actorOf } from '../../http/access.ts';
import { route } from '../../http/route.ts';
import type { LinkCheckService } from './link-check.service.ts';

export function linkCheckRoutes(app: FastifyInstance, { linkChecks }: { linkChecks: LinkCheckService }): void {
  route(app, saveLinkCheck, ['feldsher', 'specialist'], ({ params, body }, request) =>
    linkChecks.save(actorOf(request), params.checkId, body),
  );
  route(app, listLinkChecks, ['feldsher', 'specialist', 'coordinator'], ({ query }, request) =>
    linkChecks.list(actorOf(request), query),
  );
  route(app, listStationLinks, ['coordinator'], (_input, request) => linkChecks.listStations(actorOf(request)));
}
