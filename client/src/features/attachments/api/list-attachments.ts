import { type Attachment, listAttachments } from '@jaqyn/shared/attachments/attachment.contract';
import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** A file as it is shown: with the small copy that came ahead, as long as it is all there is to see. */
export interface ShownAttachment extends Attachment {
  /** Whose pictures to show; null while there are none. */
  readonly picture: Attachment | null;
}

export function useAttachments(requestId: RequestId, isEnabled = true) {
  return useQuery({
    queryKey: ['attachments', requestId],
    queryFn: async ({ signal }) => (await call(listAttachments, { params: { requestId } }, { signal })).attachments,
    select: toShown,
    enabled: isEnabled,
  });
}

export function toShown(attachments: readonly Attachment[]): ShownAttachment[] {
  return attachments
    .filter(({ quickLookOf }) => quickLookOf === null || !attachments.some(({ id }) => id === quickLookOf))
    .map((attachment) => {
      const look = attachments.find(({ quickLookOf, status }) => quickLookOf === attachment.id && status === 'stored');
      return { ...attachment, picture: attachment.status === 'stored' ? attachment : (look ?? null) };
    });
}
