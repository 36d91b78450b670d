import type { AuditActionOf } from '@jaqyn/shared/audit/audit-actions';
import type { AppointmentId } from '@jaqyn/shared/kernel/ids';
import { type AppointmentEvent, nextAppointmentState } from '@jaqyn/shared/scheduling/appointment.machine';
import { DomainError } from '../../kernel/domain-error.ts';
import { machineActor } from '../../kernel/machine-actor.ts';
import { auditLog } from '../audit/audit-log.ts';
import { type AppointmentRow, appointmentRepository } from './appointment.repository.ts';
import type { Unit } from './schedule-runner.ts';

/** How an appointment is written: compared and set on the version that was read, and audited. */
export const appointmentSteps = {
  /** One step of the machine. Throws `appointment.state_conflict` where it does not apply, `….version_conflict` when somebody was faster. */
  async take(
    unit: Unit,
    row: AppointmentRow,
    event: AppointmentEvent,
    change: Partial<AppointmentRow> = {},
  ): Promise<AppointmentRow> {
    const actor = machineActor(unit.actor);
    const to = actor && nextAppointmentState(row.status, event, actor);
    if (to === undefined) throw new DomainError('appointment.state_conflict');
    const after = await appointmentSteps.write(unit, row, { ...change, status: to, statusChangedAt: unit.at });
    await appointmentSteps.audit(unit, after, event, {
      from: row.status,
      to,
      startsAt: after.startsAt,
      practitionerId: after.practitionerId,
    });
    return after;
  },

  /** A change that is no step of the machine. */
  async note(
    unit: Unit,
    row: AppointmentRow,
    event: AuditActionOf<'appointment'>,
    change: Partial<AppointmentRow>,
  ): Promise<AppointmentRow> {
    const after = await appointmentSteps.write(unit, row, change);
    await appointmentSteps.audit(unit, after, event, {});
    return after;
  },

  /** Throws `appointment.version_conflict` when somebody was faster; the caller audits it. */
  async write(unit: Unit, row: AppointmentRow, change: Partial<AppointmentRow>): Promise<AppointmentRow> {
    const isWritten = await appointmentRepository.change(unit.tx, row.id as AppointmentId, row.version, change);
    if (!isWritten) throw new DomainError('appointment.version_conflict');
    unit.touchAppointment(row);
    return { ...row, ...change, version: row.version + 1 };
  },

  async audit(
    unit: Unit,
    row: AppointmentRow,
    event: AuditActionOf<'appointment'>,
    detail: Record<string, string | null>,
  ): Promise<void> {
    await auditLog.append(unit.tx, {
      at: unit.at,
      actor: unit.actor,
      action: `appointment.${event}`,
      entityType: 'appointment',
      entityId: row.id,
      detail,
    });
  },
};
