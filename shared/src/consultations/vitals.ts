import * as z from 'zod/mini';

/**
 * Vital signs taken at the station. `possible` is what a device can show on a living person: outside it the value is a typing
 * error and is refused. `usual` is the adult reference range: outside it the screen asks "confirm" and marks the value, never blocks.
 * Codes are LOINC, units UCUM, as FHIR's vital signs profile wants them. Ranges by age come from reference data later.
 */
export const vitalSigns = {
  systolic: { loinc: '8480-6', unit: 'mm[Hg]', possible: [30, 320], usual: [90, 139], step: 1 },
  diastolic: { loinc: '8462-4', unit: 'mm[Hg]', possible: [10, 220], usual: [60, 89], step: 1 },
  heartRate: { loinc: '8867-4', unit: '/min', possible: [15, 320], usual: [60, 99], step: 1 },
  spo2: { loinc: '59408-5', unit: '%', possible: [30, 100], usual: [95, 100], step: 1 },
  temperature: { loinc: '8310-5', unit: 'Cel', possible: [24, 45], usual: [36, 37.4], step: 0.1 },
  respiratoryRate: { loinc: '9279-1', unit: '/min', possible: [2, 120], usual: [12, 20], step: 1 },
  glucose: { loinc: '14743-9', unit: 'mmol/L', possible: [0.5, 60], usual: [3.9, 7.8], step: 0.1 },
  weight: { loinc: '29463-7', unit: 'kg', possible: [0.3, 400], usual: [0.3, 400], step: 0.1 },
} as const satisfies Record<string, VitalSign>;

interface VitalSign {
  readonly loinc: string;
  readonly unit: string;
  readonly possible: readonly [low: number, high: number];
  readonly usual: readonly [low: number, high: number];
  readonly step: number;
}

export type VitalCode = keyof typeof vitalSigns;
export const VITAL_CODES = Object.keys(vitalSigns) as VitalCode[];

const value = (code: VitalCode) => {
  const [low, high] = vitalSigns[code].possible;
  return z.optional(z.number().check(z.minimum(low), z.maximum(high)));
};

/** One set of measurements; absent means not taken. */
export const Vitals = z.object({
  systolic: value('systolic'),
  diastolic: value('diastolic'),
  heartRate: value('heartRate'),
  spo2: value('spo2'),
  temperature: value('temperature'),
  respiratoryRate: value('respiratoryRate'),
  glucose: value('glucose'),
  weight: value('weight'),
});
export type Vitals = z.infer<typeof Vitals>;

export type VitalJudgement = 'low' | 'usual' | 'high';

/** Below, inside or above the usual adult range. */
export function judgeVital(code: VitalCode, measured: number): VitalJudgement {
  const [low, high] = vitalSigns[code].usual;
  return measured < low ? 'low' : measured > high ? 'high' : 'usual';
}
