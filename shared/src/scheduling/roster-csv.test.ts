import { describe, expect, it } from 'vitest';
import { IMPORT_COLUMNS, MAX_IMPORT_ROWS, readImport } from './roster-csv.ts';

const HEADER = IMPORT_COLUMNS.join(',');
const ROW = 'cardio,cardiology-video,video,1 2 3 4 5,09:00,13:00,20,5,no,,2026-12-01,';

function problems(row: string): string[] {
  const file = readImport(`${HEADER}\n${row}`);
  if (file.kind !== 'read') throw new Error(file.kind);
  return file.problems.map(({ line, column, code }) => `${line} ${column} ${code}`);
}

describe('a roster in CSV', () => {
  it('is read, with semicolons, quotes, a byte order mark and Windows lines too', () => {
    const plain = readImport(`${HEADER}\n${ROW}\n`);
    expect(plain).toMatchObject({
      kind: 'read',
      problems: [],
      count: 1,
      rows: [
        {
          line: 2,
          weekdays: [1, 2, 3, 4, 5],
          startMinute: 540,
          endMinute: 780,
          validFrom: '2026-12-01',
          validTo: null,
        },
      ],
    });
    const excel = `\uFEFF${HEADER.replaceAll(',', ';')}\r\n"cardio";cardiology-video;video;"1/2/3/4/5";9:00;13:00;20;5;;;01.12.2026;\r\n\r\n`;
    expect(readImport(excel)).toEqual(plain);
  });

  it('takes a duty over midnight', () => {
    const file = readImport(`${HEADER}\ncardio,cardiology-duty,on_call,7,20:00,8:00,,,,2,2026-12-01,2026-12-31`);
    expect(file).toMatchObject({
      rows: [{ startMinute: 1200, endMinute: 1920, rank: 2, worksOnHolidays: true, slotMinutes: 0 }],
    });
  });

  it('names the columns that are missing and those nobody knows', () => {
    expect(readImport('name,from,to\nx,y,z')).toMatchObject({ kind: 'columns_wrong', unknown: ['name', 'from', 'to'] });
    expect(readImport(`${HEADER},phone\n`)).toMatchObject({ kind: 'columns_wrong', missing: [], unknown: ['phone'] });
    expect(readImport('')).toMatchObject({ kind: 'columns_wrong', missing: [...IMPORT_COLUMNS] });
  });

  it.each([
    ['a date of another country', ROW.replace('2026-12-01', '12/01/2026'), ['2 valid_from not_a_date']],
    ['a day that does not exist', ROW.replace('2026-12-01', '30.02.2027'), ['2 valid_from not_a_date']],
    ['the 25th hour', ROW.replace('13:00', '25:00'), ['2 end not_a_time']],
    ['a minute too many', ROW.replace('13:00', '12:60'), ['2 end not_a_time']],
    ['a weekday that is none', ROW.replace('1 2 3 4 5', 'Mon Tue'), ['2 weekdays not_a_weekday']],
    ['an unknown mode', ROW.replace('video,1', 'call,1'), ['2 mode not_a_mode']],
    ['a formula', ROW.replace('20,5', '=1+1,5'), ['2 slot_minutes not_a_number']],
    ['a window that ends before it starts', ROW.replace('13:00', '08:00'), ['2 end does_not_fit_together']],
    ['a value too few', ROW.replace(',no', ''), ['2 null columns_missing']],
  ])('explains %s', (_name, row, expected) => {
    expect(problems(row)).toEqual(expected);
  });

  it('counts the lines of the file, not of the rows', () => {
    const file = readImport(`${HEADER}\n${ROW}\n\n${ROW.replace('09:00', '9')}`);
    expect(file).toMatchObject({ count: 2, problems: [{ line: 4, column: 'start' }] });
  });

  it('says how many rows are too many', () => {
    const file = readImport(`${HEADER}\n${`${ROW}\n`.repeat(50_000)}`);
    expect(file).toEqual({ kind: 'too_many_rows', rows: 50_000 });
    expect(readImport(`${HEADER}\n${`${ROW}\n`.repeat(MAX_IMPORT_ROWS)}`).kind).toBe('read');
  });
});
