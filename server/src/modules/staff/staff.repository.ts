import type { PractitionerId, SpecialtyCode, UserId } from '@jaqyn/shared/kernel/ids';
import { type Instant, localDate } from '@jaqyn/shared/kernel/time';
import type { OnCallShift, Specialty } from '@jaqyn/shared/staff/staff.contract';
import { and, asc, desc, eq, gt, inArray, lt, lte } from 'drizzle-orm';
import type { Tx } from '../../db/store.ts';
import { userTable } from '../auth/user.table.ts';
import { serviceRequestTable } from '../consultations/consultation.table.ts';
import { isLicensedOn } from './licence.table.ts';
import { onCallShiftTable, practitionerTable, specialtyTable } from './staff.table.ts';

/** One device-owner to ring: a practitioner on call now, with the user who signs in as them. */
export interface OnCallPractitioner {
  readonly practitionerId: PractitionerId;
  readonly userId: UserId;
  readonly displayName: string;
  readonly specialty: SpecialtyCode;
  readonly rank: number;
}

export const staffRepository = {
  async listSpecialties(tx: Tx): Promise<Pick<Specialty, 'code' | 'name'>[]> {
    const rows = await tx.select().from(specialtyTable).orderBy(asc(specialtyTable.position));
    return rows.map((row) => ({
      code: row.code as SpecialtyCode,
      name: { kk: row.nameKk, ru: row.nameRu, en: row.nameEn },
    }));
  },

  async hasSpecialty(tx: Tx, code: SpecialtyCode): Promise<boolean> {
    const rows = await tx
      .select({ code: specialtyTable.code })
      .from(specialtyTable)
      .where(eq(specialtyTable.code, code));
    return rows.length > 0;
  },

  /** On call at `at`, licensed, switched on, with a user who is not disabled; lowest rank first, each once however shifts overlap. */
  async listOnCall(tx: Tx, at: Instant, specialty?: SpecialtyCode): Promise<OnCallPractitioner[]> {
    const rows = await tx
      .select({
        practitionerId: practitionerTable.id,
        userId: userTable.id,
        displayName: practitionerTable.displayName,
        specialty: onCallShiftTable.specialty,
        rank: onCallShiftTable.rank,
      })
      .from(onCallShiftTable)
      .innerJoin(practitionerTable, eq(practitionerTable.id, onCallShiftTable.practitionerId))
      .innerJoin(userTable, eq(userTable.practitionerId, practitionerTable.id))
      .where(
        and(
          specialty === undefined ? undefined : eq(onCallShiftTable.specialty, specialty),
          lte(onCallShiftTable.startsAt, at),
          gt(onCallShiftTable.endsAt, at),
          eq(practitionerTable.isAvailable, true),
          eq(userTable.isDisabled, false),
          isLicensedOn(localDate(at)),
        ),
      )
      .orderBy(asc(onCallShiftTable.rank), asc(practitionerTable.displayName));
    const seen = new Set<string>();
    return (rows as OnCallPractitioner[]).filter(({ userId, specialty }) => {
      const key = `${userId} ${specialty}`;
      const isFirst = !seen.has(key);
      seen.add(key);
      return isFirst;
    });
  },

  /** Practitioners who are in a call at this moment. */
  async listInCall(tx: Tx): Promise<Set<PractitionerId>> {
    const rows = await tx
      .select({ id: serviceRequestTable.practitionerId })
      .from(serviceRequestTable)
      .where(eq(serviceRequestTable.status, 'in_call'));
    return new Set(rows.map((row) => row.id as PractitionerId));
  },

  async listShifts(tx: Tx, from: Instant, to: Instant): Promise<OnCallShift[]> {
    const rows = await tx
      .select({
        practitionerId: practitionerTable.id,
        displayName: practitionerTable.displayName,
        specialty: onCallShiftTable.specialty,
        startsAt: onCallShiftTable.startsAt,
        endsAt: onCallShiftTable.endsAt,
        rank: onCallShiftTable.rank,
      })
      .from(onCallShiftTable)
      .innerJoin(practitionerTable, eq(practitionerTable.id, onCallShiftTable.practitionerId))
      .where(and(lt(onCallShiftTable.startsAt, to), gt(onCallShiftTable.endsAt, from)))
      .orderBy(asc(onCallShiftTable.startsAt), asc(onCallShiftTable.rank));
    return rows as OnCallShift[];
  },

  async findAvailability(tx: Tx, id: PractitionerId, at: Instant) {
    const [practitioner] = await tx.select().from(practitionerTable).where(eq(practitionerTable.id, id));
    if (practitioner === undefined) return undefined;
    const [shift] = await tx
      .select({ endsAt: onCallShiftTable.endsAt })
      .from(onCallShiftTable)
      .where(
        and(
          eq(onCallShiftTable.practitionerId, id),
          lte(onCallShiftTable.startsAt, at),
          gt(onCallShiftTable.endsAt, at),
        ),
      )
      .orderBy(desc(onCallShiftTable.endsAt))
      .limit(1);
    return { isAvailable: practitioner.isAvailable, onCallUntil: (shift?.endsAt ?? null) as Instant | null };
  },

  async setAvailable(tx: Tx, id: PractitionerId, isAvailable: boolean): Promise<void> {
    await tx.update(practitionerTable).set({ isAvailable }).where(eq(practitionerTable.id, id));
  },

  /** Takes shifts of a practitioner away by their start. */
  async removeShifts(tx: Tx, id: PractitionerId, starts: readonly Instant[]): Promise<void> {
    for (let first = 0; first < starts.length; first += 500) {
      await tx
        .delete(onCallShiftTable)
        .where(
          and(
            eq(onCallShiftTable.practitionerId, id),
            inArray(onCallShiftTable.startsAt, [...starts.slice(first, first + 500)]),
          ),
        );
    }
  },

  /** A shift that begins when another of the same practitioner does is there already. */
  async addShifts(tx: Tx, shifts: readonly Omit<OnCallShift, 'displayName'>[]): Promise<void> {
    for (let first = 0; first < shifts.length; first += 500) {
      await tx
        .insert(onCallShiftTable)
        .values(shifts.slice(first, first + 500))
        .onConflictDoNothing();
    }
  },
};
