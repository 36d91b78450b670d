import type { Instant } from '@jaqyn/shared/kernel/time';
import { and, asc, eq, gte, inArray, lt } from 'drizzle-orm';
import type { Tx } from '../../db/store.ts';
import { stationTable } from '../stations/station.table.ts';
import type { AppointmentRow } from './appointment.repository.ts';
import { appointmentTable } from './appointment.table.ts';
import { organizationRegionTable } from './place.table.ts';

/** What an order about a day concerns. */
export const specialDayRepository = {
  /** What holds a slot in a span, of the stations of an oblast or of all; earliest first. */
  async listBooked(tx: Tx, from: Instant, to: Instant, region: string | undefined): Promise<AppointmentRow[]> {
    const rows = await tx
      .select({ appointment: appointmentTable })
      .from(appointmentTable)
      .innerJoin(stationTable, eq(stationTable.id, appointmentTable.stationId))
      .leftJoin(organizationRegionTable, eq(organizationRegionTable.organizationId, stationTable.organizationId))
      .where(
        and(
          gte(appointmentTable.startsAt, from),
          lt(appointmentTable.startsAt, to),
          inArray(appointmentTable.status, ['proposed', 'pending', 'booked', 'arrived', 'checked-in']),
          region === undefined ? undefined : eq(organizationRegionTable.region, region),
        ),
      )
      .orderBy(asc(appointmentTable.startsAt), asc(appointmentTable.id));
    return rows.map(({ appointment }) => appointment);
  },
};
