import { type AnyColumn, type SQL, sql } from 'drizzle-orm';

/**
 * `column in (…)` for a list of any length with one bound value. A bound value for each item makes another statement for every length,
 * to be built and compiled anew: with some hundred items that takes longer than running it.
 */
export function inList(column: AnyColumn, values: readonly string[]): SQL {
  return sql`${column} in (select value from json_each(${JSON.stringify(values)}))`;
}

/** The same in a statement that is kept (`prepared`), which is then asked with `asked(values)`. */
export function inAsked(column: AnyColumn): SQL {
  return sql`${column} in (select value from json_each(${sql.placeholder('asked')}))`;
}

export function asked(values: readonly string[]): { asked: string } {
  return { asked: JSON.stringify(values) };
}
