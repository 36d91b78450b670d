/** The CSV of a code list: its columns, and what can be wrong with a row before the database is asked. */
import { type CsvLine, parseCsv } from '../kernel/csv-lines.ts';
import { requiredText } from '../kernel/text.ts';
import { ICD_CODE, tidyCode } from './icd-code.ts';

export const CODE_LIST_COLUMNS = ['code', 'kk', 'ru', 'en'] as const;
export type CodeListColumn = (typeof CODE_LIST_COLUMNS)[number];

export const CODE_LIST_PROBLEMS = [
  'columns_missing',
  'not_a_code',
  'name_missing',
  'name_too_long',
  'repeated',
] as const;
export type CodeListProblemCode = (typeof CODE_LIST_PROBLEMS)[number];

/** The whole of ICD-10 with its national subdivisions is some 15,000 codes. */
export const MAX_CODE_ROWS = 40_000;
export const MAX_CODE_LIST_BYTES = 16 * 1024 * 1024;
export const MAX_CONCEPT_NAME = 400;

export interface CodeListRow {
  readonly code: string;
  readonly kk: string;
  readonly ru: string;
  readonly en: string;
}

export interface CodeListProblem {
  /** Line of the file, the header is 1. */
  readonly line: number;
  readonly column: CodeListColumn | null;
  readonly code: CodeListProblemCode;
  /** What stands there, shortened. */
  readonly value: string;
}

export type CodeListFile =
  | { readonly kind: 'columns_wrong'; readonly missing: readonly CodeListColumn[]; readonly unknown: readonly string[] }
  | { readonly kind: 'too_many_rows'; readonly rows: number }
  | {
      readonly kind: 'read';
      readonly rows: readonly CodeListRow[];
      readonly problems: readonly CodeListProblem[];
      readonly count: number;
    };

const Name = requiredText(MAX_CONCEPT_NAME);

export function readCodeList(text: string): CodeListFile {
  const [first, ...lines] = parseCsv(text);
  const header = (first?.values ?? []).map((name) => name.trim().toLowerCase());
  const missing = CODE_LIST_COLUMNS.filter((column) => !header.includes(column));
  const unknown = header.filter((name) => !(CODE_LIST_COLUMNS as readonly string[]).includes(name));
  if (missing.length > 0 || unknown.length > 0) return { kind: 'columns_wrong', missing, unknown };
  const body = lines.filter(({ values }) => values.some((value) => value.trim() !== ''));
  if (body.length > MAX_CODE_ROWS) return { kind: 'too_many_rows', rows: body.length };

  const rows = new Map<string, CodeListRow>();
  const problems: CodeListProblem[] = [];
  for (const line of body) {
    const read = readRow(line, header);
    if (read.problems.length === 0 && rows.has(read.row.code)) {
      problems.push({ line: line.line, column: 'code', code: 'repeated', value: read.row.code });
    } else if (read.problems.length === 0) rows.set(read.row.code, read.row);
    else problems.push(...read.problems);
  }
  return { kind: 'read', rows: [...rows.values()], problems, count: body.length };
}

function readRow(
  { line, values }: CsvLine,
  header: readonly string[],
): { row: CodeListRow; problems: CodeListProblem[] } {
  const row = { code: '', kk: '', ru: '', en: '' };
  if (values.length !== header.length) {
    return { row, problems: [{ line, column: null, code: 'columns_missing', value: String(values.length) }] };
  }
  const problems: CodeListProblem[] = [];
  const cell = (column: CodeListColumn) => values[header.indexOf(column)] ?? '';
  row.code = tidyCode(cell('code'));
  if (!ICD_CODE.test(row.code)) {
    problems.push({ line, column: 'code', code: 'not_a_code', value: cell('code').slice(0, 40) });
  }
  for (const column of ['kk', 'ru', 'en'] as const) {
    const name = Name.safeParse(cell(column).replace(/\s+/g, ' '));
    if (name.success) row[column] = name.data;
    else {
      const isLong = cell(column).length > MAX_CONCEPT_NAME;
      const value = cell(column).trim().slice(0, 40);
      problems.push({ line, column, code: isLong ? 'name_too_long' : 'name_missing', value });
    }
  }
  return { row, problems };
}
