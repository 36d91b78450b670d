import type { ObservationSet } from '@jaqyn/shared/consultations/consultation.contract';
import { VITAL_CODES, type VitalCode } from '@jaqyn/shared/consultations/vitals';

/** The newest value of each sign, whichever set it came with. */
export function latestVitals(observations: readonly ObservationSet[]): ReadonlyMap<VitalCode, number> {
  const latest = new Map<VitalCode, number>();
  for (const { vitals } of [...observations].sort((a, b) => (a.takenAt < b.takenAt ? -1 : 1))) {
    for (const code of VITAL_CODES) {
      const value = vitals[code];
      if (value !== undefined) latest.set(code, value);
    }
  }
  return latest;
}

export interface TrendPoint {
  readonly at: string;
  readonly value: number;
}

/** Each sign that was taken at least twice, oldest first. */
export function listTrends(
  observations: readonly ObservationSet[],
): readonly { readonly code: VitalCode; readonly points: readonly TrendPoint[] }[] {
  const sets = [...observations].sort((a, b) => (a.takenAt < b.takenAt ? -1 : 1));
  return VITAL_CODES.flatMap((code) => {
    const points = sets.flatMap(({ takenAt, vitals }) => {
      const value = vitals[code];
      return value === undefined ? [] : [{ at: takenAt, value }];
    });
    return points.length > 1 ? [{ code, points }] : [];
  });
}
