import type { PractitionerId, RosterEntryId, ServiceCode } from '@jaqyn/shared/kernel/ids';
import type { CalendarDate, Instant } from '@jaqyn/shared/kernel/time';
import type { DayOrder } from '@jaqyn/shared/scheduling/holidays';
import { fromMinute, type Span, toMinute } from '@jaqyn/shared/scheduling/local-day';
import type { Closure, ExtraSession, Roster, RosterTemplate } from '@jaqyn/shared/scheduling/roster';
import { and, asc, eq, gt, gte, isNull, lt, lte, or, sql } from 'drizzle-orm';
import { isRefusedBy } from '../../db/refusal.ts';
import type { Tx } from '../../db/store.ts';
import { prepared } from '../../db/unit-client.ts';
import { userTable } from '../auth/user.table.ts';
import { rosterExceptionTable, rosterTemplateTable, specialDayTable } from './roster.table.ts';
import { fromBits, toBits } from './weekday-bits.ts';

export type TemplateRow = typeof rosterTemplateTable.$inferSelect;
export type ExceptionRow = typeof rosterExceptionTable.$inferSelect;
export type SpecialDayRow = typeof specialDayTable.$inferSelect;

/** Rows a statement takes; SQLite has 32,766 values for them, a template has 18. */
const ROWS_AT_ONCE = 500;

const ASKED = sql`(select value from json_each(${sql.placeholder('ids')}))`;

const templatesOf = prepared((tx) =>
  tx
    .select()
    .from(rosterTemplateTable)
    .where(
      and(
        sql`${rosterTemplateTable.practitionerId} in ${ASKED}`,
        isNull(rosterTemplateTable.withdrawnAt),
        lte(rosterTemplateTable.validFrom, sql.placeholder('to')),
        or(isNull(rosterTemplateTable.validTo), gte(rosterTemplateTable.validTo, sql.placeholder('from'))),
      ),
    )
    .prepare(),
);

const exceptionsOf = prepared((tx) =>
  tx
    .select()
    .from(rosterExceptionTable)
    .where(
      and(
        sql`${rosterExceptionTable.practitionerId} in ${ASKED}`,
        isNull(rosterExceptionTable.withdrawnAt),
        lt(rosterExceptionTable.startsAt, sql.placeholder('to')),
        gt(rosterExceptionTable.endsAt, sql.placeholder('from')),
      ),
    )
    .prepare(),
);

const orders = prepared((tx) => tx.select().from(specialDayTable).orderBy(asc(specialDayTable.day)).prepare());

export const rosterRepository = {
  /** What makes the days of these specialists within a span; everybody asked for has an entry. */
  async loadRosters(
    tx: Tx,
    practitionerIds: readonly PractitionerId[],
    from: CalendarDate,
    to: CalendarDate,
    span: Span,
  ): Promise<Map<PractitionerId, Roster>> {
    const rosters = new Map(
      practitionerIds.map((id) => [
        id,
        { templates: [] as RosterTemplate[], closures: [] as Closure[], extras: [] as ExtraSession[] },
      ]),
    );
    if (practitionerIds.length === 0) return rosters;
    const ids = JSON.stringify(practitionerIds);
    const templates = await templatesOf(tx).all({ ids, from, to });
    for (const row of templates) rosters.get(row.practitionerId as PractitionerId)?.templates.push(toTemplate(row));
    const exceptions = await exceptionsOf(tx).all({ ids, from: fromMinute(span.from), to: fromMinute(span.to) });
    for (const row of exceptions) {
      const roster = rosters.get(row.practitionerId as PractitionerId);
      if (row.kind === 'closure') roster?.closures.push(toClosure(row));
      else roster?.extras.push(toExtra(row));
    }
    return rosters;
  },

  async listOrders(tx: Tx): Promise<DayOrder[]> {
    return (await orders(tx).all()).map(toOrder);
  },

  /** With the name of who entered each. */
  async listSpecialDays(
    tx: Tx,
    from: CalendarDate,
    to: CalendarDate,
  ): Promise<(SpecialDayRow & { enteredByName: string | null })[]> {
    const rows = await tx
      .select({ order: specialDayTable, enteredByName: userTable.displayName })
      .from(specialDayTable)
      .leftJoin(userTable, eq(userTable.id, specialDayTable.enteredBy))
      .where(and(gte(specialDayTable.day, from), lte(specialDayTable.day, to)));
    return rows.map(({ order, enteredByName }) => ({ ...order, enteredByName }));
  },

  async findSpecialDay(tx: Tx, day: CalendarDate): Promise<SpecialDayRow | undefined> {
    const [row] = await tx.select().from(specialDayTable).where(eq(specialDayTable.day, day));
    return row;
  },

  async saveSpecialDay(tx: Tx, row: SpecialDayRow): Promise<void> {
    const { day: _day, ...change } = row;
    await tx.insert(specialDayTable).values(row).onConflictDoUpdate({ target: specialDayTable.day, set: change });
  },

  /** True when there was one. */
  async deleteSpecialDay(tx: Tx, day: CalendarDate): Promise<boolean> {
    return (await tx.delete(specialDayTable).where(eq(specialDayTable.day, day))).changes > 0;
  },

  /** Templates that apply now or later, also those to come. */
  async listTemplates(tx: Tx, practitionerId: PractitionerId, from: CalendarDate): Promise<RosterTemplate[]> {
    const rows = await tx
      .select()
      .from(rosterTemplateTable)
      .where(
        and(
          eq(rosterTemplateTable.practitionerId, practitionerId),
          isNull(rosterTemplateTable.withdrawnAt),
          or(isNull(rosterTemplateTable.validTo), gte(rosterTemplateTable.validTo, from)),
        ),
      )
      .orderBy(asc(rosterTemplateTable.validFrom), asc(rosterTemplateTable.startMinute), asc(rosterTemplateTable.id));
    return rows.map(toTemplate);
  },

  async findTemplate(
    tx: Tx,
    practitionerId: PractitionerId,
    id: RosterEntryId,
  ): Promise<(RosterTemplate & { isWithdrawn: boolean }) | undefined> {
    const [row] = await tx
      .select()
      .from(rosterTemplateTable)
      .where(and(eq(rosterTemplateTable.id, id), eq(rosterTemplateTable.practitionerId, practitionerId)));
    return row && { ...toTemplate(row), isWithdrawn: row.withdrawnAt !== null };
  },

  /** False when the database refuses it beside what is there. */
  async insertTemplate(tx: Tx, template: RosterTemplate, by: { at: Instant; userId: string }): Promise<boolean> {
    return tryInsert('roster_template: overlaps', async () => {
      await tx.insert(rosterTemplateTable).values(toTemplateRow(template, by));
    });
  },

  /** Many at once, all or none; false when one of them is refused. */
  async insertTemplates(
    tx: Tx,
    templates: readonly RosterTemplate[],
    by: { at: Instant; userId: string },
  ): Promise<boolean> {
    return tryInsert('roster_template: overlaps', async () => {
      for (let start = 0; start < templates.length; start += ROWS_AT_ONCE) {
        const rows = templates.slice(start, start + ROWS_AT_ONCE).map((template) => toTemplateRow(template, by));
        await tx.insert(rosterTemplateTable).values(rows);
      }
    });
  },

  async endTemplate(tx: Tx, id: RosterEntryId, lastDay: CalendarDate): Promise<void> {
    await tx.update(rosterTemplateTable).set({ validTo: lastDay }).where(eq(rosterTemplateTable.id, id));
  },

  async withdrawTemplate(tx: Tx, id: RosterEntryId, at: Instant): Promise<void> {
    await tx.update(rosterTemplateTable).set({ withdrawnAt: at }).where(eq(rosterTemplateTable.id, id));
  },

  async listExceptions(tx: Tx, practitionerId: PractitionerId, span: Span): Promise<ExceptionRow[]> {
    return tx
      .select()
      .from(rosterExceptionTable)
      .where(
        and(
          eq(rosterExceptionTable.practitionerId, practitionerId),
          isNull(rosterExceptionTable.withdrawnAt),
          lt(rosterExceptionTable.startsAt, fromMinute(span.to)),
          gt(rosterExceptionTable.endsAt, fromMinute(span.from)),
        ),
      )
      .orderBy(asc(rosterExceptionTable.startsAt), asc(rosterExceptionTable.id));
  },

  async findException(tx: Tx, practitionerId: PractitionerId, id: RosterEntryId): Promise<ExceptionRow | undefined> {
    const [row] = await tx
      .select()
      .from(rosterExceptionTable)
      .where(and(eq(rosterExceptionTable.id, id), eq(rosterExceptionTable.practitionerId, practitionerId)));
    return row;
  },

  /** All entries of a substitution that are still in force. */
  async listSubstitution(tx: Tx, substitutionId: string): Promise<ExceptionRow[]> {
    return tx
      .select()
      .from(rosterExceptionTable)
      .where(and(eq(rosterExceptionTable.substitutionId, substitutionId), isNull(rosterExceptionTable.withdrawnAt)));
  },

  /** False when the database refuses it beside extra work that is there. */
  async insertException(tx: Tx, row: ExceptionRow): Promise<boolean> {
    return tryInsert('roster_exception: overlaps', async () => {
      await tx.insert(rosterExceptionTable).values(row);
    });
  },

  async withdrawException(tx: Tx, id: string, at: Instant): Promise<void> {
    await tx.update(rosterExceptionTable).set({ withdrawnAt: at }).where(eq(rosterExceptionTable.id, id));
  },

  /** Everybody who has a roster of any kind from a day on. */
  async listRostered(tx: Tx, from: CalendarDate): Promise<PractitionerId[]> {
    const rows = await tx
      .selectDistinct({ id: rosterTemplateTable.practitionerId })
      .from(rosterTemplateTable)
      .where(
        and(
          isNull(rosterTemplateTable.withdrawnAt),
          or(isNull(rosterTemplateTable.validTo), gte(rosterTemplateTable.validTo, from)),
        ),
      );
    return rows.map(({ id }) => id as PractitionerId);
  },
};

async function tryInsert(refusal: string, insert: () => Promise<void>): Promise<boolean> {
  try {
    await insert();
    return true;
  } catch (error) {
    if (isRefusedBy(error, refusal)) return false;
    throw error;
  }
}

function toTemplate(row: TemplateRow): RosterTemplate {
  return {
    id: row.id as RosterEntryId,
    practitionerId: row.practitionerId as PractitionerId,
    service: row.service as ServiceCode,
    mode: row.mode,
    weekdays: fromBits(row.weekdays),
    startMinute: row.startMinute,
    endMinute: row.endMinute,
    slotMinutes: row.slotMinutes,
    bufferMinutes: row.bufferMinutes,
    worksOnHolidays: row.worksOnHolidays,
    rank: row.rank,
    validFrom: row.validFrom as CalendarDate,
    validTo: row.validTo as CalendarDate | null,
  };
}

function toTemplateRow(template: RosterTemplate, by: { at: Instant; userId: string }): TemplateRow {
  return {
    ...template,
    weekdays: toBits(template.weekdays),
    createdAt: by.at,
    createdBy: by.userId,
    withdrawnAt: null,
  };
}

export function toClosure(row: ExceptionRow): Closure {
  return {
    id: row.id,
    reason: row.reason ?? 'other',
    from: toMinute(row.startsAt as Instant),
    to: toMinute(row.endsAt as Instant),
  } as Closure;
}

function toExtra(row: ExceptionRow): ExtraSession {
  return {
    id: row.id,
    service: row.service,
    mode: row.mode,
    slotMinutes: row.slotMinutes ?? 0,
    bufferMinutes: row.bufferMinutes ?? 0,
    rank: row.rank,
    from: toMinute(row.startsAt as Instant),
    to: toMinute(row.endsAt as Instant),
  } as ExtraSession;
}

function toOrder(row: SpecialDayRow): DayOrder {
  return {
    day: row.day as CalendarDate,
    kind: row.kind,
    worksAs: row.worksAs,
    name: { kk: row.nameKk, ru: row.nameRu, en: row.nameEn },
  };
}
