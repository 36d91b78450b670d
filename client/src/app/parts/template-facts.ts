import type { Language } from '@jaqyn/shared/auth/auth.contract';
import type { TemplateFact } from '@jaqyn/shared/consultations/conclusion-template.contract';
import type { Consultation } from '@jaqyn/shared/consultations/consultation.contract';
import { VITAL_CODES, type VitalCode } from '@jaqyn/shared/consultations/vitals';
import { formatAge, formatNumber } from '../../lib/format.ts';

/** As a conclusion in that language says them. */
function unitsIn(language: Language): Partial<Record<VitalCode, string>> {
  const isEnglish = language === 'en';
  return {
    spo2: ' %',
    temperature: ' °C',
    glucose: isEnglish ? ' mmol/L' : ' ммоль/л',
    weight: isEnglish ? ' kg' : ' кг',
  };
}

/** What the station sent, as it stands in a template's text: the newest value of each measurement. */
export function templateFacts(
  { patient, observations }: Consultation,
  language: Language,
): Partial<Record<TemplateFact, string>> {
  const units = unitsIn(language);
  const newest = new Map<VitalCode, number>();
  for (const { vitals } of [...observations].sort((a, b) => (a.takenAt < b.takenAt ? -1 : 1))) {
    for (const code of VITAL_CODES) if (vitals[code] !== undefined) newest.set(code, vitals[code]);
  }
  const shown = (code: VitalCode) => {
    const value = newest.get(code);
    return value === undefined ? undefined : `${formatNumber(value)}${units[code] ?? ''}`;
  };
  const [systolic, diastolic] = [newest.get('systolic'), newest.get('diastolic')];
  const facts = {
    age: patient ? formatAge(patient.birthDate) : undefined,
    bloodPressure: systolic !== undefined && diastolic !== undefined ? `${systolic}/${diastolic}` : undefined,
    heartRate: shown('heartRate'),
    spo2: shown('spo2'),
    temperature: shown('temperature'),
    respiratoryRate: shown('respiratoryRate'),
    glucose: shown('glucose'),
    weight: shown('weight'),
  };
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}
