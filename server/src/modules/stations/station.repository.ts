import type { StationId } from '@jaqyn/shared/kernel/ids';
import type { Station } from '@jaqyn/shared/stations/station.contract';
import { asc, eq } from 'drizzle-orm';
import type { Tx } from '../../db/store.ts';
import { stationTable } from './station.table.ts';

type StationRow = typeof stationTable.$inferSelect;

export const stationRepository = {
  async find(tx: Tx, id: StationId): Promise<Station | undefined> {
    const [row] = await tx.select().from(stationTable).where(eq(stationTable.id, id));
    return row && toStation(row);
  },

  async listActive(tx: Tx): Promise<Station[]> {
    const rows = await tx
      .select()
      .from(stationTable)
      .where(eq(stationTable.isActive, true))
      .orderBy(asc(stationTable.oblastKk), asc(stationTable.nameKk));
    return rows.map(toStation);
  },
};

function toStation(row: StationRow): Station {
  return {
    id: row.id,
    organizationId: row.organizationId,
    name: { kk: row.nameKk, ru: row.nameRu, en: row.nameEn },
    oblast: { kk: row.oblastKk, ru: row.oblastRu, en: row.oblastEn },
    district: { kk: row.districtKk, ru: row.districtRu, en: row.districtEn },
    settlement: { kk: row.settlementKk, ru: row.settlementRu, en: row.settlementEn },
    phone: row.phone,
    coordinatorPhone: row.coordinatorPhone,
  } as Station;
}
