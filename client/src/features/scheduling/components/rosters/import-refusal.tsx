import { assertUnreachable } from '@jaqyn/shared/kernel/assert-unreachable';
import { IMPORT_COLUMNS } from '@jaqyn/shared/scheduling/roster-csv';
import { Trans } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { formatNumber } from '../../../../lib/format.ts';
import { Notice } from './form.tsx';
import { MAX_IMPORT_BYTES, MAX_IMPORT_ROWS, type ReadFile } from './import-reader.ts';

type Refused = Exclude<ReadFile, { kind: 'read' }>;

/** Why a file cannot be looked at row by row, and what to do about it. Nothing has left the computer. */
export function ImportRefusal({ name, file }: { name: string; file: Refused }) {
  return (
    <Notice tone="act-now" isLive>
      <strong>
        <Trans>{name} cannot be used.</Trans>
      </strong>{' '}
      {reasonOf(file)} <Trans>Nothing was changed.</Trans>
    </Notice>
  );
}

function reasonOf(file: Refused): ReactNode {
  switch (file.kind) {
    case 'too_large': {
      const [size, most] = [file.bytes, MAX_IMPORT_BYTES].map((bytes) => formatNumber(Math.round(bytes / 1_048_576)));
      return (
        <Trans>
          It has {size} MB, and {most} MB is the most: this is probably another file.
        </Trans>
      );
    }
    case 'workbook':
      return <Trans>It is a workbook (XLSX). Save it from the spreadsheet as CSV and choose that file.</Trans>;
    case 'not_text':
      return <Trans>It is not a text file. Save it from the spreadsheet as CSV.</Trans>;
    case 'empty':
      return <Trans>It has no rows below the line of columns.</Trans>;
    case 'too_many_rows': {
      const [rows, most] = [formatNumber(file.rows), formatNumber(MAX_IMPORT_ROWS)];
      return (
        <Trans>
          It has {rows} rows, and {most} is the most at once. Check that it is the right file, or split it.
        </Trans>
      );
    }
    case 'columns_wrong': {
      const [missing, unknown] = [file.missing.join(', '), file.unknown.filter((column) => column !== '').join(', ')];
      const all = IMPORT_COLUMNS.join('; ');
      return (
        <>
          {missing !== '' && <Trans>Columns that are missing: {missing}.</Trans>}{' '}
          {unknown !== '' && <Trans>Columns that are not known: {unknown}.</Trans>}{' '}
          <Trans>The first line has to be: {all}.</Trans>
        </>
      );
    }
    default:
      return assertUnreachable(file);
  }
}
