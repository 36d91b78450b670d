import type { ServiceCode, SpecialtyCode } from '@jaqyn/shared/kernel/ids';
import type { CalendarDate } from '@jaqyn/shared/kernel/time';
import type { Equipment } from '@jaqyn/shared/scheduling/equipment';
import type { HealthcareService } from '@jaqyn/shared/scheduling/service.contract';
import { asc, eq, sql } from 'drizzle-orm';
import type { Tx } from '../../db/store.ts';
import { prepared } from '../../db/unit-client.ts';
import { healthcareServiceTable } from './healthcare-service.table.ts';

type ServiceRow = typeof healthcareServiceTable.$inferSelect;

const byCode = prepared((tx) =>
  tx
    .select()
    .from(healthcareServiceTable)
    .where(eq(healthcareServiceTable.code, sql.placeholder('code')))
    .prepare(),
);

export const healthcareServiceRepository = {
  async list(tx: Tx): Promise<HealthcareService[]> {
    const rows = await tx
      .select()
      .from(healthcareServiceTable)
      .orderBy(asc(healthcareServiceTable.specialty), asc(healthcareServiceTable.code));
    return rows.map(toService);
  },

  async find(tx: Tx, code: ServiceCode): Promise<HealthcareService | undefined> {
    const [row] = await byCode(tx).all({ code });
    return row && toService(row);
  },

  async save(tx: Tx, service: HealthcareService): Promise<void> {
    const { name, requiredEquipment, ...rest } = service;
    const row: ServiceRow = {
      ...rest,
      nameKk: name.kk,
      nameRu: name.ru,
      nameEn: name.en,
      requiredEquipment: JSON.stringify(requiredEquipment),
    };
    const { code: _code, ...change } = row;
    await tx
      .insert(healthcareServiceTable)
      .values(row)
      .onConflictDoUpdate({ target: healthcareServiceTable.code, set: change });
  },
};

function toService({ nameKk, nameRu, nameEn, ...row }: ServiceRow): HealthcareService {
  return {
    ...row,
    code: row.code as ServiceCode,
    specialty: row.specialty as SpecialtyCode,
    name: { kk: nameKk, ru: nameRu, en: nameEn },
    requiredEquipment: JSON.parse(row.requiredEquipment) as Equipment[],
    retiredFrom: row.retiredFrom as CalendarDate | null,
  };
}
