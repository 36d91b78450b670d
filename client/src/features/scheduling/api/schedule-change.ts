import type { OperationId } from '@jaqyn/shared/kernel/ids';
import type { Appointment, Changed } from '@jaqyn/shared/scheduling/appointment.contract';
import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query';
import { noteOwnChange } from '../own-changes.ts';
import { useOperationIds } from './operation-id.ts';

/** A change of the schedule; `useOperationIds` says when a second press is the same change. */
export function useScheduleChange<Input>(send: (input: Input, operationId: OperationId) => Promise<Changed>) {
  const queryClient = useQueryClient();
  const ids = useOperationIds();
  return useMutation({
    mutationFn: (input: Input) => send(input, ids.of(input)),
    onSuccess: (changed) => {
      ids.answered();
      showChanged(queryClient, changed);
    },
    onError: (error) => {
      ids.answered(error);
      // What stands there now is the answer to a refusal.
      void queryClient.invalidateQueries({ queryKey: ['schedule'] });
    },
  });
}

/** Shows an answer of the server at once, and asks again for the lists it belongs to. */
export function showChanged(queryClient: QueryClient, { appointments }: Changed): void {
  for (const appointment of appointments) {
    queryClient.setQueryData(['schedule', 'appointments', 'one', appointment.id], appointment);
    queryClient.setQueryData<Appointment[]>(
      ['schedule', 'appointments', 'patient', appointment.patient.id],
      (before) => before && [appointment, ...before.filter(({ id }) => id !== appointment.id)],
    );
  }
  noteOwnChange(appointments);
  void queryClient.invalidateQueries({ queryKey: ['schedule'] });
  void queryClient.invalidateQueries({ queryKey: ['consultations'] });
}
