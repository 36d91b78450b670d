import type { CalendarDate } from '@jaqyn/shared/kernel/time';
import { and, gt, gte, isNull, lte, or, type SQL, sql } from 'drizzle-orm';
import { alias, check, index, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { userTable } from '../auth/user.table.ts';
import { practitionerTable } from './staff.table.ts';

/** FHIR Practitioner.qualification. A trigger keeps each as it was entered; it can be withdrawn once. Days of Kazakhstan, both included. */
export const practitionerLicenceTable = sqliteTable(
  'practitioner_licence',
  {
    id: text('id').primaryKey(),
    practitionerId: text('practitioner_id')
      .notNull()
      .references(() => practitionerTable.id),
    number: text('number').notNull(),
    issuer: text('issuer').notNull(),
    validFrom: text('valid_from').notNull(),
    validTo: text('valid_to').notNull(),
    enteredAt: text('entered_at').notNull(),
    enteredBy: text('entered_by')
      .notNull()
      .references(() => userTable.id),
    /** The first day on which it holds no more. */
    withdrawnFrom: text('withdrawn_from'),
    withdrawReason: text('withdraw_reason').notNull().default(''),
    withdrawnAt: text('withdrawn_at'),
    withdrawnBy: text('withdrawn_by').references(() => userTable.id),
  },
  (table) => [
    check('practitioner_licence_span', sql`${table.validFrom} <= ${table.validTo}`),
    check('practitioner_licence_withdrawn', sql`(${table.withdrawnFrom} is null) = (${table.withdrawnAt} is null)`),
    index('practitioner_licence_of').on(table.practitionerId, table.validTo),
  ],
);

const held = alias(practitionerLicenceTable, 'held');

/** A condition on rows of licences: this one holds on this day. */
export function holdsOn(
  day: CalendarDate,
  { validFrom, validTo, withdrawnFrom }: typeof practitionerLicenceTable | typeof held = practitionerLicenceTable,
): SQL | undefined {
  return and(lte(validFrom, day), gte(validTo, day), or(isNull(withdrawnFrom), gt(withdrawnFrom, day)));
}

/**
 * A condition on rows of `practitioner`: one of their licences holds on this day. Where nobody has entered any, nobody knows, and nobody is
 * held up by it (docs/decisions/061).
 */
export function isLicensedOn(day: CalendarDate): SQL {
  const theirs = sql`select 1 from ${practitionerLicenceTable} held where ${held.practitionerId} = ${practitionerTable.id}`;
  return sql`(not exists (${theirs}) or exists (${theirs} and ${holdsOn(day, held)}))`;
}
