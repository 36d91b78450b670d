import { listConsents, recordConsent } from '@jaqyn/shared/consents/consent.contract';
import { listPatientObservations, saveRequestCard } from '@jaqyn/shared/consultations/consultation.contract';
import { previewProtocol } from '@jaqyn/shared/protocols/protocol.contract';
import type { FastifyInstance } from 'fastify';
import { actorOf } from '../../http/access.ts';
import { route } from '../../http/route.ts';
import type { PatientRequestsService } from './patient-requests.service.ts';
import type { RequestCardService } from './request-card.service.ts';

interface Options {
  readonly cards: RequestCardService;
  readonly patientRequests: PatientRequestsService;
}

export function requestCardRoutes(app: FastifyInstance, { cards, patientRequests }: Options): void {
  route(app, saveRequestCard, ['feldsher'], async ({ params, body }, request) =>
    cards.save(actorOf(request), params.requestId, body),
  );
  route(app, listConsents, ['feldsher', 'specialist', 'coordinator'], async ({ params }, request) => ({
    consents: await cards.listConsents(actorOf(request), params.requestId),
  }));
  route(app, recordConsent, ['feldsher'], async ({ params, body }, request) =>
    cards.recordConsent(actorOf(request), params.requestId, body),
  );
  route(app, listPatientObservations, ['feldsher', 'specialist', 'coordinator'], async ({ params }, request) =>
    patientRequests.listObservations(actorOf(request), params.patientId),
  );
  route(app, previewProtocol, ['coordinator', 'admin'], async ({ body }) => ({
    requests: await cards.preview(body.code, body.content),
  }));
}
