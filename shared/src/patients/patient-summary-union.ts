import { searchKey } from '../kernel/search-key.ts';
import type { PatientSummary } from './patient-summary.ts';

/** Everything of both, each once: what two cards of one person knew. Known beats not asked; an entry beats "none". */
export function unionOfSummaries(kept: PatientSummary, merged: PatientSummary): PatientSummary {
  return {
    allergies: unionOf(kept.allergies, merged.allergies, ({ substance }) => searchKey(substance)),
    conditions: unionOf(kept.conditions, merged.conditions, ({ code, name }) => code ?? searchKey(name)),
    medicines: unionOf(kept.medicines, merged.medicines, ({ name, dose }) => searchKey(`${name} ${dose}`)),
    representatives:
      unionOf(kept.representatives, merged.representatives, ({ name }) => searchKey(name))?.slice(0, 6) ?? [],
  };
}

function unionOf<T>(one: readonly T[] | null, other: readonly T[] | null, keyOf: (entry: T) => string): T[] | null {
  if (one === null || other === null) return one === null ? other && [...other] : [...one];
  const known = new Set(one.map(keyOf));
  return [...one, ...other.filter((entry) => !known.has(keyOf(entry)))].slice(0, 40);
}
