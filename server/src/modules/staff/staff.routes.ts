import {
  getMyAvailability,
  listOnCallShifts,
  listSpecialties,
  setMyAvailability,
} from '@jaqyn/shared/staff/staff.contract';
import type { FastifyInstance } from 'fastify';
import { actorOf } from '../../http/access.ts';
import { route } from '../../http/route.ts';
import type { StaffService } from './staff.service.ts';

export function staffRoutes(app: FastifyInstance, { staff }: { staff: StaffService }): void {
  route(app, listSpecialties, 'signed_in', async () => ({ specialties: await staff.listSpecialties() }));

  route(app, listOnCallShifts, ['specialist', 'coordinator', 'admin'], async ({ query }) => ({
    shifts: await staff.listShifts(query.from, query.to),
  }));

  route(app, getMyAvailability, ['specialist'], async (_input, request) => staff.getAvailability(actorOf(request)));

  route(app, setMyAvailability, ['specialist'], async ({ body }, request) =>
    staff.setAvailability(actorOf(request), body.isAvailable),
  );
}
