import type { EndpointCall } from '@jaqyn/shared/kernel/endpoint';
import * as contract from '@jaqyn/shared/notices/notice.contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** Other reminder times from a day on. */
export function useSaveNoticeRule() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (input: EndpointCall<typeof contract.saveNoticeRule>) => call(contract.saveNoticeRule, input),
    // Refused, too: what somebody else has saved is to be seen.
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['notices', 'rules'] }),
  });
}
