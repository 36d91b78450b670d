import writeXlsxFile from 'write-excel-file/node';

const WIDTH = 24;

/**
 * Rows as an Excel workbook of one sheet; the first row is its head. Every cell is text and stays text: what looks like a formula is written as
 * a string, which no spreadsheet runs. Characters that XML cannot hold are left out.
 */
export function toXlsx(rows: readonly (readonly string[])[]): Promise<Buffer> {
  const [head = []] = rows;
  const cells = rows.map((row, index) =>
    row.map((value) => ({ type: String, value: clean(value), ...(index === 0 && { fontWeight: 'bold' as const }) })),
  );
  const sheet = { sheet: 'Jaqyn', columns: head.map(() => ({ width: WIDTH })), stickyRowsCount: 1 };
  return writeXlsxFile(cells, sheet).toBuffer();
}

function clean(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what has to go
  return text.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '');
}
