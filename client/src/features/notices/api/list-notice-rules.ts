import * as contract from '@jaqyn/shared/notices/notice.contract';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** When people are reminded. */
export function useNoticeRules() {
  return useQuery({
    queryKey: ['notices', 'rules'],
    queryFn: ({ signal }) => call(contract.listNoticeRules, undefined, { signal }),
  });
}
