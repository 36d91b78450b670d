import type { EndpointCall } from '@jaqyn/shared/kernel/endpoint';
import * as contract from '@jaqyn/shared/scheduling/roster-import.contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';
import { useOperationIds } from './operation-id.ts';

type Input = Omit<EndpointCall<typeof contract.applyImport>['body'], 'operationId'>;

/** Adds all templates of a previewed CSV, or none. */
export function useApplyImport() {
  const queryClient = useQueryClient();
  const ids = useOperationIds();
  return useMutation({
    mutationFn: (input: Input) => call(contract.applyImport, { body: { ...input, operationId: ids.of(input.sha256) } }),
    onSettled: (_, error) => ids.answered(error ?? undefined),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['schedule'] }),
  });
}
