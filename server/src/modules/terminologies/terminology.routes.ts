import { MAX_CODE_LIST_BYTES } from '@jaqyn/shared/terminologies/code-list-csv';
import * as contract from '@jaqyn/shared/terminologies/terminology.contract';
import type { FastifyInstance } from 'fastify';
import { actorOf } from '../../http/access.ts';
import { route } from '../../http/route.ts';
import type { CodeListService } from './code-list.service.ts';
import type { TerminologyService } from './terminology.service.ts';

const FILE_BODY = { bodyLimit: MAX_CODE_LIST_BYTES + 1024 * 1024 };

export function terminologyRoutes(
  app: FastifyInstance,
  { terminologies, codeLists }: { terminologies: TerminologyService; codeLists: CodeListService },
): void {
  route(
    app,
    contract.searchConcepts,
    ['feldsher', 'specialist', 'coordinator', 'admin'],
    async ({ query }, request) => ({
      concepts: await terminologies.search(actorOf(request), query.q, query.specialty),
    }),
  );
  route(app, contract.getConcept, 'signed_in', async ({ params }) => terminologies.getConcept(params.code));
  route(app, contract.getCodeList, ['admin'], async () => codeLists.getCodeList());
  route(app, contract.previewCodeList, ['admin'], async ({ body }) => codeLists.preview(body), FILE_BODY);
  route(
    app,
    contract.applyCodeList,
    ['admin'],
    async ({ body }, request) => codeLists.apply(actorOf(request), body),
    FILE_BODY,
  );
}
