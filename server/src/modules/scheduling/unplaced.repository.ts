import type { Urgency } from '@jaqyn/shared/consultations/consultation.contract';
import type { RequestId, SpecialtyCode } from '@jaqyn/shared/kernel/ids';
import type { Instant } from '@jaqyn/shared/kernel/time';
import type { UnplacedRequest } from '@jaqyn/shared/scheduling/waitlist.contract';
import { and, eq, inArray } from 'drizzle-orm';
import type { Tx } from '../../db/store.ts';
import { serviceRequestTable } from '../consultations/consultation.table.ts';
import { patientTable } from '../patients/patient.table.ts';
import { stationTable } from '../stations/station.table.ts';
import { organizationRegionTable } from './place.table.ts';
import { shortName } from './short-name.ts';

export interface UnplacedFilter {
  readonly specialty?: SpecialtyCode | undefined;
  readonly region?: string | undefined;
  readonly stationId?: string | undefined;
}

/** Requests with a patient that wait for a time: neither a slot nor a place on the waitlist, by the request's own state. */
export const unplacedRepository = {
  async list(tx: Tx, filter: UnplacedFilter): Promise<{ id: RequestId; urgency: Urgency; askedAt: Instant }[]> {
    const rows = await tx
      .select({
        id: serviceRequestTable.id,
        urgency: serviceRequestTable.urgency,
        askedAt: serviceRequestTable.createdAt,
      })
      .from(serviceRequestTable)
      // Without a patient there is nothing to book.
      .innerJoin(patientTable, eq(patientTable.id, serviceRequestTable.patientId))
      .innerJoin(stationTable, eq(stationTable.id, serviceRequestTable.stationId))
      .leftJoin(organizationRegionTable, eq(organizationRegionTable.organizationId, stationTable.organizationId))
      .where(
        and(
          inArray(serviceRequestTable.status, ['in_triage', 'accepted']),
          filter.specialty === undefined ? undefined : eq(serviceRequestTable.specialty, filter.specialty),
          filter.stationId === undefined ? undefined : eq(serviceRequestTable.stationId, filter.stationId),
          filter.region === undefined ? undefined : eq(organizationRegionTable.region, filter.region),
        ),
      );
    return rows as { id: RequestId; urgency: Urgency; askedAt: Instant }[];
  },

  /** What is shown of them, in no order. */
  async listDetails(
    tx: Tx,
    ids: readonly RequestId[],
  ): Promise<Map<RequestId, Omit<UnplacedRequest, 'treatBy' | 'isOverdue'>>> {
    if (ids.length === 0) return new Map();
    const rows = await tx
      .select({ request: serviceRequestTable, patient: patientTable, station: stationTable })
      .from(serviceRequestTable)
      .innerJoin(patientTable, eq(patientTable.id, serviceRequestTable.patientId))
      .innerJoin(stationTable, eq(stationTable.id, serviceRequestTable.stationId))
      .where(inArray(serviceRequestTable.id, [...ids]));
    return new Map(
      rows.map(({ request, patient, station }) => [
        request.id as RequestId,
        {
          requestId: request.id,
          requestNumber: request.number,
          requestStatus: request.status,
          isPlanned: request.isPlanned,
          urgency: request.urgency,
          specialty: request.specialty,
          reason: request.reason,
          patient: {
            id: patient.id,
            shortName: shortName(patient),
            birthDate: patient.birthDate,
            sex: patient.sex,
          },
          station: {
            id: station.id,
            name: { kk: station.nameKk, ru: station.nameRu, en: station.nameEn },
            phone: station.phone,
          },
          askedAt: request.createdAt,
        } as Omit<UnplacedRequest, 'treatBy' | 'isOverdue'>,
      ]),
    );
  },
};
