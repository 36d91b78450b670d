import * as z from 'zod/mini';
import { endpoint } from '../kernel/endpoint.ts';
import { OperationId } from '../kernel/ids.ts';
import { IMPORT_COLUMNS, IMPORT_PROBLEMS, MAX_IMPORT_BYTES } from './roster-csv.ts';

const csv = z.string().check(z.maxLength(MAX_IMPORT_BYTES));

export const ImportPreview = z.object({
  rows: z.number(),
  /** Templates that would be added. */
  valid: z.number(),
  /** Rows that are there already, exactly so. */
  unchanged: z.number(),
  /** The first 200 rows that cannot be taken, by their line in the file. */
  problems: z.array(
    z.object({
      line: z.number(),
      column: z.nullable(z.enum(IMPORT_COLUMNS)),
      code: z.enum(IMPORT_PROBLEMS),
      /** What stands there, shortened. */
      value: z.string(),
    }),
  ),
  problemCount: z.number(),
  /** SHA-256 of the file; what is applied is what was previewed. */
  sha256: z.string(),
  /** Specialists whose roster grows. */
  practitioners: z.number(),
});
export type ImportPreview = z.infer<typeof ImportPreview>;

export const previewImport = endpoint({
  method: 'POST',
  path: '/api/roster-imports/preview',
  summary: 'Read a CSV of templates and say what would become of each row; changes nothing',
  body: z.object({ csv }),
  response: ImportPreview,
});

export const applyImport = endpoint({
  method: 'POST',
  path: '/api/roster-imports',
  summary: 'Add all templates of a previewed CSV, or none',
  body: z.object({ operationId: OperationId, csv, sha256: z.string().check(z.length(64)) }),
  response: z.object({ operationId: OperationId, added: z.number() }),
});
