import { getPatient, registerPatient, searchPatients } from '@jaqyn/shared/patients/patient.contract';
import type { FastifyInstance } from 'fastify';
import { actorOf } from '../../http/access.ts';
import { route } from '../../http/route.ts';
import type { PatientService } from './patient.service.ts';

export function patientRoutes(app: FastifyInstance, { patients }: { patients: PatientService }): void {
  route(app, searchPatients, ['feldsher', 'coordinator'], async ({ query }, request) => ({
    patients: await patients.searchPatients(actorOf(request), query.q, query.limit),
  }));

  route(app, getPatient, ['feldsher', 'specialist', 'coordinator'], async ({ params }, request) =>
    patients.getPatient(actorOf(request), params.patientId),
  );

  route(app, registerPatient, ['feldsher'], async ({ body }, request) =>
    patients.registerPatient(actorOf(request), body),
  );
}
