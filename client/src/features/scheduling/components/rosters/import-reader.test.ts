import { IMPORT_COLUMNS } from '@jaqyn/shared/scheduling/roster-csv';
import { describe, expect, it } from 'vitest';
import { MAX_IMPORT_BYTES, readBytes, readText } from './import-reader.ts';
import { exampleCsv } from './import-template.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const ROW = 'cardio;cardiology-video;video;1 3;09:00;13:00;20;5;no;;2026-12-01;';
const file = (...rows: string[]) => [IMPORT_COLUMNS.join(';'), ...rows].join('\r\n');

describe('a chosen file', () => {
  it('is read, with the line of each mistake', () => {
    const read = readBytes(bytes(file(ROW, ROW.replace('09:00', '9.75'))));
    expect(read).toMatchObject({ kind: 'read', count: 2, rows: [{ line: 2 }] });
    expect(read).toMatchObject({ problems: [{ line: 3, column: 'start', code: 'not_a_time', value: '9.75' }] });
  });

  it('that is the example is right', () => {
    const text = exampleCsv({ login: 'cardio', service: 'cardiology-video', mode: 'video', validFrom: '2026-12-01' });
    expect(readBytes(bytes(text))).toMatchObject({ kind: 'read', count: 2, problems: [] });
  });

  it('may be UTF-16 or Windows-1251', () => {
    const text = file(ROW.replace('cardio;', 'ы;'));
    const wide = new Uint8Array(2 + text.length * 2);
    wide.set([0xff, 0xfe]);
    for (let index = 0; index < text.length; index += 1) {
      wide.set([text.charCodeAt(index) & 0xff, text.charCodeAt(index) >> 8], 2 + index * 2);
    }
    expect(readBytes(wide)).toMatchObject({ kind: 'read', rows: [{ login: 'ы' }] });
    const narrow = Uint8Array.from(text, (sign) => (sign === 'ы' ? 0xfb : sign.charCodeAt(0)));
    expect(readBytes(narrow)).toMatchObject({ kind: 'read', rows: [{ login: 'ы' }] });
  });

  it('that is something else is said to be so', () => {
    expect(readBytes(Uint8Array.of(0x50, 0x4b, 3, 4)).kind).toBe('workbook');
    expect(readBytes(Uint8Array.of(0xff, 0, 0xfe, 1)).kind).toBe('not_text');
    expect(readBytes(new Uint8Array(MAX_IMPORT_BYTES + 1)).kind).toBe('too_large');
    expect(readText(' \n').kind).toBe('empty');
    expect(readText(file()).kind).toBe('empty');
    expect(readText('name;day\r\nA;1')).toMatchObject({ kind: 'columns_wrong', unknown: ['name', 'day'] });
    expect(readText(file(...Array<string>(50_000).fill(ROW)))).toEqual({ kind: 'too_many_rows', rows: 50_000 });
  });
});
