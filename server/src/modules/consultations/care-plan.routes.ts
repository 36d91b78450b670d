import {
  acknowledgeConclusion,
  finishCareTask,
  getTeachBack,
  listCareTasks,
  moveCareTask,
  saveTeachBack,
} from '@jaqyn/shared/consultations/care-plan.contract';
import type { FastifyInstance } from 'fastify';
import { actorOf } from '../../http/access.ts';
import { route } from '../../http/route.ts';
import type { CarePlanService } from './care-plan.service.ts';

/** The patient's answers to a conclusion, and what is to be done later. */
export function carePlanRoutes(app: FastifyInstance, { carePlans }: { carePlans: CarePlanService }): void {
  route(app, getTeachBack, ['feldsher', 'specialist', 'coordinator'], async ({ params }, request) =>
    carePlans.getTeachBack(actorOf(request), params.requestId),
  );
  route(app, saveTeachBack, ['feldsher'], async ({ params, body }, request) =>
    carePlans.saveTeachBack(actorOf(request), params.requestId, body),
  );
  route(app, acknowledgeConclusion, ['feldsher'], async ({ params, body }, request) =>
    carePlans.acknowledge(actorOf(request), params.requestId, body),
  );
  route(app, listCareTasks, ['feldsher', 'coordinator'], async ({ query }, request) =>
    carePlans.listTasks(actorOf(request), query),
  );
  route(app, finishCareTask, ['feldsher', 'coordinator'], async ({ params, body }, request) =>
    carePlans.finish(actorOf(request), params.taskId, body),
  );
  route(app, moveCareTask, ['feldsher', 'coordinator'], async ({ params, body }, request) =>
    carePlans.move(actorOf(request), params.taskId, body),
  );
}
