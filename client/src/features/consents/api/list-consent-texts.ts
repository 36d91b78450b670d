import * as contract from '@jaqyn/shared/consents/consent.contract';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** What is read aloud today, in each language. */
export function useConsentTexts() {
  return useQuery({
    queryKey: ['consent-texts'],
    queryFn: async ({ signal }) => (await call(contract.listConsentTexts, {}, { signal })).texts,
    staleTime: 3_600_000,
  });
}
