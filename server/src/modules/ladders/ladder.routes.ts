import * as contract from '@jaqyn/shared/ladders/ladder.contract';
import type { FastifyInstance } from 'fastify';
import { actorOf } from '../../http/access.ts';
import { route } from '../../http/route.ts';
import type { LadderService } from './ladder.service.ts';

export function ladderRoutes(app: FastifyInstance, { ladders }: { ladders: LadderService }): void {
  route(app, contract.listLadders, ['coordinator', 'admin'], async (_input, request) => ladders.list(actorOf(request)));
  route(app, contract.previewLadder, ['coordinator', 'admin'], async ({ body }) => ({
    rungs: await ladders.preview(body),
  }));
  route(app, contract.saveLadder, ['coordinator', 'admin'], async ({ params, body }, request) =>
    ladders.save(actorOf(request), params.ladderId, body),
  );
}
