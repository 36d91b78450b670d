import * as contract from '@jaqyn/shared/consultations/conclusion-template.contract';
import type { TemplateId } from '@jaqyn/shared/kernel/ids';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

export function useTemplateVersions(templateId: TemplateId) {
  return useQuery({
    queryKey: ['conclusion-templates', 'versions', templateId],
    queryFn: async ({ signal }) =>
      (await call(contract.listTemplateVersions, { params: { templateId } }, { signal })).versions,
  });
}
