import * as z from 'zod/mini';
import { LocalText } from '../auth/auth.contract.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { SpecialtyCode } from '../kernel/ids.ts';
import { freeText } from '../kernel/text.ts';
import { CalendarDate, Instant } from '../kernel/time.ts';
import { CODE_LIST_COLUMNS, CODE_LIST_PROBLEMS, MAX_CODE_LIST_BYTES } from './code-list-csv.ts';
import { ICD_CODE } from './icd-code.ts';

export const IcdCode = z.string().check(z.regex(ICD_CODE));

/** An ICD-10 code with its names, as it is valid on the day it was asked for or, once retired, as it was last. */
export const IcdConcept = z.object({
  code: z.string(),
  name: LocalText,
  /** The category it stands below; null for a category. */
  parent: z.nullable(z.string()),
  /** Chapter of ICD-10, 1 to 22. */
  chapter: z.number(),
  validFrom: CalendarDate,
  /** The first day on which it is not to be used any more. */
  validTo: z.nullable(CalendarDate),
});
export type IcdConcept = z.infer<typeof IcdConcept>;

/** Why a concept stands where it does: used by this specialist, frequent in the specialty, or found by its text. */
export const FoundConcept = z.object({
  code: z.string(),
  name: LocalText,
  why: z.enum(['recent', 'frequent', 'found']),
});
export type FoundConcept = z.infer<typeof FoundConcept>;

export const searchConcepts = endpoint({
  method: 'GET',
  path: '/api/icd-10',
  summary: 'ICD-10 by the beginning of a code or of words in any language; without a text what is recent and frequent',
  query: z.object({
    q: z._default(freeText(100), ''),
    /** Whose frequent codes come first; a specialist's own where it is left out. */
    specialty: z.optional(SpecialtyCode),
  }),
  response: z.object({ concepts: z.array(FoundConcept) }),
});

export const getConcept = endpoint({
  method: 'GET',
  path: '/api/icd-10/:code',
  summary: 'One ICD-10 code, retired ones too: what was written with it stays readable',
  params: z.object({ code: IcdCode }),
  response: IcdConcept,
});

/** One import of a code list. */
export const CodeListVersion = z.object({
  version: z.number(),
  effectiveFrom: CalendarDate,
  importedAt: Instant,
  /** Null for the list that the product brings along. */
  importedBy: z.nullable(z.string()),
  isComplete: z.boolean(),
  added: z.number(),
  changed: z.number(),
  retired: z.number(),
});
export type CodeListVersion = z.infer<typeof CodeListVersion>;

export const getCodeList = endpoint({
  method: 'GET',
  path: '/api/code-lists/icd-10',
  summary: 'How many codes are in use and which imports made the list, the newest first',
  response: z.object({
    inUse: z.number(),
    retired: z.number(),
    /** The newest 50. */
    versions: z.array(CodeListVersion),
    /** With those that are not named. */
    versionCount: z.number(),
  }),
});

const file = {
  csv: z.string().check(z.maxLength(MAX_CODE_LIST_BYTES)),
  /** The first day of the new list. */
  effectiveFrom: CalendarDate,
  /** The file is the whole list: codes that it does not name are retired. */
  isComplete: z.boolean(),
};

const Sample = z.array(z.object({ code: z.string(), before: z.nullable(LocalText), after: z.nullable(LocalText) }));

export const CodeListPreview = z.object({
  rows: z.number(),
  unchanged: z.number(),
  added: z.number(),
  changed: z.number(),
  retired: z.number(),
  /** The first 50 of each kind that is not left as it is. */
  samples: z.object({ added: Sample, changed: Sample, retired: Sample }),
  /** The first 200 rows that cannot be taken, by their line in the file. */
  problems: z.array(
    z.object({
      line: z.number(),
      column: z.nullable(z.enum(CODE_LIST_COLUMNS)),
      code: z.enum(CODE_LIST_PROBLEMS),
      value: z.string(),
    }),
  ),
  problemCount: z.number(),
  /** SHA-256 of the file, and the version it was compared with; what is applied is what was previewed. */
  sha256: z.string(),
  baseVersion: z.number(),
});
export type CodeListPreview = z.infer<typeof CodeListPreview>;

export const previewCodeList = endpoint({
  method: 'POST',
  path: '/api/code-lists/icd-10/preview',
  summary: 'Read a CSV (code, kk, ru, en) and say what would be new, changed, retired or wrong; changes nothing',
  body: z.object(file),
  response: CodeListPreview,
});

export const applyCodeList = endpoint({
  method: 'POST',
  path: '/api/code-lists/icd-10',
  summary: 'Take a previewed list in as a new version, all of it or nothing; repeating it has one effect',
  body: z.object({ ...file, sha256: z.string().check(z.length(64)), baseVersion: z.number() }),
  response: CodeListVersion,
});
