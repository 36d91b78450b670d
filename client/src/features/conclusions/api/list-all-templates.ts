import * as contract from '@jaqyn/shared/consultations/conclusion-template.contract';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** For who edits them: those out of use too. */
export function useAllTemplates() {
  return useQuery({
    queryKey: ['conclusion-templates', 'all'],
    queryFn: async ({ signal }) => (await call(contract.listConclusionTemplates, {}, { signal })).templates,
  });
}
