import type { AppointmentId } from '@jaqyn/shared/kernel/ids';
import * as contract from '@jaqyn/shared/scheduling/appointment.contract';
import { queryOptions } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

export function appointmentQuery(appointmentId: AppointmentId) {
  return queryOptions({
    queryKey: ['schedule', 'appointments', 'one', appointmentId],
    queryFn: ({ signal }) => call(contract.getAppointment, { params: { appointmentId } }, { signal }),
  });
}
