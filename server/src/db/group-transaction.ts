import type { Database } from 'better-sqlite3';
import type { GroupTransaction } from './writer-queue.ts';

/** The writer connection as the queue drives it. IMMEDIATE takes the write lock first, so a group never loses it half-way. */
export function createGroupTransaction(writer: Database): GroupTransaction {
  const begin = writer.prepare('BEGIN IMMEDIATE');
  const savepoint = writer.prepare('SAVEPOINT unit');
  const release = writer.prepare('RELEASE unit');
  const rollbackToSavepoint = writer.prepare('ROLLBACK TO unit');
  const commit = writer.prepare('COMMIT');
  const rollback = writer.prepare('ROLLBACK');
  return {
    begin: () => void begin.run(),
    savepoint: () => void savepoint.run(),
    release: () => void release.run(),
    rollbackToSavepoint: () => void rollbackToSavepoint.run(),
    commit: () => void commit.run(),
    rollback: () => void rollback.run(),
    get isOpen() {
      return writer.inTransaction;
    },
  };
}
