import type { OperationId } from '@jaqyn/shared/kernel/ids';
import type { Appointment, Changed } from '@jaqyn/shared/scheduling/appointment.contract';
import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { newId } from '../../../lib/ids.ts';
import { noteOwnChange } from '../own-changes.ts';

/**
 * A change of the schedule. The same input sent again keeps its operation id, so that a second press over a bad link has one
 * effect; another input is another operation.
 */
export function useScheduleChange<Input>(send: (input: Input, operationId: OperationId) => Promise<Changed>) {
  const queryClient = useQueryClient();
  const last = useRef<{ readonly key: string; readonly id: OperationId } | undefined>(undefined);
  return useMutation({
    mutationFn: (input: Input) => {
      const key = JSON.stringify(input);
      if (last.current?.key !== key) last.current = { key, id: newId() as OperationId };
      return send(input, last.current.id);
    },
    onSuccess: (changed) => {
      last.current = undefined;
      showChanged(queryClient, changed);
    },
    // What stands there now is the answer to a refusal.
    onError: () => void queryClient.invalidateQueries({ queryKey: ['schedule'] }),
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
