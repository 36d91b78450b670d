import { VITAL_CODES, type Vitals, vitalSigns } from '../../../shared/src/consultations/vitals.ts';
import type { VitalRanges } from '../content/case-template.ts';
import type { Random } from '../random.ts';

/** Values inside the ranges, in the step of the device. */
export function measure(random: Random, ranges: VitalRanges): Vitals {
  const vitals: Vitals = {};
  for (const code of VITAL_CODES) {
    const range = ranges[code];
    if (range === undefined) continue;
    const { step } = vitalSigns[code];
    const steps = Math.round((range[1] - range[0]) / step);
    vitals[code] = Number((range[0] + random.int(0, steps) * step).toFixed(1));
  }
  return vitals;
}

/** Puts the measured numbers into the text: `{systolic}` from the first set, `{systolic_2}` from the second, `{days}` as given. */
export function fillText(text: string, first: Vitals, second: Vitals, days: number): string {
  return text.replace(/\{([a-zA-Z0-9]+?)(_2)?\}/g, (placeholder, name: string, again: string | undefined) => {
    const value = name === 'days' ? days : (again ? second : first)[name as keyof Vitals];
    if (value === undefined) throw new Error(`nothing was measured for ${placeholder}`);
    // Kazakh and Russian write a comma.
    return String(value).replace('.', ',');
  });
}
