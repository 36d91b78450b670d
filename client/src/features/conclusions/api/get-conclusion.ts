import * as contract from '@jaqyn/shared/consultations/conclusion.contract';
import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { call } from '../../../lib/api-client.ts';
import { ProblemError } from '../../../lib/problem-error.ts';

/** The conclusion with its draft, for its author; undefined while nothing was saved. Throws ProblemError. */
export async function findConclusion(requestId: RequestId): Promise<contract.Conclusion | undefined> {
  try {
    return await call(contract.getConclusion, { params: { requestId } });
  } catch (error) {
    if (error instanceof ProblemError && error.code === 'conclusion.not_found') return undefined;
    throw error;
  }
}
