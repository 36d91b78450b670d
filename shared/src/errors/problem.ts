import * as z from 'zod/mini';
import { type ErrorCode, errorCatalog, isErrorCode } from './error-catalog.ts';

/** What exactly was wrong with one field; `path` is dotted (`vitals.systolic`), `code` is stable (`too_small`). */
export const FieldError = z.object({ path: z.string(), code: z.string() });
export type FieldError = z.infer<typeof FieldError>;

/** RFC 9457 problem details; the same object is answered over HTTP and inside a socket's Ack. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  code: z.custom<ErrorCode>((value) => typeof value === 'string' && isErrorCode(value)),
  /** A number to quote to support: the id of the log line. */
  reference: z.string(),
  fields: z.optional(z.array(FieldError)),
  /** Seconds after which trying again makes sense. */
  retryAfter: z.optional(z.number()),
});
export type Problem = z.infer<typeof Problem>;

export function toProblem(
  code: ErrorCode,
  reference: string,
  extra: { fields?: FieldError[] | undefined; retryAfter?: number | undefined } = {},
): Problem {
  const { status, title } = errorCatalog[code];
  return {
    type: `urn:jaqyn:problem:${code}`,
    title,
    status,
    code,
    reference,
    ...(extra.fields && { fields: extra.fields }),
    ...(extra.retryAfter !== undefined && { retryAfter: extra.retryAfter }),
  };
}
