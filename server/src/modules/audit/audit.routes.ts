import { listAuditEntries } from '@jaqyn/shared/audit/audit.contract';
import type { FastifyInstance } from 'fastify';
import { actorOf } from '../../http/access.ts';
import { route } from '../../http/route.ts';
import type { AuditReadingService } from './audit-reading.service.ts';

export function auditRoutes(app: FastifyInstance, { audit }: { audit: AuditReadingService }): void {
  route(app, listAuditEntries, ['admin'], async ({ query }, request) => audit.list(actorOf(request), query));
}
