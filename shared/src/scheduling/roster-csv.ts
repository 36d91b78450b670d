/** The CSV of roster templates: its columns, and what can be wrong with a row before the database is asked. */
import type { FieldError } from '../errors/problem.ts';
import { parseCsv } from '../kernel/csv-lines.ts';
import { CalendarDate } from '../kernel/time.ts';
import { findTemplateProblems, MAX_RANK, SLOT_MODES, type SlotMode } from './roster.ts';

export const IMPORT_COLUMNS = [
  'login',
  'service',
  'mode',
  'weekdays',
  'start',
  'end',
  'slot_minutes',
  'buffer_minutes',
  'holidays',
  'rank',
  'valid_from',
  'valid_to',
] as const;
export type ImportColumn = (typeof IMPORT_COLUMNS)[number];

export const IMPORT_PROBLEMS = [
  'not_a_number',
  'not_a_time',
  'not_a_date',
  'not_a_weekday',
  'not_a_mode',
  'not_yes_or_no',
  'out_of_range',
  'does_not_fit_together',
  'columns_missing',
  'unknown_specialist',
  'unknown_service',
  'service_retired',
  'specialty_differs',
  'overlaps_row',
  'overlaps_roster',
] as const;
export type ImportProblemCode = (typeof IMPORT_PROBLEMS)[number];

/** A region's whole roster is some hundred rows; more than these is somebody's wrong file. */
export const MAX_IMPORT_ROWS = 5000;
export const MAX_IMPORT_BYTES = 8 * 1024 * 1024;

/** A row as it is written, before anybody knows the specialist. */
export interface ImportRow {
  /** Line of the file, the header is 1. */
  readonly line: number;
  readonly login: string;
  readonly service: string;
  readonly mode: SlotMode;
  readonly weekdays: readonly number[];
  readonly startMinute: number;
  readonly endMinute: number;
  readonly slotMinutes: number;
  readonly bufferMinutes: number;
  readonly worksOnHolidays: boolean;
  readonly rank: number | null;
  readonly validFrom: CalendarDate;
  readonly validTo: CalendarDate | null;
}

export interface ImportProblem {
  readonly line: number;
  readonly column: ImportColumn | null;
  readonly code: ImportProblemCode;
  readonly value: string;
}

export type ImportFile =
  | { readonly kind: 'columns_wrong'; readonly missing: readonly ImportColumn[]; readonly unknown: readonly string[] }
  | { readonly kind: 'too_many_rows'; readonly rows: number }
  | {
      readonly kind: 'read';
      readonly rows: readonly ImportRow[];
      readonly problems: readonly ImportProblem[];
      readonly count: number;
    };

/** Reads the file: comma, semicolon or tab between the values, quotes as in RFC 4180, a byte order mark is no harm. */
export function readImport(text: string): ImportFile {
  const table = parseCsv(text);
  const header = (table[0]?.values ?? []).map((name) => name.trim().toLowerCase());
  const missing = IMPORT_COLUMNS.filter((column) => !header.includes(column));
  const unknown = header.filter((name) => !(IMPORT_COLUMNS as readonly string[]).includes(name));
  if (missing.length > 0 || unknown.length > 0) return { kind: 'columns_wrong', missing, unknown };
  const body = table.slice(1).filter(({ values }) => values.some((value) => value.trim() !== ''));
  if (body.length > MAX_IMPORT_ROWS) return { kind: 'too_many_rows', rows: body.length };

  const rows: ImportRow[] = [];
  const problems: ImportProblem[] = [];
  for (const { line, values } of body) {
    if (values.length !== header.length) {
      problems.push({ line, column: null, code: 'columns_missing', value: String(values.length) });
      continue;
    }
    const cells = Object.fromEntries(header.map((name, index) => [name, (values[index] ?? '').trim()]));
    const read = readRow(line, cells as Record<ImportColumn, string>);
    if (read.problems.length > 0) problems.push(...read.problems);
    else rows.push(read.row);
  }
  return { kind: 'read', rows, problems, count: body.length };
}

function readRow(line: number, cells: Record<ImportColumn, string>): { row: ImportRow; problems: ImportProblem[] } {
  const problems: ImportProblem[] = [];
  const fail = (column: ImportColumn, code: ImportProblemCode) => {
    problems.push({ line, column, code, value: cells[column].slice(0, 40) });
  };
  const number = (column: ImportColumn, fallback: number, most: number): number => {
    if (cells[column] === '') return fallback;
    if (!/^\d{1,4}$/.test(cells[column])) {
      fail(column, 'not_a_number');
      return fallback;
    }
    const value = Number(cells[column]);
    if (value > most) fail(column, 'out_of_range');
    return value;
  };
  const time = (column: ImportColumn): number => {
    const match = /^(\d{1,2}):(\d{2})$/.exec(cells[column]);
    const minute = match === null ? Number.NaN : Number(match[1]) * 60 + Number(match[2]);
    if (!(minute <= 1440) || Number(match?.[2]) > 59) {
      fail(column, 'not_a_time');
      return 0;
    }
    return minute;
  };
  const date = (column: ImportColumn): CalendarDate => {
    const text = toIsoDate(cells[column]);
    const parsed = CalendarDate.safeParse(text);
    if (!parsed.success) fail(column, 'not_a_date');
    return text as CalendarDate;
  };

  const mode = cells.mode.toLowerCase() as SlotMode;
  if (!SLOT_MODES.includes(mode)) fail('mode', 'not_a_mode');
  const isOnCall = mode === 'on_call';
  const weekdays = [...new Set(cells.weekdays.split(/[\s/+.]+/).map(Number))];
  if (!weekdays.every((day) => Number.isInteger(day) && day >= 1 && day <= 7)) fail('weekdays', 'not_a_weekday');
  const holidays = cells.holidays.toLowerCase();
  if (!['', 'yes', 'no', '1', '0'].includes(holidays)) fail('holidays', 'not_yes_or_no');
  const startMinute = time('start');
  const end = time('end');
  const row: ImportRow = {
    line,
    login: cells.login.toLowerCase(),
    service: cells.service,
    mode,
    weekdays,
    startMinute,
    // A duty that ends at or before its start ends on the next day.
    endMinute: isOnCall && end <= startMinute ? end + 1440 : end,
    slotMinutes: isOnCall ? 0 : number('slot_minutes', 0, 240),
    bufferMinutes: isOnCall ? 0 : number('buffer_minutes', 0, 60),
    worksOnHolidays: holidays === '' ? isOnCall : ['yes', '1'].includes(holidays),
    rank: isOnCall ? number('rank', 1, MAX_RANK) : null,
    validFrom: date('valid_from'),
    validTo: cells.valid_to === '' ? null : date('valid_to'),
  };
  if (problems.length === 0) {
    for (const { path } of findTemplateProblems(row)) fail(COLUMN_OF[path] ?? 'start', 'does_not_fit_together');
  }
  return { row, problems };
}

const COLUMN_OF: Readonly<Record<FieldError['path'], ImportColumn>> = {
  weekdays: 'weekdays',
  endMinute: 'end',
  slotMinutes: 'slot_minutes',
  rank: 'rank',
  validTo: 'valid_to',
};

/** `2026-11-30` as it is, `30.11.2026` turned round; anything else stays and is refused. */
function toIsoDate(text: string): string {
  const local = /^(\d{2})\.(\d{2})\.(\d{4})$/.exec(text);
  return local === null ? text : `${local[3]}-${local[2]}-${local[1]}`;
}
