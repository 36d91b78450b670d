import * as contract from '@jaqyn/shared/notices/notice.contract';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** Where I am told besides the app, and which ways are switched on here. */
export function useNoticeContacts() {
  return useQuery({
    queryKey: ['notices', 'contacts'],
    queryFn: ({ signal }) => call(contract.getNoticeContacts, undefined, { signal }),
  });
}
