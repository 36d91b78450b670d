import { AllergySeverity, type PatientSummary, Relationship } from '@jaqyn/shared/patients/patient-summary';
import { ICD_CODE, tidyCode } from '@jaqyn/shared/terminologies/icd-code';
import * as z from 'zod/mini';

export const ListAnswer = z.enum(['unknown', 'none', 'some']);
export type ListAnswer = z.infer<typeof ListAnswer>;

/** The summary as it is typed: rows may be empty or half filled. */
export const SummaryDraft = z.object({
  /** The version it was begun from. */
  baseVersion: z.number(),
  allergyAnswer: ListAnswer,
  allergies: z.array(z.object({ substance: z.string(), reaction: z.string(), severity: AllergySeverity })),
  conditionAnswer: ListAnswer,
  conditions: z.array(z.object({ code: z.string(), name: z.string() })),
  medicineAnswer: ListAnswer,
  medicines: z.array(z.object({ name: z.string(), dose: z.string(), frequency: z.string() })),
  representatives: z.array(z.object({ name: z.string(), relationship: Relationship, phone: z.string() })),
});
export type SummaryDraft = z.infer<typeof SummaryDraft>;

export const NEW_ROW = {
  allergies: { substance: '', reaction: '', severity: 'unknown' },
  conditions: { code: '', name: '' },
  medicines: { name: '', dose: '', frequency: '' },
  representatives: { name: '', relationship: 'mother', phone: '' },
} as const;

const answerOf = (entries: readonly unknown[] | null): ListAnswer =>
  entries === null ? 'unknown' : entries.length === 0 ? 'none' : 'some';

export function toDraft(summary: PatientSummary, baseVersion: number): SummaryDraft {
  const { allergies, conditions, medicines, representatives } = summary;
  return {
    baseVersion,
    allergyAnswer: answerOf(allergies),
    allergies: allergies ?? [],
    conditionAnswer: answerOf(conditions),
    conditions: (conditions ?? []).map(({ code, name }) => ({ code: code ?? '', name })),
    medicineAnswer: answerOf(medicines),
    medicines: medicines ?? [],
    representatives,
  };
}

/** Something is written in the row, and not what it is about: sent, it would be left out. */
export function isNameless(row: SummaryDraft['allergies' | 'medicines' | 'representatives'][number]): boolean {
  if ('substance' in row) return row.substance.trim() === '' && row.reaction.trim() !== '';
  if (row.name.trim() !== '') return false;
  return 'dose' in row ? row.dose.trim() + row.frequency.trim() !== '' : row.phone.trim() !== '';
}

/** Rows that nobody may lose by saving: of the answers that are sent. */
export function hasNameless(draft: SummaryDraft): boolean {
  return [
    ...(draft.allergyAnswer === 'some' ? draft.allergies : []),
    ...(draft.medicineAnswer === 'some' ? draft.medicines : []),
    ...draft.representatives,
  ].some(isNameless);
}

/** What is sent. Rows without a name are left out; "yes" without one is "not asked". */
export function toSummary(draft: SummaryDraft): PatientSummary {
  const listOf = <T>(answer: ListAnswer, rows: readonly T[]): T[] | null =>
    answer === 'unknown' || (answer === 'some' && rows.length === 0) ? null : answer === 'none' ? [] : [...rows];
  const named = <T extends { name: string }>(rows: readonly T[]) => rows.filter(({ name }) => name.trim() !== '');
  return {
    allergies: listOf(
      draft.allergyAnswer,
      draft.allergies.filter(({ substance }) => substance.trim() !== ''),
    ),
    conditions: listOf(
      draft.conditionAnswer,
      draft.conditions
        // A code alone is a condition too: its words are the code.
        .map(({ code, name }) => ({ code: tidyCode(code), name: name.trim() === '' ? tidyCode(code) : name }))
        .filter(({ name }) => name !== '')
        .map(({ code, name }) => ({ code: ICD_CODE.test(code) ? code : null, name })),
    ),
    medicines: listOf(draft.medicineAnswer, named(draft.medicines)),
    representatives: named(draft.representatives),
  };
}
