import type { Instant } from './time.ts';

/** Of editions the one made last, whichever day it begins: what whoever makes the next one says they have seen. */
export function newestMade<Edition extends { readonly id: string; readonly createdAt: Instant }>(
  editions: readonly Edition[],
): Edition | undefined {
  return [...editions].sort((a, b) =>
    a.createdAt < b.createdAt || (a.createdAt === b.createdAt && a.id < b.id) ? 1 : -1,
  )[0];
}
