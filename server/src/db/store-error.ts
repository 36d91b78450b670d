import type { ErrorCode } from '@jaqyn/shared/errors/error-catalog';
import { DomainError } from '../kernel/domain-error.ts';

export type StoreErrorCode = Extract<ErrorCode, `store.${string}` | `database.${string}`>;

/**
 * The database could not do its part. `message` says more than the code, for the log and for the person at the
 * console: it may name the file, never what was to be stored.
 */
export class StoreError extends DomainError {
  declare readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, detail: string, options: { cause?: unknown; retryAfter?: number } = {}) {
    super(code, options);
    this.name = 'StoreError';
    this.message = `${code}: ${detail}`;
  }
}

/** The calling code broke the contract of a unit of work. A bug to fix, never an answer to a user. */
export class StoreMisuse extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'StoreMisuse';
  }
}
