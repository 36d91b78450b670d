import * as z from 'zod/mini';
import { freeText, requiredText } from '../kernel/text.ts';
import { ICD_CODE } from '../terminologies/icd-code.ts';

export const ALLERGY_SEVERITIES = ['unknown', 'mild', 'moderate', 'severe'] as const;
export const AllergySeverity = z.enum(ALLERGY_SEVERITIES);
export type AllergySeverity = z.infer<typeof AllergySeverity>;

/** FHIR AllergyIntolerance. */
const AllergyIntolerance = z.object({
  substance: requiredText(500),
  reaction: freeText(200),
  severity: AllergySeverity,
});

/** FHIR Condition that lasts. The code is ICD-10; null where only words are known. */
const ChronicCondition = z.object({
  code: z.nullable(z.string().check(z.regex(ICD_CODE))),
  name: requiredText(500),
});

/** FHIR MedicationStatement: what is taken now. */
const MedicationStatement = z.object({
  name: requiredText(160),
  dose: freeText(80),
  frequency: freeText(120),
});

export const RELATIONSHIPS = ['mother', 'father', 'guardian', 'grandparent', 'spouse', 'child', 'other'] as const;
export const Relationship = z.enum(RELATIONSHIPS);
export type Relationship = z.infer<typeof Relationship>;

/** FHIR RelatedPerson who answers and agrees for the patient. */
const RelatedPerson = z.object({ name: requiredText(160), relationship: Relationship, phone: freeText(40) });

/** Null: nobody has asked yet. Empty: asked, and there are none. */
function answer<S extends z.core.$ZodType>(entry: S) {
  return z.nullable(z.array(entry).check(z.maxLength(40)));
}

/** What every specialist needs to know of a patient, whatever the request is about. Kept with the patient, confirmed at each request. */
export const PatientSummary = z.object({
  allergies: answer(AllergyIntolerance),
  conditions: answer(ChronicCondition),
  medicines: answer(MedicationStatement),
  representatives: z.array(RelatedPerson).check(z.maxLength(6)),
});
export type PatientSummary = z.infer<typeof PatientSummary>;

export const SUMMARY_LISTS = ['allergies', 'conditions', 'medicines'] as const;

export const EMPTY_SUMMARY: PatientSummary = {
  allergies: null,
  conditions: null,
  medicines: null,
  representatives: [],
};

/** One line as banners and documents show it; null and empty as in the list. */
export function allergyLine(allergies: PatientSummary['allergies']): string | null {
  return (
    allergies &&
    allergies.map(({ substance, reaction }) => (reaction === '' ? substance : `${substance} — ${reaction}`)).join('; ')
  );
}

/** `I10 Hypertension; Asthma`, empty where none are known. */
export function conditionLine(conditions: PatientSummary['conditions']): string {
  return (conditions ?? []).map(({ code, name }) => (code === null ? name : `${code} ${name}`)).join('; ');
}

/** A card from before there were lists, or one that was registered with a line of words. */
export function summaryOfWords(words: { allergies: string | null; chronicConditions: string }): PatientSummary {
  const { allergies, chronicConditions } = words;
  return {
    allergies:
      allergies === null ? null : allergies === '' ? [] : [{ substance: allergies, reaction: '', severity: 'unknown' }],
    conditions: chronicConditions === '' ? null : [{ code: null, name: chronicConditions }],
    medicines: null,
    representatives: [],
  };
}
