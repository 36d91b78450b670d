import type { AppointmentId, PractitionerId, SpecialtyCode } from '@jaqyn/shared/kernel/ids';
import type { Instant } from '@jaqyn/shared/kernel/time';
import type { BookableMode } from '@jaqyn/shared/scheduling/roster';
import { and, asc, count, eq, inArray, notInArray, sql } from 'drizzle-orm';
import type { Tx } from '../../db/store.ts';
import { stationTable } from '../stations/station.table.ts';
import { appointmentTable, slotOfferTable, waitlistWishTable } from './appointment.table.ts';
import { organizationRegionTable } from './place.table.ts';

export type WishRow = typeof waitlistWishTable.$inferSelect;

/** Who waits, with what was offered to them so far. */
export interface WaitingRow {
  readonly appointment: typeof appointmentTable.$inferSelect;
  /** Null where nobody asked for wishes: booked once, then put back. */
  readonly wish: WishRow | null;
  /** Offers they let pass or run out. */
  readonly declined: number;
}

const declined = sql<number>`(select count(*) from ${slotOfferTable} where ${slotOfferTable.appointmentId} = ${appointmentTable.id} and ${slotOfferTable.outcome} in ('declined', 'expired'))`;

export const waitlistRepository = {
  async saveWish(tx: Tx, row: WishRow): Promise<void> {
    const { appointmentId: _id, since: _since, ...change } = row;
    await tx
      .insert(waitlistWishTable)
      .values(row)
      .onConflictDoUpdate({ target: waitlistWishTable.appointmentId, set: change });
  },

  /** Waiting, or with an offer that waits for its answer; nearest treat-by date first. */
  async list(
    tx: Tx,
    filter: { specialty?: SpecialtyCode | undefined; region?: string | undefined; stationId?: string | undefined },
    limit: number,
  ): Promise<{ rows: WaitingRow[]; total: number }> {
    const condition = and(
      inArray(appointmentTable.status, ['waitlist', 'proposed', 'pending']),
      filter.specialty === undefined ? undefined : eq(appointmentTable.specialty, filter.specialty),
      filter.stationId === undefined ? undefined : eq(appointmentTable.stationId, filter.stationId),
      filter.region === undefined
        ? undefined
        : inArray(
            appointmentTable.stationId,
            tx
              .select({ id: stationTable.id })
              .from(stationTable)
              .innerJoin(
                organizationRegionTable,
                eq(organizationRegionTable.organizationId, stationTable.organizationId),
              )
              .where(eq(organizationRegionTable.region, filter.region)),
          ),
    );
    const rows = await tx
      .select({ appointment: appointmentTable, wish: waitlistWishTable, declined })
      .from(appointmentTable)
      .leftJoin(waitlistWishTable, eq(waitlistWishTable.appointmentId, appointmentTable.id))
      .where(condition)
      .orderBy(asc(appointmentTable.treatBy), asc(appointmentTable.id))
      .limit(limit);
    const [all] = await tx.select({ total: count() }).from(appointmentTable).where(condition);
    return { rows, total: all?.total ?? 0 };
  },

  /** Who could be offered a slot of this specialty: waiting without an offer, nearest treat-by date first. */
  async listCandidates(
    tx: Tx,
    slot: { specialty: SpecialtyCode; mode: BookableMode; practitionerId: PractitionerId; startsAt: Instant },
    options: { limit: number; skipDeclined: boolean },
  ): Promise<(WaitingRow & { hasDeclinedThis: boolean })[]> {
    const refusedThis = tx
      .select({ id: slotOfferTable.appointmentId })
      .from(slotOfferTable)
      .where(
        and(
          eq(slotOfferTable.practitionerId, slot.practitionerId),
          eq(slotOfferTable.startsAt, slot.startsAt),
          inArray(slotOfferTable.outcome, ['declined', 'expired']),
        ),
      );
    const rows = await tx
      .select({ appointment: appointmentTable, wish: waitlistWishTable, declined })
      .from(appointmentTable)
      .leftJoin(waitlistWishTable, eq(waitlistWishTable.appointmentId, appointmentTable.id))
      .where(
        and(
          eq(appointmentTable.status, 'waitlist'),
          eq(appointmentTable.specialty, slot.specialty),
          eq(appointmentTable.mode, slot.mode),
          options.skipDeclined ? notInArray(appointmentTable.id, refusedThis) : undefined,
        ),
      )
      .orderBy(asc(appointmentTable.treatBy), asc(appointmentTable.id))
      .limit(options.limit);
    const refused = new Set((await refusedThis).map(({ id }) => id));
    return rows.map((row) => ({ ...row, hasDeclinedThis: refused.has(row.appointment.id) }));
  },

  async insertOffer(
    tx: Tx,
    row: {
      id: string;
      appointmentId: AppointmentId;
      practitionerId: PractitionerId;
      startsAt: Instant;
      offeredAt: Instant;
      expiresAt: Instant;
    },
  ): Promise<void> {
    await tx.insert(slotOfferTable).values({ ...row, outcome: 'open' });
  },
};
