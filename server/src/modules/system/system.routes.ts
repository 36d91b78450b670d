import { getHealth } from '@jaqyn/shared/system/system.contract';
import type { FastifyInstance } from 'fastify';
import { route } from '../../http/route.ts';
import type { Metrics } from '../../kernel/metrics.ts';
import type { HealthService } from './health.service.ts';

export function systemRoutes(
  app: FastifyInstance,
  { health, metrics }: { health: HealthService; metrics: Metrics },
): void {
  route(app, getHealth, 'public', async (_input, _request, reply) => {
    const answer = await health.getHealth();
    // A load balancer reads the status, people the body.
    if (answer.status !== 'ok') reply.status(503);
    return answer;
  });

  app.get('/api/metrics', { config: { access: ['admin'] }, schema: { hide: true } }, async (_request, reply) =>
    reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()),
  );
}
