import * as contract from '@jaqyn/shared/consents/consent.contract';
import type { EndpointCall } from '@jaqyn/shared/kernel/endpoint';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** Every version of each language, the oldest first. */
export function useConsentTextVersions() {
  return useQuery({
    queryKey: ['consent-texts', 'versions'],
    queryFn: async ({ signal }) => (await call(contract.listConsentTexts, { query: { all: true } }, { signal })).texts,
  });
}

/** A new version. The id comes from the editor, so a second press has one effect. */
export function useSaveConsentText() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: EndpointCall<typeof contract.saveConsentText>['body']) =>
      call(contract.saveConsentText, { body }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['consent-texts'] }),
  });
}
