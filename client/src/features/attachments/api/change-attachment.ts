import {
  type AttachmentKind,
  labelAttachment,
  withdrawAttachment,
} from '@jaqyn/shared/attachments/attachment.contract';
import type { AttachmentId, RequestId } from '@jaqyn/shared/kernel/ids';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

export function useLabelAttachment(requestId: RequestId) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: { id: AttachmentId; kind: AttachmentKind; note: string }) =>
      call(labelAttachment, { params: { attachmentId: id }, body }),
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
