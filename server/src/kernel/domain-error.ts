import type { ErrorCode } from '@jaqyn/shared/errors/error-catalog';
import type { FieldError } from '@jaqyn/shared/errors/problem';

/** What a service throws when the answer is "no". The edges (HTTP, socket) turn it into a Problem. */
export class DomainError extends Error {
  readonly code: ErrorCode;
  readonly fields: FieldError[] | undefined;
  /** Seconds. */
  readonly retryAfter: number | undefined;

  constructor(code: ErrorCode, options: { fields?: FieldError[]; retryAfter?: number; cause?: unknown } = {}) {
    super(code, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'DomainError';
    this.code = code;
    this.fields = options.fields;
    this.retryAfter = options.retryAfter;
  }
}
