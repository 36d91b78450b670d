import type { OperationId } from '@jaqyn/shared/kernel/ids';
import * as contract from '@jaqyn/shared/scheduling/appointment.contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';
import { showChanged } from './schedule-change.ts';

/** Takes an own change back within its ten seconds; the same again is harmless. */
export function useUndoOperation() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (operationId: OperationId) => call(contract.undoOperation, { params: { operationId } }),
    onSuccess: (changed) => showChanged(queryClient, changed),
    onError: () => void queryClient.invalidateQueries({ queryKey: ['schedule'] }),
  });
}
