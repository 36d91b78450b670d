import { type ErrorCode, errorCatalog } from '@jaqyn/shared/errors/error-catalog';
import { type FieldError, Problem } from '@jaqyn/shared/errors/problem';
import * as z from 'zod/mini';

/** What can go wrong on this side, before or without an answer of the server. */
export const CLIENT_CODES = [
  'network.unreachable',
  'response.unexpected',
  'browser.no_calls',
  'device.refused',
  'device.missing',
  'device.busy',
  'draft.unsaved',
  'worklist.taken',
  'ncalayer.not_running',
  'ncalayer.cancelled',
  'ncalayer.failed',
] as const;
export type ClientCode = (typeof CLIENT_CODES)[number];
export type ProblemCode = ErrorCode | ClientCode;

/** The one error of the client: HTTP, socket and device failures all become it, and screens switch on `code`. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly code: ProblemCode;
  readonly status: number | undefined;
  /** A number to quote to support; empty when the server never saw it. */
  readonly reference: string;
  readonly fields: readonly FieldError[];
  readonly retryAfter: number | undefined;

  private constructor(
    code: ProblemCode,
    more: {
      title?: string;
      status?: number;
      reference?: string;
      fields?: FieldError[];
      retryAfter?: number;
      cause?: unknown;
    },
  ) {
    super(more.title ?? code, { cause: more.cause });
    this.code = code;
    this.status = more.status;
    this.reference = more.reference ?? '';
    this.fields = more.fields ?? [];
    this.retryAfter = more.retryAfter;
  }

  static fromProblem(problem: Problem): ProblemError {
    const { code, title, status, reference, fields, retryAfter } = problem;
    return new ProblemError(code, {
      title,
      status,
      reference,
      ...(fields && { fields }),
      ...(retryAfter !== undefined && { retryAfter }),
    });
  }

  /** From an answer that should be a problem document but may be anything, such as a proxy's error page. */
  static fromAnswer(status: number, body: unknown): ProblemError {
    const problem = z.safeParse(Problem, body);
    if (problem.success) return ProblemError.fromProblem(problem.data);
    // A proxy in front of a server that is down answers 502 to 504.
    return new ProblemError(status >= 502 && status <= 504 ? 'network.unreachable' : 'response.unexpected', { status });
  }

  static local(code: ProblemCode, cause?: unknown): ProblemError {
    const title = code in errorCatalog ? errorCatalog[code as ErrorCode].title : code;
    return new ProblemError(code, { title, cause });
  }

  /** Anything that was thrown, as a ProblemError. */
  static from(error: unknown): ProblemError {
    return error instanceof ProblemError ? error : ProblemError.local('response.unexpected', error);
  }
}

/** The session is gone: the screen stays as it is and asks to sign in again in place. */
export function isSessionGone(error: unknown): boolean {
  return error instanceof ProblemError && (error.code === 'auth.session_expired' || error.code === 'auth.required');
}

/** Trying the same again may work without anybody changing anything. */
export function isTemporary(error: unknown): boolean {
  if (!(error instanceof ProblemError)) return false;
  return error.code === 'network.unreachable' || error.status === 503 || error.status === 429;
}

/** The server has looked at it and said no: the same press once more is a new question. After anything else it may have been done. */
export function isRefused(error: unknown): boolean {
  if (!(error instanceof ProblemError) || isSessionGone(error) || isTemporary(error)) return false;
  return error.status !== undefined && error.status >= 400 && error.status < 500;
}
