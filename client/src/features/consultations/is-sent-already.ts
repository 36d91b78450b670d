import { ProblemError } from '../../lib/problem-error.ts';

/**
 * The request went out under this id before, its answer was lost, and something was typed since. It rings: whoever pressed again
 * belongs in the call and not in front of an error that every further press would meet.
 */
export function isSentAlready(error: unknown): boolean {
  return error instanceof ProblemError && error.code === 'idempotency.key_reused';
}
