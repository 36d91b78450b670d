import { CONCLUSION_FIELDS, type ConclusionText, type ConclusionTextField } from './conclusion-text.ts';

export type MergeChoice = 'mine' | 'theirs' | 'both';

export interface Merge {
  /** Every field that only one side changed, as that side has it; the others as they are here. */
  readonly merged: ConclusionText;
  /** Fields that both sides changed, each in its own way: a person decides. */
  readonly conflicts: readonly ConclusionTextField[];
}

/** Field by field: what only one side changed since `base` is taken from it. Nothing that was typed is dropped by itself. */
export function mergeTexts(base: ConclusionText, mine: ConclusionText, theirs: ConclusionText): Merge {
  const conflicts: ConclusionTextField[] = [];
  let merged = mine;
  for (const field of CONCLUSION_FIELDS) {
    if (isSame(field, mine, theirs) || isSame(field, base, theirs)) continue;
    if (isSame(field, base, mine)) merged = take(field, merged, theirs);
    else conflicts.push(field);
  }
  return { merged, conflicts };
}

/** Whether "both" makes sense: two texts can stand one after the other, two dates cannot. */
export function canTakeBoth(field: ConclusionTextField): boolean {
  return field !== 'diagnosis' && field !== 'followUp';
}

/** What a person decided for each conflicting field. A field without a decision stays as it is here. */
export function applyChoices(
  merged: ConclusionText,
  theirs: ConclusionText,
  choices: Partial<Record<ConclusionTextField, MergeChoice>>,
): ConclusionText {
  let result = merged;
  for (const field of CONCLUSION_FIELDS) {
    const choice = choices[field];
    if (choice === 'theirs') result = take(field, result, theirs);
    else if (choice === 'both') result = joinField(field, result, theirs);
  }
  return result;
}

function joinField(field: ConclusionTextField, mine: ConclusionText, theirs: ConclusionText): ConclusionText {
  switch (field) {
    case 'diagnosis':
    case 'followUp':
      return mine;
    case 'recommendations': {
      const known = new Set(theirs.recommendations.map(cleaned));
      const added = mine.recommendations.filter((item) => !known.has(cleaned(item)));
      return { ...mine, recommendations: [...theirs.recommendations, ...added].filter((item) => cleaned(item) !== '') };
    }
    default:
      return { ...mine, [field]: `${theirs[field]}\n${mine[field]}` };
  }
}

function take(field: ConclusionTextField, to: ConclusionText, from: ConclusionText): ConclusionText {
  return { ...to, [field]: from[field] };
}

function isSame(field: ConclusionTextField, one: ConclusionText, other: ConclusionText): boolean {
  return comparable(one[field]) === comparable(other[field]);
}

/** Spaces at the ends and empty rows are not a change. */
function comparable(value: ConclusionText[ConclusionTextField]): string {
  if (typeof value === 'string') return cleaned(value);
  if (Array.isArray(value)) return JSON.stringify(value.map(cleaned).filter((item) => item !== ''));
  return JSON.stringify([
    cleaned(value.code),
    cleaned(value.text),
    value.certainty,
    ...(value.others ?? []).map((other) => [other.kind, cleaned(other.code), cleaned(other.text)]),
  ]);
}

function cleaned(text: string): string {
  return text.trim().normalize('NFC');
}
