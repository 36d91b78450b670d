import * as contract from '@jaqyn/shared/consultations/conclusion-template.contract';
import type { TemplateId } from '@jaqyn/shared/kernel/ids';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

type Body = Parameters<typeof call<typeof contract.saveConclusionTemplate>>[1]['body'];

export function useSaveTemplate() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ templateId, ...body }: Body & { templateId: TemplateId }) =>
      call(contract.saveConclusionTemplate, { params: { templateId }, body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['conclusion-templates'] }),
  });
}
