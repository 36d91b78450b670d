import * as duplicate from '@jaqyn/shared/patients/duplicate.contract';
import {
  getPatient,
  registerPatient,
  savePatientSummary,
  searchPatients,
} from '@jaqyn/shared/patients/patient.contract';
import type { FastifyInstance } from 'fastify';
import { actorOf } from '../../http/access.ts';
import { route } from '../../http/route.ts';
import type { DuplicateService } from './duplicate.service.ts';
import type { PatientService } from './patient.service.ts';
import type { PatientMergeService } from './patient-merge.service.ts';

interface Options {
  readonly patients: PatientService;
  readonly duplicates: DuplicateService;
  readonly merges: PatientMergeService;
}

export function patientRoutes(app: FastifyInstance, { patients, duplicates, merges }: Options): void {
  route(app, searchPatients, ['feldsher', 'coordinator'], async ({ query }, request) =>
    patients.searchPatients(actorOf(request), query.q, query.limit),
  );

  route(app, getPatient, ['feldsher', 'specialist', 'coordinator'], async ({ params }, request) =>
    patients.getPatient(actorOf(request), params.patientId),
  );

  route(app, registerPatient, ['feldsher'], async ({ body }, request) =>
    patients.registerPatient(actorOf(request), body),
  );

  route(app, savePatientSummary, ['feldsher'], async ({ params, body }, request) =>
    patients.saveSummary(actorOf(request), params.patientId, body),
  );

  route(app, duplicate.findDuplicates, ['feldsher'], async ({ body }, request) => ({
    duplicates: await duplicates.findLikely(actorOf(request), body),
  }));

  route(app, duplicate.admitPatient, ['feldsher'], async ({ params, body }, request) =>
    duplicates.admit(actorOf(request), params.patientId, body),
  );

  route(app, duplicate.listDuplicatePairs, ['coordinator'], async (_input, request) =>
    duplicates.listPairs(actorOf(request)),
  );

  route(app, duplicate.previewMerge, ['coordinator'], async ({ body }, request) =>
    merges.preview(actorOf(request), body),
  );

  route(app, duplicate.mergePatients, ['coordinator'], async ({ body }, request) =>
    merges.merge(actorOf(request), body),
  );

  route(app, duplicate.listMerges, ['coordinator'], async ({ query }, request) => merges.list(actorOf(request), query));

  route(app, duplicate.undoMerge, ['coordinator'], async ({ params, body }, request) =>
    merges.undo(actorOf(request), params.mergeId, body.reason),
  );
}
