import { withoutWrapper } from './sqlite-errors.ts';

/** Whether a trigger of ours refused the statement with this message. The statement had no effect, the unit of work goes on. */
export function isRefusedBy(error: unknown, message: string): boolean {
  const thrown = withoutWrapper(error);
  return thrown instanceof Error && thrown.message === message;
}
