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
  readonly #prepared = new Map<unknown, unknown>();

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

  /** What `build` makes of this connection, once; its statement is its own. */
  prepared<Q>(build: (tx: Tx) => Q): Q {
    let query = this.#prepared.get(build) as Q | undefined;
    if (query === undefined) {
      query = build(drizzle({ client: this.#database, casing: 'snake_case' }));
      this.#prepared.set(build, query);
    }
    return query;
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
    this.#assertOpen();
    return this.#statements.get(source);
  }

  prepared<Q>(build: (tx: Tx) => Q): Q {
    this.#assertOpen();
    return this.#statements.prepared(build);
  }

  end(): void {
    this.#isOver = true;
  }

  #assertOpen(): void {
    if (this.#isOver) throw new StoreMisuse('a query ran after its unit of work was over; is an await missing?');
    if (!this.#database.inTransaction) throw new StoreError('store.unavailable', 'the transaction was rolled back');
  }
}

/** A fresh handle for one unit of work on `database`; `end` makes it useless. */
export function createUnit(database: Database, statements: StatementCache): { tx: Tx; end(): void } {
  const client = new UnitClient(database, statements);
  const tx = drizzle({ client: client as unknown as Database, casing: 'snake_case' });
  return { tx, end: () => client.end() };
}

/**
 * A query that is built and compiled once for a connection: `build` ends in `.prepare()` and has `sql.placeholder` where values go. For
 * what every change asks, since drizzle takes three times as long to write a small query as SQLite to answer it. Call what it gives
 * (`all`, `run`) at once; it is not kept beyond its unit.
 */
export function prepared<Q>(build: (tx: Tx) => Q): (tx: Tx) => Q {
  return (tx) => (tx as unknown as { readonly $client: UnitClient }).$client.prepared(build);
}
