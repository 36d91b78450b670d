import {
  type AttachmentLabel,
  labelAttachment,
  withdrawAttachment,
} from '@jaqyn/shared/attachments/attachment.contract';
import type { AttachmentId, RequestId } from '@jaqyn/shared/kernel/ids';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

export function useLabelAttachment(requestId: RequestId) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: { id: AttachmentId; seen: AttachmentLabel } & AttachmentLabel) =>
      call(labelAttachment, { params: { attachmentId: id }, body }),
    // Refused, too: what somebody else has saved is to be seen.
    onSettled: () => client.invalidateQueries({ queryKey: ['attachments', requestId] }),
  });
}

export function useWithdrawAttachment(requestId: RequestId) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: AttachmentId) => call(withdrawAttachment, { params: { attachmentId: id } }),
    onSettled: () => client.invalidateQueries({ queryKey: ['attachments', requestId] }),
  });
}
