import type { Database, Statement } from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import type { Tx } from './store.ts';
import { StoreError, StoreMisuse } from './store-error.ts';

/** Statements kept compiled per connection. The server has some hundreds; lists of varying length make more. */
const STATEMENTS_KEPT = 500;

// The queue steers the transaction, opening sets the pragmas; a unit that did either would commit its neighbours.
const NOT_FOR_UNITS = /^\s*(begin|commit|end|rollback|savepoint|release|pragma|attach|detach|vacuum)\b/i;

/** Compiled statements of one connection by their text, the longest unused one dropped first. Compiling is half of a small query. */
export class StatementCache {
  readonly #database: Database;
  readonly #statements = new Map<string, Statement>();

  constructor(database: Database) {
    this.#database = database;
  }

  get(source: string): Statement {
    let statement = this.#statements.get(source);
    if (statement === undefined) {
      if (NOT_FOR_UNITS.test(source)) throw new StoreMisuse(`a unit of work may not run: ${source}`);
      statement = this.#database.prepare(source);
      if (this.#statements.size >= STATEMENTS_KEPT) this.#statements.delete(this.#statements.keys().next().value ?? '');
    } else {
      this.#statements.delete(source);
      // drizzle switches a statement to rows-as-arrays and never back.
      if (statement.reader) statement.raw(false);
    }
    this.#statements.set(source, statement);
    return statement;
  }
}

/**
 * The part of a better-sqlite3 connection that drizzle calls, for the length of one unit of work. After it, or after
 * SQLite ended the transaction by itself, a forgotten query would land in a neighbour's unit or commit on its own;
 * here it throws instead.
 */
class UnitClient {
  readonly #database: Database;
  readonly #statements: StatementCache;
  #isOver = false;

  constructor(database: Database, statements: StatementCache) {
    this.#database = database;
    this.#statements = statements;
  }

  prepare(source: string): Statement {
    if (this.#isOver) throw new StoreMisuse('a query ran after its unit of work was over; is an await missing?');
    if (!this.#database.inTransaction) throw new StoreError('store.unavailable', 'the transaction was rolled back');
    return this.#statements.get(source);
  }

  end(): void {
    this.#isOver = true;
  }
}

/** A fresh handle for one unit of work on `database`; `end` makes it useless. */
export function createUnit(database: Database, statements: StatementCache): { tx: Tx; end(): void } {
  const client = new UnitClient(database, statements);
  const tx = drizzle({ client: client as unknown as Database, casing: 'snake_case' });
  return { tx, end: () => client.end() };
}
