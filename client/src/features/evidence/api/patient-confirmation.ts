import * as contract from '@jaqyn/shared/evidence/patient-confirmation.contract';
import type { EndpointCall } from '@jaqyn/shared/kernel/endpoint';
import type { ConfirmationId, RequestId } from '@jaqyn/shared/kernel/ids';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

const keyOf = (requestId: RequestId) => ['patient-confirmation', requestId];

/** What the patient said of the consult last; null when nobody asked. */
export function usePatientConfirmation(requestId: RequestId) {
  return useQuery({
    queryKey: keyOf(requestId),
    queryFn: async ({ signal }) =>
      (await call(contract.getPatientConfirmation, { params: { requestId } }, { signal })).confirmation,
  });
}

export function useConfirmAsPatient(requestId: RequestId) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: EndpointCall<typeof contract.confirmAsPatient>['body'] & { id: ConfirmationId }) =>
      call(contract.confirmAsPatient, { params: { requestId, confirmationId: id }, body }),
    onSuccess: (said) => queryClient.setQueryData(keyOf(requestId), said),
  });
}
