import type { Role } from '@jaqyn/shared/auth/auth.contract';
import {
  type Invitable,
  type Invitation,
  needsConsent,
  PARTICIPANT_TYPES,
  type Participant,
  type ParticipantType,
} from '@jaqyn/shared/consultations/participant.contract';
import type { ParticipantId, RequestId, SpecialtyCode, UserId } from '@jaqyn/shared/kernel/ids';
import { searchKey } from '@jaqyn/shared/kernel/search-key';
import type { Instant } from '@jaqyn/shared/kernel/time';
import { and, asc, count, desc, eq, inArray, isNotNull, isNull, ne, or } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import type { Tx } from '../../db/store.ts';
import { userTable } from '../auth/user.table.ts';
import { appointmentMemberTable, appointmentTable } from '../scheduling/appointment.table.ts';
import { practitionerTable } from '../staff/staff.table.ts';
import { organizationTable, stationTable } from '../stations/station.table.ts';
import { serviceRequestTable } from './consultation.table.ts';
import { participantTable } from './participant.table.ts';

export type ParticipantRow = typeof participantTable.$inferSelect;

const person = alias(userTable, 'person');
const inviter = alias(userTable, 'inviter');
const asker = alias(userTable, 'asker');

/** States of an appointment whose people are expected. */
const EXPECTED = ['booked', 'arrived', 'checked-in', 'fulfilled'] as const;

export const participantRepository = {
  async insert(tx: Tx, row: ParticipantRow): Promise<void> {
    await tx.insert(participantTable).values(row);
  },

  async find(tx: Tx, id: ParticipantId): Promise<ParticipantRow | undefined> {
    const [row] = await tx.select().from(participantTable).where(eq(participantTable.id, id));
    return row;
  },

  /** The part that somebody has now. */
  async findLive(tx: Tx, requestId: RequestId, userId: UserId): Promise<ParticipantRow | undefined> {
    const [row] = await tx
      .select()
      .from(participantTable)
      .where(
        and(
          eq(participantTable.requestId, requestId),
          eq(participantTable.userId, userId),
          isNull(participantTable.removedAt),
        ),
      );
    return row;
  },

  async countLive(tx: Tx, requestId: RequestId): Promise<number> {
    const [row] = await tx
      .select({ rows: count() })
      .from(participantTable)
      .where(and(eq(participantTable.requestId, requestId), isNull(participantTable.removedAt)));
    return row?.rows ?? 0;
  },

  async change(
    tx: Tx,
    id: ParticipantId,
    change: Partial<Pick<ParticipantRow, 'consentBy' | 'consentAt' | 'removedBy' | 'removedAt'>>,
  ): Promise<void> {
    await tx.update(participantTable).set(change).where(eq(participantTable.id, id));
  },

  /** Of those whom the patient agreed to, or was to be asked about. */
  async endAgreed(tx: Tx, requestId: RequestId, at: Instant): Promise<void> {
    await tx
      .update(participantTable)
      .set({ removedAt: at })
      .where(
        and(
          eq(participantTable.requestId, requestId),
          inArray(participantTable.type, PARTICIPANT_TYPES.filter(needsConsent)),
          isNull(participantTable.removedAt),
        ),
      );
  },

  async listLive(tx: Tx, requestId: RequestId): Promise<Participant[]> {
    const rows = await tx
      .select({
        row: participantTable,
        displayName: person.displayName,
        inviter: inviter.displayName,
        asker: asker.displayName,
      })
      .from(participantTable)
      .innerJoin(person, eq(person.id, participantTable.userId))
      .leftJoin(inviter, eq(inviter.id, participantTable.invitedBy))
      .leftJoin(asker, eq(asker.id, participantTable.consentBy))
      .where(and(eq(participantTable.requestId, requestId), isNull(participantTable.removedAt)))
      .orderBy(asc(participantTable.invitedAt), asc(participantTable.id));
    return rows.map(({ row, displayName, inviter: invitedBy, asker: askedBy }) => ({
      id: row.id,
      userId: row.userId,
      displayName,
      type: row.type,
      invitedBy,
      invitedAt: row.invitedAt,
      consent: row.consentAt === null ? null : { askedBy: askedBy ?? '', at: row.consentAt },
    })) as Participant[];
  },

  /** Of requests in one of these states. */
  async listInvitations(
    tx: Tx,
    userId: UserId,
    states: readonly (typeof serviceRequestTable.$inferSelect)['status'][],
  ) {
    const rows = await tx
      .select({
        row: participantTable,
        request: serviceRequestTable,
        station: stationTable,
        specialistName: practitionerTable.displayName,
        inviter: inviter.displayName,
      })
      .from(participantTable)
      .innerJoin(serviceRequestTable, eq(serviceRequestTable.id, participantTable.requestId))
      .innerJoin(stationTable, eq(stationTable.id, serviceRequestTable.stationId))
      .leftJoin(practitionerTable, eq(practitionerTable.id, serviceRequestTable.practitionerId))
      .leftJoin(inviter, eq(inviter.id, participantTable.invitedBy))
      .where(
        and(
          eq(participantTable.userId, userId),
          isNull(participantTable.removedAt),
          inArray(serviceRequestTable.status, [...states]),
        ),
      )
      .orderBy(desc(participantTable.invitedAt))
      .limit(50);
    return rows.map(({ row, request, station, specialistName, inviter: invitedBy }) => ({
      status: request.status,
      invitation: {
        id: row.id,
        requestId: row.requestId,
        number: request.number,
        type: row.type,
        stationName: { kk: station.nameKk, ru: station.nameRu, en: station.nameEn },
        specialistName,
        invitedBy,
        invitedAt: row.invitedAt,
        waitsForConsent: needsConsent(row.type) && row.consentAt === null,
      } as Omit<Invitation, 'isOpen'>,
    }));
  },

  /** Who could have that part: not the station's own people, not the specialist. A further specialist is a specialist. */
  async listInvitable(
    tx: Tx,
    of: {
      readonly stationId: string;
      readonly practitionerId: string | null;
      readonly type: ParticipantType;
      readonly q: string;
    },
    roles: readonly Role[],
  ): Promise<Omit<Invitable, 'isOnline'>[]> {
    const rows = await tx
      .select({
        user: userTable,
        station: stationTable,
        practitioner: practitionerTable,
        organization: organizationTable,
      })
      .from(userTable)
      .leftJoin(stationTable, eq(stationTable.id, userTable.stationId))
      .leftJoin(practitionerTable, eq(practitionerTable.id, userTable.practitionerId))
      .leftJoin(organizationTable, eq(organizationTable.id, practitionerTable.organizationId))
      .where(
        and(
          eq(userTable.isDisabled, false),
          inArray(userTable.role, [...roles]),
          or(isNull(userTable.stationId), ne(userTable.stationId, of.stationId)),
          or(isNull(userTable.practitionerId), ne(userTable.practitionerId, of.practitionerId ?? '')),
          of.type === 'consultant' ? isNotNull(userTable.practitionerId) : undefined,
        ),
      )
      .orderBy(asc(userTable.displayName));
    // SQLite folds only Latin letters.
    const wanted = searchKey(of.q);
    return rows
      .filter(({ user }) => searchKey(user.displayName).includes(wanted))
      .map(({ user, station, practitioner, organization }) => {
        const at = station ?? organization;
        return {
          userId: user.id as UserId,
          displayName: user.displayName,
          role: user.role,
          specialty: (practitioner?.specialty ?? null) as SpecialtyCode | null,
          place: at === null ? null : { kk: at.nameKk, ru: at.nameRu, en: at.nameEn },
        };
      });
  },

  async findUser(tx: Tx, userId: UserId) {
    const [row] = await tx
      .select()
      .from(userTable)
      .where(and(eq(userTable.id, userId), eq(userTable.isDisabled, false)));
    return row;
  },

  /** Users of the specialists whom the appointment of a request names, without those who ever had a part in its call. */
  async listNewMembers(tx: Tx, requestId: RequestId): Promise<{ userId: UserId; practitionerId: string }[]> {
    const appointments = await tx
      .select({ id: appointmentTable.id, lead: appointmentTable.practitionerId })
      .from(appointmentTable)
      .where(and(eq(appointmentTable.requestId, requestId), inArray(appointmentTable.status, [...EXPECTED])));
    if (appointments.length === 0) return [];
    const members = await tx
      .select({ id: appointmentMemberTable.practitionerId })
      .from(appointmentMemberTable)
      .where(
        inArray(
          appointmentMemberTable.appointmentId,
          appointments.map(({ id }) => id),
        ),
      );
    if (members.length === 0) return [];
    const ids = [...members.map(({ id }) => id), ...appointments.flatMap(({ lead }) => lead ?? [])];
    const rows = await tx
      .select({ userId: userTable.id, practitionerId: userTable.practitionerId })
      .from(userTable)
      .where(and(inArray(userTable.practitionerId, ids), eq(userTable.isDisabled, false)))
      .orderBy(asc(userTable.id));
    const known = await tx
      .select({ userId: participantTable.userId })
      .from(participantTable)
      .where(eq(participantTable.requestId, requestId));
    return rows.filter(({ userId }) => !known.some((one) => one.userId === userId)) as {
      userId: UserId;
      practitionerId: string;
    }[];
  },
};
