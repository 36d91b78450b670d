import {
  deleteSpecialDay,
  getStationKit,
  listBookedOnDay,
  listRegions,
  listServices,
  listSpecialDays,
  saveLanguages,
  saveService,
  saveSpecialDay,
  saveStationKit,
} from '@jaqyn/shared/scheduling/service.contract';
import type { FastifyInstance } from 'fastify';
import { actorOf } from '../../http/access.ts';
import { route } from '../../http/route.ts';
import type { Scheduling } from './scheduling.ts';

const KEEPERS = ['coordinator', 'admin'] as const;

/** What is set up once: services, special days, regions, kits, languages. */
export function scheduleSetupRoutes(app: FastifyInstance, { healthcareServices, specialDays, kits }: Scheduling): void {
  route(app, listServices, 'signed_in', async () => ({ services: await healthcareServices.list() }));
  route(app, saveService, KEEPERS, async ({ params, body }, request) =>
    healthcareServices.save(actorOf(request), params.code, body),
  );

  route(app, listSpecialDays, 'signed_in', async ({ query }) => ({
    days: await specialDays.list(query.from, query.to),
  }));
  route(app, saveSpecialDay, KEEPERS, async ({ params, body }, request) =>
    specialDays.save(actorOf(request), params.day, body),
  );
  route(app, listBookedOnDay, KEEPERS, async ({ params, query }, request) =>
    specialDays.listBooked(actorOf(request), params.day, query),
  );
  route(app, deleteSpecialDay, KEEPERS, async ({ params, query }, request) => {
    await specialDays.delete(actorOf(request), params.day, query);
    return { deleted: true as const };
  });

  route(app, listRegions, 'signed_in', async () => ({ regions: await kits.listRegions() }));
  route(app, getStationKit, 'signed_in', async ({ params }, request) =>
    kits.getKit(actorOf(request), params.stationId),
  );
  route(app, saveStationKit, KEEPERS, async ({ params, body }, request) =>
    kits.saveKit(actorOf(request), params.stationId, body),
  );
  route(app, saveLanguages, ['coordinator', 'specialist'], async ({ params, body }, request) => ({
    languages: await kits.saveLanguages(actorOf(request), params.practitionerId, body),
  }));
}
