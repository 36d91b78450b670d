import * as z from 'zod/mini';
import { LocalText } from '../auth/auth.contract.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { MergeId, PatientId, StayId } from '../kernel/ids.ts';
import { freeText, requiredText } from '../kernel/text.ts';
import { CalendarDate, Instant } from '../kernel/time.ts';
import { Patient, Sex } from './patient.contract.ts';

/** Why two cards may be one person, the surest first. */
const DUPLICATE_REASONS = ['iin', 'name_and_birth_date', 'similar_name'] as const;
export const DuplicateReason = z.enum(DUPLICATE_REASONS);
export type DuplicateReason = z.infer<typeof DuplicateReason>;

/** Who somebody says to be, as far as it was typed. */
export const Identity = z.object({
  iin: z.nullable(z.string().check(z.regex(/^\d{12}$/))),
  familyName: freeText(80),
  givenName: freeText(80),
  birthDate: z.nullable(CalendarDate),
});
export type Identity = z.infer<typeof Identity>;

/** Enough to tell whether it is the same person. Of a card elsewhere it says nothing that was not typed, but where it is. */
export const LikelyDuplicate = z.object({
  id: PatientId,
  reason: DuplicateReason,
  familyName: z.string(),
  givenName: z.string(),
  middleName: z.string(),
  birthDate: CalendarDate,
  sex: Sex,
  /** The last four digits; null without an IIN. */
  iinEnd: z.nullable(z.string()),
  /** Null at one's own station, or where the patient is visiting it. */
  elsewhere: z.nullable(z.object({ station: LocalText, settlement: LocalText })),
});
export type LikelyDuplicate = z.infer<typeof LikelyDuplicate>;

export const findDuplicates = endpoint({
  method: 'POST',
  path: '/api/patients/duplicates',
  summary:
    'Cards that may be of the same person; of other stations only those with the same IIN, or name and birth date',
  body: Identity,
  response: z.object({ duplicates: z.array(LikelyDuplicate) }),
});

export const StayKind = z.enum(['moved_here', 'visiting']);
export type StayKind = z.infer<typeof StayKind>;

export const admitPatient = endpoint({
  method: 'POST',
  path: '/api/patients/:patientId/stays',
  summary:
    'Open the card of a patient registered elsewhere: moved here, or visiting for 30 days. What identifies them must fit',
  params: z.object({ patientId: PatientId }),
  body: z.object({ id: StayId, kind: StayKind, reason: requiredText(300), identity: Identity }),
  response: Patient,
});

/** Two cards that may be one person, for the coordinator. */
export const DuplicatePair = z.object({ reason: DuplicateReason, one: Patient, other: Patient });
export type DuplicatePair = z.infer<typeof DuplicatePair>;

export const listDuplicatePairs = endpoint({
  method: 'GET',
  path: '/api/patient-duplicates',
  summary: 'Pairs of cards that may be one person',
  response: z.object({
    pairs: z.array(DuplicatePair),
    /** With those that are not shown: they come up as these are dealt with. */
    total: z.number(),
    /** There were more cards to look at than are looked at together: the number is the least there are. */
    isPart: z.boolean(),
  }),
});

/** Fields of which one value stays. Lists are united, requests follow: nothing of either card goes. */
export const MERGED_FIELDS = [
  'iin',
  'familyName',
  'givenName',
  'middleName',
  'birthDate',
  'sex',
  'phone',
  'address',
  'insurance',
  'stationId',
] as const satisfies (keyof Patient)[];
export type MergedField = (typeof MERGED_FIELDS)[number];

const Side = z.enum(['kept', 'merged']);
export const MergeChoices = z.partialRecord(z.enum(MERGED_FIELDS), Side);
export type MergeChoices = z.infer<typeof MergeChoices>;

/** What to take unless somebody says otherwise: the kept card's, and the other's where the kept one has none. */
export function usualChoices(kept: Patient, merged: Patient): MergeChoices {
  const isEmpty = (value: unknown) => value === null || value === '' || value === 'unknown';
  const choices: MergeChoices = {};
  for (const field of MERGED_FIELDS) {
    if (kept[field] !== merged[field]) choices[field] = isEmpty(kept[field]) ? 'merged' : 'kept';
  }
  return choices;
}

const Pair = { keptId: PatientId, mergedId: PatientId };

export const previewMerge = endpoint({
  method: 'POST',
  path: '/api/patient-merges/preview',
  summary: 'Both cards, what would follow, and the sum that the merge must name',
  body: z.object(Pair),
  response: z.object({
    kept: Patient,
    merged: Patient,
    requestsOfKept: z.number(),
    requestsOfMerged: z.number(),
    /** Of both cards as they are now. */
    digest: z.string(),
  }),
});

export const PatientMerge = z.object({
  id: MergeId,
  keptId: PatientId,
  mergedId: PatientId,
  keptName: z.string(),
  mergedName: z.string(),
  at: Instant,
  byName: z.string(),
  reason: z.string(),
  movedRequests: z.number(),
  undoneAt: z.nullable(Instant),
});
export type PatientMerge = z.infer<typeof PatientMerge>;

export const mergePatients = endpoint({
  method: 'POST',
  path: '/api/patient-merges',
  summary: 'Make two cards one; refused when either changed since the preview',
  body: z.object({
    ...Pair,
    id: MergeId,
    digest: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
    choices: MergeChoices,
    reason: requiredText(300),
  }),
  response: PatientMerge,
});

/** A place in the list of merges, made by the server. */
export const MergePlace = z.string().check(z.regex(/^\S{15,30} \S{36}$/));
export type MergePlace = z.infer<typeof MergePlace>;

export const listMerges = endpoint({
  method: 'GET',
  path: '/api/patient-merges',
  summary: 'Cards that were made one, newest first',
  query: z.object({
    limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(200)), 50),
    /** `next` of the page before. */
    after: z.optional(MergePlace),
  }),
  response: z.object({ merges: z.array(PatientMerge), next: z.nullable(MergePlace), total: z.number() }),
});

export const undoMerge = endpoint({
  method: 'POST',
  path: '/api/patient-merges/:mergeId/undo',
  summary: 'Make them two again: values and requests go back; what was made since stays with the kept card',
  params: z.object({ mergeId: MergeId }),
  body: z.object({ reason: requiredText(300) }),
  response: PatientMerge,
});
