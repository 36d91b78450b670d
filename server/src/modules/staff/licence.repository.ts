import type { LicenceId, OrganizationId, PractitionerId, SpecialtyCode } from '@jaqyn/shared/kernel/ids';
import type { CalendarDate } from '@jaqyn/shared/kernel/time';
import type { Licence } from '@jaqyn/shared/staff/licence.contract';
import type { Practitioner } from '@jaqyn/shared/staff/staff.contract';
import { and, asc, desc, eq, isNull } from 'drizzle-orm';
import type { Tx } from '../../db/store.ts';
import { userTable } from '../auth/user.table.ts';
import { organizationTable } from '../stations/station.table.ts';
import { isLicensedOn, practitionerLicenceTable } from './licence.table.ts';
import { practitionerTable } from './staff.table.ts';

type LicenceRow = typeof practitionerLicenceTable.$inferSelect;

export const licenceRepository = {
  async listPractitioners(tx: Tx): Promise<Practitioner[]> {
    const rows = await tx
      .select({ person: practitionerTable, organization: organizationTable })
      .from(practitionerTable)
      .innerJoin(organizationTable, eq(organizationTable.id, practitionerTable.organizationId))
      .orderBy(asc(practitionerTable.displayName), asc(practitionerTable.id));
    return rows.map(({ person, organization: { nameKk, nameRu, nameEn } }) => ({
      id: person.id as PractitionerId,
      displayName: person.displayName,
      specialty: person.specialty as SpecialtyCode,
      organizationId: person.organizationId as OrganizationId,
      organizationName: { kk: nameKk, ru: nameRu, en: nameEn },
    }));
  },

  /** The one that ends last first; of everybody without a practitioner. */
  async list(tx: Tx, practitionerId?: PractitionerId): Promise<(Licence & { practitionerId: PractitionerId })[]> {
    const rows = await tx
      .select({ licence: practitionerLicenceTable, enteredByName: userTable.displayName })
      .from(practitionerLicenceTable)
      .innerJoin(userTable, eq(userTable.id, practitionerLicenceTable.enteredBy))
      .where(practitionerId === undefined ? undefined : eq(practitionerLicenceTable.practitionerId, practitionerId))
      .orderBy(desc(practitionerLicenceTable.validTo), desc(practitionerLicenceTable.id));
    return rows.map(({ licence, enteredByName }) => ({
      practitionerId: licence.practitionerId as PractitionerId,
      id: licence.id as LicenceId,
      number: licence.number,
      issuer: licence.issuer,
      validFrom: licence.validFrom as CalendarDate,
      validTo: licence.validTo as CalendarDate,
      enteredAt: licence.enteredAt as Licence['enteredAt'],
      enteredByName,
      withdrawnFrom: licence.withdrawnFrom as CalendarDate | null,
      withdrawReason: licence.withdrawReason,
    }));
  },

  async find(tx: Tx, id: LicenceId): Promise<LicenceRow | undefined> {
    const [row] = await tx.select().from(practitionerLicenceTable).where(eq(practitionerLicenceTable.id, id));
    return row;
  },

  /** False when licences were entered and none of them holds on this day. */
  async isLicensed(tx: Tx, id: PractitionerId, day: CalendarDate): Promise<boolean> {
    const rows = await tx
      .select({ id: practitionerTable.id })
      .from(practitionerTable)
      .where(and(eq(practitionerTable.id, id), isLicensedOn(day)));
    return rows.length > 0;
  },

  async insert(tx: Tx, row: typeof practitionerLicenceTable.$inferInsert): Promise<void> {
    await tx.insert(practitionerLicenceTable).values(row);
  },

  /** False when it was withdrawn already. */
  async withdraw(
    tx: Tx,
    id: LicenceId,
    change: Pick<LicenceRow, 'withdrawnFrom' | 'withdrawReason' | 'withdrawnAt' | 'withdrawnBy'>,
  ): Promise<boolean> {
    const { changes } = await tx
      .update(practitionerLicenceTable)
      .set(change)
      .where(and(eq(practitionerLicenceTable.id, id), isNull(practitionerLicenceTable.withdrawnAt)));
    return changes === 1;
  },
};
