import * as contract from '@jaqyn/shared/terminologies/terminology.contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** How large the list is, and the imports that made it. */
export function useCodeList() {
  return useQuery({
    queryKey: ['code-list'],
    queryFn: ({ signal }) => call(contract.getCodeList, undefined, { signal }),
  });
}

type PreviewBody = Parameters<typeof call<typeof contract.previewCodeList>>[1]['body'];
type ApplyBody = Parameters<typeof call<typeof contract.applyCodeList>>[1]['body'];

/** What would become of each row of a file; changes nothing. */
export function usePreviewCodeList() {
  return useMutation({ mutationFn: (body: PreviewBody) => call(contract.previewCodeList, { body }) });
}

export function useApplyCodeList() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: ApplyBody) => call(contract.applyCodeList, { body }),
    onSuccess: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ['code-list'] }),
        queries.invalidateQueries({ queryKey: ['icd-10'] }),
      ]),
  });
}
