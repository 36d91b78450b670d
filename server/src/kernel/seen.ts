import type { ErrorCode } from '@jaqyn/shared/errors/error-catalog';
import { canonicalize } from './canonical-json.ts';
import { DomainError } from './domain-error.ts';

/**
 * Two people never write over each other unseen: throws `code` when what is stored is neither what the change was made from nor what
 * it makes, so that a repetition after a lost answer stays harmless. Null: nothing is stored, or nothing was seen.
 */
export function assertSeen<T extends object>(
  code: ErrorCode,
  { stored, seen, wanted }: { readonly stored: T | null; readonly seen: T | null; readonly wanted: T },
): void {
  if (!isSame(stored, seen) && !isSame(stored, wanted)) throw new DomainError(code);
}

function isSame(one: object | null, other: object | null): boolean {
  if (one === null || other === null) return one === other;
  return canonicalize(one) === canonicalize(other);
}
