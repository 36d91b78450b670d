import { type AnyColumn, type SQL, sql } from 'drizzle-orm';

/**
 * `column in (…)` for a list of any length with one bound value. A bound value for each item makes another statement for every length,
 * to be built and compiled anew: with some hundred items that takes longer than running it.
 */
export function inList(column: AnyColumn, values: readonly string[]): SQL {
  return sql`${column} in (select value from json_each(${JSON.stringify(values)}))`;
}
