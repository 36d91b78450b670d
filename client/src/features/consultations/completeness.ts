import type { Consultation } from '@jaqyn/shared/consultations/consultation.contract';
import type { VitalCode } from '@jaqyn/shared/consultations/vitals';

export type ExpectedItem =
  | 'patient'
  | 'allergies'
  | 'blood_pressure'
  | 'pulse'
  | 'spo2'
  | 'temperature'
  | 'glucose'
  | 'weight';

const ALWAYS: readonly ExpectedItem[] = ['patient', 'allergies', 'blood_pressure', 'pulse', 'spo2', 'temperature'];
/** What a specialty looks at besides. */
const MORE: Readonly<Record<string, readonly ExpectedItem[]>> = {
  endocrinology: ['glucose', 'weight'],
  paediatrics: ['weight'],
  'obstetrics-gynaecology': ['weight'],
};

const VITALS_OF: Partial<Record<ExpectedItem, readonly VitalCode[]>> = {
  blood_pressure: ['systolic', 'diastolic'],
  pulse: ['heartRate'],
  spo2: ['spo2'],
  temperature: ['temperature'],
  glucose: ['glucose'],
  weight: ['weight'],
};

export interface Completeness {
  readonly expected: number;
  readonly missing: readonly ExpectedItem[];
}

/** How much of what this specialty looks at the station has sent: "4 of 6", and what is not there. */
export function completenessOf(
  consultation: Pick<Consultation, 'specialty' | 'patient' | 'observations'>,
): Completeness {
  const expected = [...ALWAYS, ...(MORE[consultation.specialty] ?? [])];
  return { expected: expected.length, missing: expected.filter((item) => !isThere(item, consultation)) };
}

function isThere(
  item: ExpectedItem,
  { patient, observations }: Pick<Consultation, 'patient' | 'observations'>,
): boolean {
  switch (item) {
    case 'patient':
      return patient !== null;
    case 'allergies':
      return patient?.allergies != null;
    default:
      return (VITALS_OF[item] ?? []).every((code) => observations.some(({ vitals }) => vitals[code] !== undefined));
  }
}
