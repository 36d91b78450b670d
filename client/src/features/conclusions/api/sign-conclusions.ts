import * as contract from '@jaqyn/shared/consultations/conclusion.contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type * as z from 'zod/mini';
import { call } from '../../../lib/api-client.ts';

/** Signs several previewed conclusions; the outcome of each. */
export function useSignConclusions() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: z.input<typeof contract.signConclusions.body>) => call(contract.signConclusions, { body }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['consultations'] }),
  });
}
