import { addLicence, listLicences, withdrawLicence } from '@jaqyn/shared/staff/licence.contract';
import {
  getMyAvailability,
  listOnCallShifts,
  listSpecialties,
  setMyAvailability,
} from '@jaqyn/shared/staff/staff.contract';
import type { FastifyInstance } from 'fastify';
import { actorOf } from '../../http/access.ts';
import { route } from '../../http/route.ts';
import type { LicenceService } from './licence.service.ts';
import type { StaffService } from './staff.service.ts';

interface Services {
  readonly staff: StaffService;
  readonly licences: LicenceService;
}

export function staffRoutes(app: FastifyInstance, { staff, licences }: Services): void {
  route(app, listSpecialties, 'signed_in', async () => ({ specialties: await staff.listSpecialties() }));

  route(app, listOnCallShifts, ['specialist', 'coordinator', 'admin'], async ({ query }) => ({
    shifts: await staff.listShifts(query.from, query.to),
  }));

  route(app, getMyAvailability, ['specialist'], async (_input, request) => staff.getAvailability(actorOf(request)));

  route(app, setMyAvailability, ['specialist'], async ({ body }, request) =>
    staff.setAvailability(actorOf(request), body.isAvailable),
  );

  route(app, listLicences, ['admin'], async ({ query }) => licences.list(query));
  route(app, addLicence, ['admin'], async ({ params, body }, request) =>
    licences.add(actorOf(request), params.practitionerId, params.licenceId, body),
  );
  route(app, withdrawLicence, ['admin'], async ({ params, body }, request) =>
    licences.withdraw(actorOf(request), params.practitionerId, params.licenceId, body),
  );
}
