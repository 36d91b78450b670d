import { ProblemError } from '../../lib/problem-error.ts';

/** What stood in one's list a moment ago and is not to be found is a colleague's by now, or cancelled: that is said, not that it never was. */
export function takenOr(error: unknown): ProblemError {
  const problem = ProblemError.from(error);
  return problem.code === 'consultation.not_found' ? ProblemError.local('worklist.taken', problem) : problem;
}
