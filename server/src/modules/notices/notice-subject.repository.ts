import type { LocalText } from '@jaqyn/shared/auth/auth.contract';
import type { AppointmentId, PractitionerId, RequestId, SpecialtyCode, UserId } from '@jaqyn/shared/kernel/ids';
import type { Instant } from '@jaqyn/shared/kernel/time';
import type { NoticeParameters } from '@jaqyn/shared/notices/notice.contract';
import { and, eq, isNull } from 'drizzle-orm';
import type { Tx } from '../../db/store.ts';
import { serviceRequestTable } from '../consultations/consultation.table.ts';
import { participantTable } from '../consultations/participant.table.ts';
import { appointmentMemberTable, appointmentTable } from '../scheduling/appointment.table.ts';
import { organizationRegionTable } from '../scheduling/place.table.ts';
import { practitionerTable, specialtyTable } from '../staff/staff.table.ts';
import { stationTable } from '../stations/station.table.ts';

/** What the words of a notice are made with, and who belongs to it. */
export interface Subject {
  readonly parameters: Omit<NoticeParameters, 'minutes'>;
  readonly stationId: string;
  readonly region: string | null;
  readonly practitionerIds: readonly PractitionerId[];
}

export interface AppointmentFacts extends Subject {
  readonly id: AppointmentId;
  readonly status: string;
  readonly version: number;
  readonly treatBy: Instant;
}

/** What a notice is about, as it is now. */
export const subjectRepository = {
  async findRequest(tx: Tx, id: RequestId): Promise<(Subject & { status: string }) | undefined> {
    const [row] = await tx
      .select({
        request: serviceRequestTable,
        specialty: specialtyTable,
        station: stationTable,
        region: organizationRegionTable.region,
        practitionerName: practitionerTable.displayName,
      })
      .from(serviceRequestTable)
      .innerJoin(stationTable, eq(stationTable.id, serviceRequestTable.stationId))
      .innerJoin(specialtyTable, eq(specialtyTable.code, serviceRequestTable.specialty))
      .leftJoin(organizationRegionTable, eq(organizationRegionTable.organizationId, stationTable.organizationId))
      .leftJoin(practitionerTable, eq(practitionerTable.id, serviceRequestTable.practitionerId))
      .where(eq(serviceRequestTable.id, id));
    if (row === undefined) return undefined;
    const { request, specialty, station, region, practitionerName } = row;
    return {
      status: request.status,
      stationId: request.stationId,
      region,
      practitionerIds: request.practitionerId === null ? [] : [request.practitionerId as PractitionerId],
      parameters: {
        requestId: request.id as RequestId,
        requestNumber: request.number,
        appointmentId: null,
        specialty: request.specialty as SpecialtyCode,
        specialtyName: nameOf(specialty),
        stationName: nameOf(station),
        startsAt: null,
        practitionerName,
      },
    };
  },

  /** Whether they still have a part in its call. */
  async isAskedIn(tx: Tx, requestId: RequestId, userId: UserId): Promise<boolean> {
    const [row] = await tx
      .select({ id: participantTable.id })
      .from(participantTable)
      .where(
        and(
          eq(participantTable.requestId, requestId),
          eq(participantTable.userId, userId),
          isNull(participantTable.removedAt),
        ),
      );
    return row !== undefined;
  },

  async findAppointment(tx: Tx, id: AppointmentId): Promise<AppointmentFacts | undefined> {
    const [row] = await tx
      .select({ appointment: appointmentTable, practitionerName: practitionerTable.displayName })
      .from(appointmentTable)
      .leftJoin(practitionerTable, eq(practitionerTable.id, appointmentTable.practitionerId))
      .where(eq(appointmentTable.id, id));
    if (row === undefined) return undefined;
    const { appointment, practitionerName } = row;
    const subject = await this.findRequest(tx, appointment.requestId as RequestId);
    if (subject === undefined) return undefined;
    const members = await tx
      .select({ id: appointmentMemberTable.practitionerId })
      .from(appointmentMemberTable)
      .where(eq(appointmentMemberTable.appointmentId, id));
    const lead = appointment.practitionerId === null ? [] : [appointment.practitionerId];
    return {
      ...subject,
      id,
      status: appointment.status,
      version: appointment.version,
      treatBy: appointment.treatBy as Instant,
      practitionerIds: [...lead, ...members.map(({ id }) => id)] as PractitionerId[],
      parameters: {
        ...subject.parameters,
        appointmentId: id,
        startsAt: appointment.startsAt as Instant | null,
        practitionerName,
      },
    };
  },
};

function nameOf({ nameKk, nameRu, nameEn }: { nameKk: string; nameRu: string; nameEn: string }): LocalText {
  return { kk: nameKk, ru: nameRu, en: nameEn };
}
