import * as contract from '@jaqyn/shared/consultations/triage.contract';
import type { EndpointCall } from '@jaqyn/shared/kernel/endpoint';
import type { InformationRequestId, RequestId } from '@jaqyn/shared/kernel/ids';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';
import { showConsultation } from './get-consultation.ts';

/** The station answers a question; sending it again has one effect. */
export function useAnswerQuestion(requestId: RequestId, questionId: InformationRequestId) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: EndpointCall<typeof contract.answerStationQuestion>['body']) =>
      call(contract.answerStationQuestion, { params: { requestId, questionId }, body }),
    onSuccess: (consultation) => showConsultation(queryClient, consultation),
  });
}
