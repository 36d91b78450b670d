import * as contract from '@jaqyn/shared/consultations/conclusion.contract';
import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { call } from '../../../lib/api-client.ts';

/** Throws ProblemError: `conclusion.version_conflict` when another window saved since `baseVersion`. */
export function saveConclusion(
  requestId: RequestId,
  baseVersion: number,
  content: contract.ConclusionContent,
): Promise<contract.Conclusion> {
  return call(contract.saveConclusion, { params: { requestId }, body: { baseVersion, content } });
}
