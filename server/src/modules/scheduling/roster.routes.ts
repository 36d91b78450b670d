import {
  endTemplate,
  getRoster,
  previewClosure,
  previewEnd,
  previewTemplate,
  previewWithdrawal,
  saveClosure,
  saveExtra,
  saveTemplate,
  withdrawException,
} from '@jaqyn/shared/scheduling/roster.contract';
import { MAX_IMPORT_BYTES } from '@jaqyn/shared/scheduling/roster-csv';
import { applyImport, previewImport } from '@jaqyn/shared/scheduling/roster-import.contract';
import type { FastifyInstance } from 'fastify';
import { actorOf } from '../../http/access.ts';
import { route } from '../../http/route.ts';
import type { Scheduling } from './scheduling.ts';

/** A file of that size, with its line ends and quotes written as JSON. */
const IMPORT_BODY = { bodyLimit: MAX_IMPORT_BYTES + 1024 * 1024 };

/** Templates, leaves, substitutions, extra work, and their import. */
export function rosterRoutes(app: FastifyInstance, { rosters, rosterExceptions, rosterImports }: Scheduling): void {
  route(app, getRoster, ['coordinator', 'admin', 'specialist'], async ({ params, query }, request) =>
    rosters.getRoster(actorOf(request), params.practitionerId, query),
  );
  route(app, previewTemplate, ['coordinator'], async ({ params, body }, request) =>
    rosters.previewTemplate(actorOf(request), params.practitionerId, body),
  );
  route(app, saveTemplate, ['coordinator'], async ({ params, body }, request) =>
    rosters.saveTemplate(actorOf(request), params.practitionerId, body),
  );
  route(app, endTemplate, ['coordinator'], async ({ params, body }, request) =>
    rosters.endTemplate(actorOf(request), params.practitionerId, params.templateId, body),
  );
  route(app, previewEnd, ['coordinator'], async ({ params, body }, request) =>
    rosters.previewEnd(actorOf(request), params.practitionerId, params.templateId, body),
  );

  route(app, previewClosure, ['coordinator'], async ({ params, body }, request) =>
    rosterExceptions.previewClosure(actorOf(request), params.practitionerId, body),
  );
  route(app, saveClosure, ['coordinator'], async ({ params, body }, request) =>
    rosterExceptions.saveClosure(actorOf(request), params.practitionerId, body),
  );
  route(app, saveExtra, ['coordinator'], async ({ params, body }, request) =>
    rosterExceptions.saveExtra(actorOf(request), params.practitionerId, body),
  );
  route(app, previewWithdrawal, ['coordinator'], async ({ params }, request) =>
    rosterExceptions.previewWithdrawal(actorOf(request), params.practitionerId, params.exceptionId),
  );
  route(app, withdrawException, ['coordinator'], async ({ params, body }, request) =>
    rosterExceptions.withdraw(actorOf(request), params.practitionerId, params.exceptionId, body),
  );

  route(
    app,
    previewImport,
    ['coordinator'],
    async ({ body }, request) => rosterImports.preview(actorOf(request), body.csv),
    IMPORT_BODY,
  );
  route(
    app,
    applyImport,
    ['coordinator'],
    async ({ body }, request) => rosterImports.apply(actorOf(request), body),
    IMPORT_BODY,
  );
}
