import type { Changed } from '@jaqyn/shared/scheduling/appointment.contract';
import type { Receipt } from '@jaqyn/shared/scheduling/operation.contract';
import { listAppointmentViews } from './appointment.view.ts';
import type { ScheduleRunner } from './schedule-runner.ts';

/** The answer to a change: the receipt, which is the same each time, and its appointments as they are now. */
export async function toChanged(runner: ScheduleRunner, receipt: Receipt): Promise<Changed> {
  const ids = receipt.appointments.map(({ id }) => id);
  return { receipt, appointments: await runner.read((tx) => listAppointmentViews(tx, ids)) };
}
