import {
  type ImportColumn,
  type ImportProblem,
  type ImportRow,
  MAX_IMPORT_BYTES,
  MAX_IMPORT_ROWS,
  readImport,
} from '@jaqyn/shared/scheduling/roster-csv';

/** What a chosen file or a pasted text turned out to be, before the server is asked. */
export type ReadFile =
  | { readonly kind: 'too_large'; readonly bytes: number }
  /** An XLSX: a ZIP archive. */
  | { readonly kind: 'workbook' }
  | { readonly kind: 'not_text' }
  | { readonly kind: 'empty' }
  | { readonly kind: 'columns_wrong'; readonly missing: readonly ImportColumn[]; readonly unknown: readonly string[] }
  | { readonly kind: 'too_many_rows'; readonly rows: number }
  | {
      readonly kind: 'read';
      readonly csv: string;
      readonly count: number;
      /** The first of them, to look at. */
      readonly rows: readonly ImportRow[];
      readonly problems: readonly ImportProblem[];
    };

export const ROWS_SHOWN = 100;
export { MAX_IMPORT_BYTES, MAX_IMPORT_ROWS };

/** Reads the bytes of a file. Spreadsheets of this country write UTF-8, UTF-16 or Windows-1251; all three are taken. */
export function readBytes(bytes: Uint8Array): ReadFile {
  if (bytes.length > MAX_IMPORT_BYTES) return { kind: 'too_large', bytes: bytes.length };
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return { kind: 'workbook' };
  const text = decode(bytes);
  return text === undefined ? { kind: 'not_text' } : readText(text);
}

export function readText(csv: string): ReadFile {
  if (csv.trim() === '') return { kind: 'empty' };
  const file = readImport(csv);
  if (file.kind !== 'read') return file;
  if (file.count === 0) return { kind: 'empty' };
  return {
    kind: 'read',
    csv,
    count: file.count,
    rows: file.rows.slice(0, ROWS_SHOWN),
    problems: file.problems.slice(0, ROWS_SHOWN),
  };
}

function decode(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\u0000') ? undefined : text;
  } catch {
    // Not UTF-8: an older spreadsheet's Cyrillic, unless it is no text at all.
    return bytes.includes(0) ? undefined : new TextDecoder('windows-1251').decode(bytes);
  }
}
