import type { AnyColumn } from 'drizzle-orm';

/** Columns of a selection in their order; each as SQLite keeps it: text, a number, null. Booleans and JSON need drizzle's own way. */
type Columns = Readonly<Record<string, AnyColumn>>;

type Row<C extends Columns> = {
  [Key in keyof C]: C[Key]['_']['data'] | (C[Key]['_']['notNull'] extends true ? never : null);
};

/**
 * The rows of `tx.select(columns)….values()`. drizzle asks of every value anew what it is and where it goes: of a board with fifteen
 * hundred appointments that is more work than reading them.
 */
export function plainRows<C extends Columns>(columns: C, values: readonly (readonly unknown[])[]): Row<C>[] {
  const keys = Object.keys(columns);
  return values.map((value) => {
    const row: Record<string, unknown> = {};
    for (let index = 0; index < keys.length; index += 1) row[keys[index] as string] = value[index];
    return row as Row<C>;
  });
}
