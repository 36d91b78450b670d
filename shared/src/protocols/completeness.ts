import type { AttachmentKind } from '../attachments/attachment.contract.ts';
import type { Vitals } from '../consultations/vitals.ts';
import { assertUnreachable } from '../kernel/assert-unreachable.ts';
import type { PatientSummary } from '../patients/patient-summary.ts';
import type { CompletenessContent, CompletenessItem, FileCategory, ItemRule } from './protocol.contract.ts';

/** What a protocol may ask for, by what a file shows. */
const CATEGORY_OF: Readonly<Record<AttachmentKind, Exclude<FileCategory, 'any'>>> = {
  ecg: 'ecg',
  lab: 'lab',
  xray: 'xray',
  skin: 'photo',
  throat: 'photo',
  other: 'photo',
};

/** Files by what a protocol may ask for. */
export function countCategories(
  files: readonly { readonly kind: AttachmentKind; readonly count: number }[],
): CompletenessFacts['files'] {
  const counts: Partial<Record<Exclude<FileCategory, 'any'>, number>> = {};
  for (const { kind, count } of files) counts[CATEGORY_OF[kind]] = (counts[CATEGORY_OF[kind]] ?? 0) + count;
  return counts;
}

/** What is known of a request, at whichever side. */
export interface CompletenessFacts {
  /** Null while no patient is named. */
  readonly summary: PatientSummary | null;
  /** Every set that was measured. */
  readonly vitals: readonly Vitals[];
  readonly complaints: string;
  readonly anamnesis: string;
  readonly preliminaryCode: string | undefined;
  /** How many files there are of each category. */
  readonly files: Readonly<Partial<Record<Exclude<FileCategory, 'any'>, number>>>;
  readonly dangerCheck: 'done' | 'open' | 'not_applicable';
  /** Item → why the station cannot give it. */
  readonly notPossible: Readonly<Record<string, string>>;
}

type ItemState = 'ready' | 'missing' | 'not_possible';

interface JudgedItem {
  readonly key: string;
  readonly label: CompletenessItem['label'];
  readonly state: ItemState;
  /** Why it is not possible; empty otherwise. */
  readonly reason: string;
}

export interface Completeness {
  readonly items: readonly JudgedItem[];
  readonly ready: number;
  readonly expected: number;
}

/** "3 of 5 ready". What cannot be given at the station is not ready and not missing either: it is said with its reason. */
export function judgeCompleteness({ items }: CompletenessContent, facts: CompletenessFacts): Completeness {
  const judged = items
    .filter(({ rule }) => rule.kind !== 'danger_check' || facts.dangerCheck !== 'not_applicable')
    .map(({ key, label, rule }): JudgedItem => {
      const reason = Object.hasOwn(facts.notPossible, key) ? (facts.notPossible[key] ?? '') : '';
      if (isReady(rule, facts)) return { key, label, state: 'ready', reason: '' };
      return { key, label, state: reason === '' ? 'missing' : 'not_possible', reason };
    });
  return { items: judged, ready: judged.filter(({ state }) => state === 'ready').length, expected: judged.length };
}

function isReady(rule: ItemRule, facts: CompletenessFacts): boolean {
  switch (rule.kind) {
    case 'patient':
      return facts.summary !== null;
    case 'summary':
      return facts.summary !== null && facts.summary[rule.list] !== null;
    case 'vitals':
      return rule.codes.every((code) => facts.vitals.some((set) => set[code] !== undefined));
    case 'field':
      return (facts[rule.field] ?? '').trim() !== '';
    case 'files':
      return countFiles(rule.category, facts.files) >= rule.atLeast;
    case 'danger_check':
      return facts.dangerCheck === 'done';
    default:
      return assertUnreachable(rule);
  }
}

function countFiles(category: FileCategory, files: CompletenessFacts['files']): number {
  if (category !== 'any') return files[category] ?? 0;
  return Object.values(files).reduce((sum, count) => sum + count, 0);
}
