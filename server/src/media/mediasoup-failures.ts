import type { ErrorCode } from '@jaqyn/shared/errors/error-catalog';
import { NotFoundError, WorkerClosedError } from 'mediasoup/errors';
import { DomainError } from '../kernel/domain-error.ts';

/** Failures of mediasoup as ours: the worker is gone, the thing is gone, or the parameters were refused. */
export async function translated<T>(refused: ErrorCode, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof WorkerClosedError) throw new DomainError('media.unavailable', { retryAfter: 1, cause: error });
    if (error instanceof NotFoundError) throw new DomainError('transport.not_found', { cause: error });
    throw new DomainError(refused, { cause: error });
  }
}
