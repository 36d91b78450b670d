import * as contract from '@jaqyn/shared/consultations/conclusion-template.contract';
import type { FastifyInstance } from 'fastify';
import { actorOf } from '../../http/access.ts';
import { route } from '../../http/route.ts';
import type { ConclusionTemplateService } from './conclusion-template.service.ts';

export function conclusionTemplateRoutes(
  app: FastifyInstance,
  { templates }: { templates: ConclusionTemplateService },
): void {
  route(app, contract.listConclusionTemplates, ['specialist', 'coordinator', 'admin'], async ({ query }, request) => ({
    templates: await templates.list(actorOf(request), query.specialty),
  }));
  route(app, contract.listTemplateVersions, ['specialist', 'coordinator', 'admin'], async ({ params }, request) => ({
    versions: await templates.listVersions(actorOf(request), params.templateId),
  }));
  route(
    app,
    contract.saveConclusionTemplate,
    ['specialist', 'coordinator', 'admin'],
    async ({ params, body }, request) => templates.save(actorOf(request), params.templateId, body),
  );
}
