import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toCsv } from './csv.ts';

/** What a spreadsheet reads: RFC 4180 with semicolons. */
function parse(csv: string): string[][] {
  const rows: string[][] = [[]];
  let cell = '';
  let isQuoted = false;
  for (let index = 1; index < csv.length; index += 1) {
    const sign = csv.charAt(index);
    if (isQuoted) {
      if (sign !== '"') cell += sign;
      else if (csv.charAt(index + 1) === '"') {
        cell += '"';
        index += 1;
      } else isQuoted = false;
    } else if (sign === '"') isQuoted = true;
    else if (sign === ';') {
      rows.at(-1)?.push(cell);
      cell = '';
    } else if (sign === '\n') {
      rows.at(-1)?.push(cell.replace(/\r$/, ''));
      cell = '';
      rows.push([]);
    } else cell += sign;
  }
  return rows.slice(0, -1);
}

describe('CSV for a spreadsheet', () => {
  it('begins with a byte order mark and keeps Kazakh letters, numbers and quotes', () => {
    expect(toCsv([['Қ.Ғ.', 12, -3.5, 'a;b', 'he said "so"']])).toBe('\uFEFFҚ.Ғ.;12;-3.5;"a;b";"he said ""so"""\r\n');
  });

  it.each([
    '=1+1',
    '+cmd',
    '-2+3',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\ttext',
    '\rtext',
    '\ntext',
    ' =1',
    '|calc',
    '%0A=1',
    '=HYPERLINK("http://x")',
  ])('makes text of %j', (formula) => {
    const [[cell]] = parse(toCsv([[formula]])) as [[string]];
    expect(cell).toBe(`'${formula}`);
  });

  it('gives every text back, or the same behind an apostrophe, and never a cell that begins like a formula', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.string(), { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 4 }),
        (rows) => {
          const read = parse(toCsv(rows));
          expect(read).toHaveLength(rows.length);
          for (const [index, row] of rows.entries()) {
            for (const [column, text] of row.entries()) {
              const cell = read[index]?.[column] ?? '';
              expect(cell === text || cell === `'${text}`).toBe(true);
              expect(/^-?\d+(\.\d+)?$/.test(cell) || !/^\s*[=+\-@]/.test(cell)).toBe(true);
            }
          }
        },
      ),
    );
  });
});
