import * as contract from '@jaqyn/shared/consultations/care-plan.contract';
import type { CalendarDate } from '@jaqyn/shared/kernel/time';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** To another day, with the reason. */
export function useMoveCareTask() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ task, ...to }: { task: contract.CareTask; dueOn: CalendarDate; reason: string }) =>
      call(contract.moveCareTask, { params: { taskId: task.id }, body: { version: task.version, ...to } }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['consultations'] }),
  });
}
