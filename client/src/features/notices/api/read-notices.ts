import type { NoticeId } from '@jaqyn/shared/kernel/ids';
import type { Instant } from '@jaqyn/shared/kernel/time';
import * as contract from '@jaqyn/shared/notices/notice.contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** Marks notices of mine as read. */
export function useReadNotices() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: { ids: NoticeId[]; allUntil: Instant | null }) => call(contract.readNotices, { body }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['notices'] }),
  });
}
