import * as contract from '@jaqyn/shared/consultations/conclusion.contract';
import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';
import { currentLanguage } from '../../../lib/i18n.ts';
import { signWithNcaLayer } from '../sign-with-ncalayer.ts';

/** Signs exactly the bytes with this hash. Repeating it answers the signed conclusion. */
export function useSignConclusion(requestId: RequestId) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async ({ preview, password }: { preview: contract.ConclusionPreview; password: string }) => {
      const { sha256, manifestSha256, manifest, method } = preview;
      const [cms] = method === 'ncalayer' ? await signWithNcaLayer([manifest], currentLanguage()) : [];
      return call(contract.signConclusion, {
        params: { requestId },
        body: { sha256, manifestSha256, password, ...(cms !== undefined && { cms }) },
      });
    },
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['consultations'] }),
  });
}
