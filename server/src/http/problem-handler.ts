import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { ErrorCode } from '@jaqyn/shared/errors/error-catalog';
import type { FieldError, Problem } from '@jaqyn/shared/errors/problem';
import { toProblem } from '@jaqyn/shared/errors/problem';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { DomainError } from '../kernel/domain-error.ts';

const FASTIFY_CODES: Readonly<Record<string, ErrorCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'request.too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'request.media_type',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'request.invalid',
  FST_ERR_CTP_INVALID_JSON_BODY: 'request.invalid',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'request.invalid',
  FST_ERR_BAD_URL: 'request.invalid',
  FST_ERR_MAX_PARAM_LENGTH: 'request.unknown_route',
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

const PROBLEM_TYPE = 'application/problem+json';

export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = problemOf(error, request.id);
  if (problem.status >= 500) request.log.error({ err: error, code: problem.code }, 'request failed');
  else request.log.info({ code: problem.code }, 'request refused');
  if (problem.retryAfter !== undefined) reply.header('retry-after', problem.retryAfter);
  reply.header('cache-control', 'no-store');
  return reply.status(problem.status).type(PROBLEM_TYPE).send(problem);
}

/** Bytes that are no HTTP request at all: there is no request and no reply, only the socket. */
export function answerBrokenRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code !== 'ECONNRESET' && socket.writable) {
    const isTooLarge = error.code === 'HPE_HEADER_OVERFLOW' || error.code === 'HPE_CHUNK_EXTENSIONS_OVERFLOW';
    const problem = toProblem(isTooLarge ? 'request.too_large' : 'request.invalid', randomUUID());
    const body = JSON.stringify(problem);
    const head = [
      `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
      `content-type: ${PROBLEM_TYPE}`,
      `content-length: ${Buffer.byteLength(body)}`,
      'cache-control: no-store',
      'connection: close',
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  }
  socket.destroySoon();
}

export function installProblemHandler(app: FastifyInstance): void {
  app.setErrorHandler(sendProblem);
}
