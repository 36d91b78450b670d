import * as contract from '@jaqyn/shared/consultations/care-plan.contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** It is done; with the last one the request closes. */
export function useFinishCareTask() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ task, note }: { task: contract.CareTask; note: string }) =>
      call(contract.finishCareTask, { params: { taskId: task.id }, body: { version: task.version, note } }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['consultations'] }),
  });
}
