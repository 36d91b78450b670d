import { listLinkSamples } from '@jaqyn/shared/link-samples/link-sample.contract';
import type { FastifyInstance } from 'fastify';
import { actorOf } from '../../http/access.ts';
import { route } from '../../http/route.ts';
import type { LinkSampleService } from './link-sample.service.ts';

export function linkSampleRoutes(app: FastifyInstance, { linkSamples }: { linkSamples: LinkSampleService }): void {
  route(app, listLinkSamples, ['feldsher', 'specialist', 'coordinator'], ({ params }, request) =>
    linkSamples.list(actorOf(request), params.requestId),
  );
}
