import { listConsentTexts, saveConsentText } from '@jaqyn/shared/consents/consent.contract';
import type { FastifyInstance } from 'fastify';
import { actorOf } from '../../http/access.ts';
import { route } from '../../http/route.ts';
import type { ConsentService } from './consent.service.ts';

export function consentRoutes(app: FastifyInstance, { consents }: { consents: ConsentService }): void {
  route(app, listConsentTexts, ['feldsher', 'specialist', 'coordinator', 'admin'], async ({ query }, request) => ({
    texts: await consents.listTexts(actorOf(request), query.all),
  }));
  route(app, saveConsentText, ['coordinator', 'admin'], async ({ body }, request) =>
    consents.saveText(actorOf(request), body),
  );
}
