import * as contract from '@jaqyn/shared/consultations/conclusion.contract';
import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { call } from '../../../lib/api-client.ts';

/** The exact bytes that signing would bind. Throws ProblemError `conclusion.incomplete` naming the empty fields. */
export function previewConclusion(requestId: RequestId): Promise<contract.ConclusionPreview> {
  return call(contract.previewConclusion, { params: { requestId } });
}
