import { getEvidence } from '@jaqyn/shared/evidence/evidence.contract';
import type { FastifyInstance } from 'fastify';
import { actorOf } from '../../http/access.ts';
import { route } from '../../http/route.ts';
import type { EvidenceService } from './evidence.service.ts';

export function evidenceRoutes(app: FastifyInstance, { evidence }: { evidence: EvidenceService }): void {
  route(app, getEvidence, ['specialist', 'coordinator', 'admin'], async ({ params }, request) =>
    evidence.getEvidence(actorOf(request), params.requestId),
  );
}
