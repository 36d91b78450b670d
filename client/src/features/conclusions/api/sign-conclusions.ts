import * as contract from '@jaqyn/shared/consultations/conclusion.contract';
import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';
import { currentLanguage } from '../../../lib/i18n.ts';
import { signWithNcaLayer } from '../sign-with-ncalayer.ts';

/** What was read: exactly these bytes are signed. */
export interface ReadConclusion {
  readonly requestId: RequestId;
  readonly preview: contract.ConclusionPreview;
}

/** Signs several previewed conclusions; the outcome of each. A signer's own key is asked for once and signs each document. */
export function useSignConclusions() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async ({ password, read }: { password: string; read: readonly ReadConclusion[] }) => {
      const isOwnKey = read.some(({ preview }) => preview.method === 'ncalayer');
      const manifests = read.map(({ preview }) => preview.manifest);
      const signatures = isOwnKey ? await signWithNcaLayer(manifests, currentLanguage()) : [];
      const items = read.map(({ requestId, preview: { sha256, manifestSha256 } }, index) => {
        const cms = signatures[index];
        return { requestId, sha256, manifestSha256, ...(cms !== undefined && { cms }) };
      });
      return call(contract.signConclusions, { body: { password, items } });
    },
    // Also after a failure: some of them may be signed.
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['consultations'] }),
  });
}
