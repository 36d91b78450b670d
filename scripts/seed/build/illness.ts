import type { CalendarDate } from '../../../shared/src/kernel/time.ts';
import type { Sex } from '../../../shared/src/patients/patient.contract.ts';
import type { CaseTemplate } from '../content/case-template.ts';
import { CASES } from '../content/cases.ts';
import type { Condition } from '../content/conditions.ts';
import { SPECIALTIES } from '../content/specialties.ts';
import { Random } from '../random.ts';
import { ageOn, conditionWords, type PatientPlan } from './patient-plan.ts';

interface Likelihood {
  readonly ages: readonly [from: number, to: number];
  readonly chance: number;
  readonly sex?: Sex;
}

/** Pregnancy comes from the age group instead. */
const LIKELY: Readonly<Record<Exclude<Condition, 'pregnancy'>, Likelihood>> = {
  hypertension: { ages: [45, 120], chance: 0.42 },
  ihd: { ages: [55, 120], chance: 0.16 },
  afib: { ages: [62, 120], chance: 0.1 },
  heartFailure: { ages: [62, 120], chance: 0.1 },
  diabetes: { ages: [45, 120], chance: 0.14 },
  hypothyroidism: { ages: [25, 120], chance: 0.07, sex: 'female' },
  copd: { ages: [50, 120], chance: 0.1 },
  asthma: { ages: [8, 60], chance: 0.04 },
  epilepsy: { ages: [8, 60], chance: 0.02 },
  stroke: { ages: [60, 120], chance: 0.05 },
  gallstones: { ages: [35, 120], chance: 0.08 },
  arthrosis: { ages: [52, 120], chance: 0.24 },
  ulcer: { ages: [20, 70], chance: 0.03 },
  kidney: { ages: [15, 80], chance: 0.03 },
  anaemia: { ages: [1, 45], chance: 0.07 },
  psoriasis: { ages: [18, 70], chance: 0.02 },
};

export function likelyConditions(random: Random, sex: Sex, age: number): Condition[] {
  return (Object.keys(LIKELY) as (keyof typeof LIKELY)[]).filter((tag) => {
    const { ages, chance, sex: ofSex } = LIKELY[tag];
    // Drawn for everybody, so that one more condition in the list changes only whom it concerns.
    const roll = random.next();
    return age >= ages[0] && age <= ages[1] && (ofSex === undefined || ofSex === sex) && roll < chance;
  });
}

/** Whether the case could be this person's on that day. Who is pregnant comes with that only. */
export function fits(template: CaseTemplate, patient: PatientPlan, day: CalendarDate): boolean {
  const { ages, sex, condition } = template.patient;
  const age = ageOn(patient.row.birthDate, day);
  if (age < ages[0] || age > ages[1] || (sex !== undefined && sex !== patient.row.sex)) return false;
  if (patient.conditions.has('pregnancy') && condition !== 'pregnancy') return false;
  return condition === undefined || patient.conditions.has(condition);
}

/** For every case that asks for an illness, this many of the right age have it. */
const ENOUGH = 4;

/** Small villages may lack somebody with a rarer illness: gives it to a few more, so that no case stays without a person. */
export function spreadConditions(patients: readonly PatientPlan[], today: CalendarDate): PatientPlan[] {
  const random = new Random('conditions');
  for (const { code } of SPECIALTIES) {
    for (const language of ['kk', 'ru'] as const) {
      for (const template of CASES[code][language]) {
        const { condition } = template.patient;
        if (condition === undefined) continue;
        const there = patients.filter(({ station }) => station.settlement.language === language);
        let missing = ENOUGH - there.filter((patient) => fits(template, patient, today)).length;
        for (const patient of random.shuffle(there)) {
          if (missing <= 0) break;
          if (patient.conditions.has(condition)) continue;
          patient.conditions.add(condition);
          if (fits(template, patient, today)) missing -= 1;
          else patient.conditions.delete(condition);
        }
      }
    }
  }
  return patients.map((patient) => ({
    ...patient,
    row: { ...patient.row, chronicConditions: conditionWords(patient.conditions, patient.language) },
  }));
}
