import { AsyncLocalStorage } from 'node:async_hooks';
import { nextTick } from 'node:process';
import type { Database } from 'better-sqlite3';
import { withoutWrapper } from './sqlite-errors.ts';
import type { Tx } from './store.ts';
import { StoreMisuse } from './store-error.ts';
import { createUnit, type StatementCache } from './unit-client.ts';

export type Outcome<T> = { ok: true; value: T } | { ok: false; error: unknown };

interface Scope {
  isOpen: boolean;
}

const scopes = new AsyncLocalStorage<Scope>();

/** Throws when called from inside a unit of work, which would wait for itself for ever. */
export function assertOutsideUnit(): void {
  if (scopes.getStore()?.isOpen) {
    throw new StoreMisuse('a unit of work was started inside another one; pass the outer tx on instead');
  }
}

/**
 * Runs `work` on a fresh handle in the transaction that is open on `database`, and never throws. Call it from a
 * microtask (after an await), as both of its callers do.
 *
 * The driver is synchronous, so work that awaits nothing but its tx settles in one unbroken run of microtasks. A tick
 * comes when that run has ended: if it finds the work pending, the work waits for something else (a timer, a file, the
 * network) and would hold the writer for everybody meanwhile. It fails as misuse.
 */
export async function runUnit<T>(
  database: Database,
  statements: StatementCache,
  work: (tx: Tx) => Promise<T>,
): Promise<Outcome<T>> {
  const { tx, end } = createUnit(database, statements);
  const scope: Scope = { isOpen: true };
  const microtasksEnded = new Promise<never>((_, reject) => {
    nextTick(() => {
      if (scope.isOpen) reject(new StoreMisuse('a unit of work waited for something that is not its tx'));
    });
  });
  try {
    const value = await Promise.race([scopes.run(scope, async () => await work(tx)), microtasksEnded]);
    return { ok: true, value };
  } catch (error) {
    return { ok: false, error: withoutWrapper(error) };
  } finally {
    scope.isOpen = false;
    end();
  }
}
