import { type SQL, sql } from 'drizzle-orm';

/** `'a', 'b'` for a CHECK constraint; the values are constants of ours, never input. */
export function sqlList(values: readonly string[]): SQL {
  return sql.raw(values.map((value) => `'${value.replaceAll("'", "''")}'`).join(', '));
}
