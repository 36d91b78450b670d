import type { ConsentInput } from '@jaqyn/shared/consents/consent';
import * as contract from '@jaqyn/shared/consents/consent.contract';
import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** Consent given, an exception, or a withdrawal; its id comes from here, so that twice is once. */
export function useRecordConsent(requestId: RequestId) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: ConsentInput) => call(contract.recordConsent, { params: { requestId }, body }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['consultations'] }),
  });
}
