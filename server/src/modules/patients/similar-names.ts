import { searchKey } from '@jaqyn/shared/kernel/search-key';

/** A letter or two: what a hurried hand or another spelling changes in a name. */
const NEAR = 2;

export function nameKey(person: { readonly familyName: string; readonly givenName: string }): string {
  return searchKey(`${person.familyName} ${person.givenName}`);
}

/** Whether two names are spelt nearly alike, in either order of family and given name. */
export function areSimilarNames(
  one: { readonly familyName: string; readonly givenName: string },
  other: { readonly familyName: string; readonly givenName: string },
): boolean {
  const [a, b] = [nameKey(one), nameKey(other)];
  const swapped = nameKey({ familyName: other.givenName, givenName: other.familyName });
  return isNear(a, b) || a === swapped;
}

/** Levenshtein distance of at most two, and less than a third of the name. */
function isNear(one: string, other: string): boolean {
  const allowed = Math.min(NEAR, Math.floor(Math.max(one.length, other.length) / 4));
  if (Math.abs(one.length - other.length) > allowed) return false;
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const changed = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(changed, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    if (Math.min(...next) > allowed) return false;
    row = next;
  }
  return (row.at(-1) ?? 0) <= allowed;
}
