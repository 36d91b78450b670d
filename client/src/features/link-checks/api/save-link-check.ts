import type { LinkCheckId } from '@jaqyn/shared/kernel/ids';
import * as contract from '@jaqyn/shared/link-checks/link-check.contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** Keeps a check; said again with the same id, the newer word holds. */
export function useSaveLinkCheck() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ id, check }: { readonly id: LinkCheckId; readonly check: contract.LinkCheck }) =>
      call(contract.saveLinkCheck, { params: { checkId: id }, body: check }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['link-checks'] }),
  });
}
