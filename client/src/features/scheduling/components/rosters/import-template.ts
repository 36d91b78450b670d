import { IMPORT_COLUMNS, type ImportColumn } from '@jaqyn/shared/scheduling/roster-csv';

type Row = Record<ImportColumn, string>;

/** An example file: the columns, a week of slots and a night on call. Semicolons and a byte order mark, as spreadsheets here expect. */
export function exampleCsv(example: { login: string; service: string; mode: string; validFrom: string }): string {
  const slots: Row = {
    login: example.login,
    service: example.service,
    mode: example.mode,
    weekdays: '1 2 3 4 5',
    start: '09:00',
    end: '13:00',
    slot_minutes: '20',
    buffer_minutes: '5',
    holidays: 'no',
    rank: '',
    valid_from: example.validFrom,
    valid_to: '',
  };
  const duty: Row = {
    ...slots,
    mode: 'on_call',
    weekdays: '6 7',
    start: '20:00',
    end: '08:00',
    slot_minutes: '',
    buffer_minutes: '',
    holidays: 'yes',
    rank: '1',
  };
  const lines = [IMPORT_COLUMNS, ...[slots, duty].map((row) => IMPORT_COLUMNS.map((column) => row[column]))];
  return `\uFEFF${lines.map((line) => line.join(';')).join('\r\n')}\r\n`;
}

/** Hands a text to the browser as a file to keep. */
export function offerFile(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken it by the next turn.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}
