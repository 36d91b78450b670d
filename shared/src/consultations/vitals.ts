import * as z from 'zod/mini';

/**
 * Vital signs taken at the station. `possible` is what a device can show on a living person: outside it the value is a typing
 * error and is refused. `usual` is the adult reference range: outside it the screen asks "confirm" and marks the value, never blocks.
 * Codes are LOINC, units UCUM, as FHIR's vital signs profile wants them. Children's ranges: `usualRange`.
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

type Range = readonly [low: number, high: number];

interface AgeBand {
  /** Whole months of age at which it ends. */
  readonly untilMonths: number;
  readonly usual: Partial<Record<VitalCode, Range>>;
}

/**
 * Usual ranges of children at rest, youngest first; a sign that is not named has the adult range. Breathing: the edge of fast
 * breathing of IMCI (WHO), 60, 50 and 40 a minute. Pulse and blood pressure: PALS of the American Heart Association, rounded to what a
 * screen should ask about. Temperature of the newborn: WHO, 36.5 to 37.5.
 */
const CHILD_BANDS: readonly AgeBand[] = [
  {
    untilMonths: 2,
    usual: {
      systolic: [60, 95],
      diastolic: [30, 62],
      heartRate: [100, 180],
      respiratoryRate: [30, 59],
      temperature: [36.5, 37.5],
      glucose: [2.6, 7],
    },
  },
  {
    untilMonths: 12,
    usual: { systolic: [70, 104], diastolic: [35, 65], heartRate: [95, 170], respiratoryRate: [25, 49] },
  },
  {
    untilMonths: 60,
    usual: { systolic: [80, 112], diastolic: [40, 72], heartRate: [85, 150], respiratoryRate: [20, 39] },
  },
  {
    untilMonths: 144,
    usual: { systolic: [88, 119], diastolic: [50, 77], heartRate: [70, 120], respiratoryRate: [16, 30] },
  },
  {
    untilMonths: 216,
    usual: { systolic: [92, 129], diastolic: [55, 84], heartRate: [60, 105], respiratoryRate: [12, 22] },
  },
];

/** The usual range at an age in whole months; of an adult where the age is not known. */
export function usualRange(code: VitalCode, months: number | undefined): Range {
  const band = months === undefined ? undefined : CHILD_BANDS.find(({ untilMonths }) => months < untilMonths);
  return band?.usual[code] ?? vitalSigns[code].usual;
}

/** Below, inside or above the usual range of that age in whole months; of an adult where the age is not known. */
export function judgeVital(code: VitalCode, measured: number, months?: number): VitalJudgement {
  const [low, high] = usualRange(code, months);
  return measured < low ? 'low' : measured > high ? 'high' : 'usual';
}
