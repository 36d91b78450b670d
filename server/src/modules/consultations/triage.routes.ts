import * as contract from '@jaqyn/shared/consultations/triage.contract';
import * as limitContract from '@jaqyn/shared/consultations/waiting-limit.contract';
import type { FastifyInstance } from 'fastify';
import { actorOf } from '../../http/access.ts';
import { route } from '../../http/route.ts';
import type { TriageService } from './triage.service.ts';
import type { WaitingLimitService } from './waiting-limit.service.ts';

interface Options {
  readonly triage: TriageService;
  readonly limits: WaitingLimitService;
}

const SORTING = ['specialist', 'coordinator'] as const;

export function triageRoutes(app: FastifyInstance, { triage, limits }: Options): void {
  route(app, contract.listTriageCandidates, SORTING, async ({ params }, request) => ({
    candidates: await triage.listCandidates(actorOf(request), params.requestId),
  }));
  route(app, contract.acceptInTriage, SORTING, async ({ params, body }, request) =>
    triage.accept(actorOf(request), params.requestId, body),
  );
  route(app, contract.askStation, SORTING, async ({ params, body }, request) =>
    triage.ask(actorOf(request), params.requestId, body),
  );
  route(app, contract.answerStationQuestion, ['feldsher'], async ({ params, body }, request) =>
    triage.answer(actorOf(request), params.requestId, params.questionId, body),
  );
  route(app, contract.declineInTriage, SORTING, async ({ params, body }, request) =>
    triage.decline(actorOf(request), params.requestId, body),
  );
  route(app, contract.redirectInTriage, SORTING, async ({ params, body }, request) =>
    triage.redirect(actorOf(request), params.requestId, body),
  );
  route(app, contract.undoTriage, SORTING, async ({ params }, request) =>
    triage.undo(actorOf(request), params.requestId),
  );
  route(app, contract.turnConsultation, ['feldsher', ...SORTING], async ({ params, body }, request) =>
    triage.turn(actorOf(request), params.requestId, body),
  );

  route(app, limitContract.listWaitingLimits, ['coordinator', 'admin'], async () => limits.list());
  route(app, limitContract.saveWaitingLimits, ['coordinator', 'admin'], async ({ params, body }, request) =>
    limits.save(actorOf(request), params.limitId, body),
  );
}
