// Spreadsheets run a cell that begins like this, or with a tab or a line break before it.
const FORMULA = /^[\s\u0000]*[=+\-@|%]|^[\t\r\n]/;

/**
 * Rows as CSV (RFC 4180) for a spreadsheet: UTF-8 with a byte order mark, so that Kazakh letters show; semicolons, which the
 * spreadsheets of this country expect; and nothing that a spreadsheet would run: a cell that begins like a formula gets an
 * apostrophe, which they show as text. Plain numbers stay numbers.
 */
export function toCsv(rows: readonly (readonly (string | number)[])[]): string {
  return `\uFEFF${rows.map((row) => row.map(toCell).join(';')).join('\r\n')}\r\n`;
}

function toCell(value: string | number): string {
  const text = String(value);
  const isNumber = /^-?\d+(\.\d+)?$/.test(text);
  const safe = !isNumber && FORMULA.test(text) ? `'${text}` : text;
  return /[";,\r\n\t]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
