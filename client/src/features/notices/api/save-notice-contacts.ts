import type { EndpointCall } from '@jaqyn/shared/kernel/endpoint';
import * as contract from '@jaqyn/shared/notices/notice.contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** Other addresses of mine. */
export function useSaveNoticeContacts() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: EndpointCall<typeof contract.saveNoticeContacts>['body']) =>
      call(contract.saveNoticeContacts, { body }),
    // Refused, too: what was saved elsewhere is to be seen.
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['notices', 'contacts'] }),
  });
}
