export interface CsvLine {
  readonly line: number;
  readonly values: readonly string[];
}

/** RFC 4180 with the separator that the first line uses most; a byte order mark is no harm. */
export function parseCsv(text: string): CsvLine[] {
  const source = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const firstLine = source.slice(0, source.search(/\r|\n|$/));
  const separator = [',', ';', '\t'].reduce((best, sign) =>
    firstLine.split(sign).length > firstLine.split(best).length ? sign : best,
  );
  const lines: CsvLine[] = [];
  let values: string[] = [];
  let value = '';
  let isQuoted = false;
  let line = 1;
  let startedOn = 1;
  const endValue = () => {
    values.push(value);
    value = '';
  };
  const endLine = () => {
    endValue();
    lines.push({ line: startedOn, values });
    values = [];
    startedOn = line;
  };
  for (let index = 0; index < source.length; index += 1) {
    const sign = source.charAt(index);
    if (sign === '\n') line += 1;
    if (isQuoted) {
      if (sign !== '"') value += sign;
      else if (source.charAt(index + 1) === '"') {
        value += '"';
        index += 1;
      } else isQuoted = false;
    } else if (sign === '"' && value === '') isQuoted = true;
    else if (sign === separator) endValue();
    else if (sign === '\n') endLine();
    else if (sign !== '\r') value += sign;
  }
  if (value !== '' || values.length > 0) endLine();
  return lines;
}
