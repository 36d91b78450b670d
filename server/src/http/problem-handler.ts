import type { ErrorCode } from '@jaqyn/shared/errors/error-catalog';
import type { FieldError, Problem } from '@jaqyn/shared/errors/problem';
import { toProblem } from '@jaqyn/shared/errors/problem';
import type { FastifyError, FastifyInstance } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { DomainError } from '../kernel/domain-error.ts';

const FASTIFY_CODES: Readonly<Record<string, ErrorCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'request.too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'request.media_type',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'request.invalid',
  FST_ERR_CTP_INVALID_JSON_BODY: 'request.invalid',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'request.invalid',
  FST_ERR_BAD_URL: 'request.invalid',
  FST_UNDER_PRESSURE: 'server.overloaded',
};

/** Any error as the one shape that leaves the server; what is not known is `server.internal`, its cause only in the log. */
export function problemOf(error: unknown, reference: string): Problem {
  if (error instanceof DomainError) {
    return toProblem(error.code, reference, { fields: error.fields, retryAfter: error.retryAfter });
  }
  if (hasZodFastifySchemaValidationErrors(error)) {
    const fields: FieldError[] = error.validation.map((issue) => ({
      path: issue.instancePath.split('/').filter(Boolean).join('.'),
      code: issue.keyword,
    }));
    return toProblem('request.invalid', reference, { fields });
  }
  const { code, statusCode } = error as Partial<FastifyError>;
  const known = code === undefined ? undefined : FASTIFY_CODES[code];
  if (known !== undefined) return toProblem(known, reference);
  if (statusCode === 429) return toProblem('request.rate_limited', reference, { retryAfter: 30 });
  if (statusCode === 503) return toProblem('server.overloaded', reference, { retryAfter: 5 });
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) return toProblem('request.invalid', reference);
  return toProblem('server.internal', reference);
}

export function installProblemHandler(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => {
    const problem = problemOf(error, request.id);
    if (problem.status >= 500) request.log.error({ err: error, code: problem.code }, 'request failed');
    else request.log.info({ code: problem.code }, 'request refused');
    if (problem.retryAfter !== undefined) reply.header('retry-after', problem.retryAfter);
    return reply.status(problem.status).type('application/problem+json').send(problem);
  });
}
