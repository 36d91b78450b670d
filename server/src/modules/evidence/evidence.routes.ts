import { getEvidence } from '@jaqyn/shared/evidence/evidence.contract';
import { listEvidenceLimits, saveEvidenceLimits } from '@jaqyn/shared/evidence/evidence-limit.contract';
import type { FastifyInstance } from 'fastify';
import { actorOf } from '../../http/access.ts';
import { route } from '../../http/route.ts';
import type { EvidenceService } from './evidence.service.ts';
import type { EvidenceLimitService } from './evidence-limit.service.ts';

interface Services {
  readonly evidence: EvidenceService;
  readonly evidenceLimits: EvidenceLimitService;
}

export function evidenceRoutes(app: FastifyInstance, { evidence, evidenceLimits }: Services): void {
  route(app, getEvidence, ['specialist', 'coordinator', 'admin'], async ({ params }, request) =>
    evidence.getEvidence(actorOf(request), params.requestId),
  );
  route(app, listEvidenceLimits, ['admin'], async () => evidenceLimits.list());
  route(app, saveEvidenceLimits, ['admin'], async ({ params, body }, request) =>
    evidenceLimits.save(actorOf(request), params.limitId, body),
  );
}
