import { getEvidence } from '@jaqyn/shared/evidence/evidence.contract';
import { listEvidenceLimits, saveEvidenceLimits } from '@jaqyn/shared/evidence/evidence-limit.contract';
import { confirmAsPatient, getPatientConfirmation } from '@jaqyn/shared/evidence/patient-confirmation.contract';
import type { FastifyInstance } from 'fastify';
import { actorOf } from '../../http/access.ts';
import { route } from '../../http/route.ts';
import type { EvidenceService } from './evidence.service.ts';
import type { EvidenceLimitService } from './evidence-limit.service.ts';
import type { PatientConfirmationService } from './patient-confirmation.service.ts';

interface Services {
  readonly evidence: EvidenceService;
  readonly evidenceLimits: EvidenceLimitService;
  readonly confirmations: PatientConfirmationService;
}

export function evidenceRoutes(app: FastifyInstance, { evidence, evidenceLimits, confirmations }: Services): void {
  route(app, getEvidence, ['specialist', 'coordinator', 'admin'], async ({ params }, request) =>
    evidence.getEvidence(actorOf(request), params.requestId),
  );
  route(app, getPatientConfirmation, ['feldsher', 'specialist', 'coordinator'], async ({ params }, request) => ({
    confirmation: await confirmations.find(actorOf(request), params.requestId),
  }));
  route(app, confirmAsPatient, ['feldsher'], async ({ params, body }, request) =>
    confirmations.record(actorOf(request), params.requestId, params.confirmationId, body),
  );
  route(app, listEvidenceLimits, ['admin'], async () => evidenceLimits.list());
  route(app, saveEvidenceLimits, ['admin'], async ({ params, body }, request) =>
    evidenceLimits.save(actorOf(request), params.limitId, body),
  );
}
