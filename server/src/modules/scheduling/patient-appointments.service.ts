import type { PatientId } from '@jaqyn/shared/kernel/ids';
import type { Tx } from '../../db/store.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { patientAppointmentsRepository } from './patient-appointments.repository.ts';

/** Appointments follow the card of their patient, and with them the patient's time. */
export class PatientAppointmentsService {
  readonly name = 'appointments';

  /** Throws `patient_merge.times_overlap` when the two cards are booked at one time: nobody is in two places. */
  async move(tx: Tx, from: PatientId, to: PatientId, ids?: readonly string[]): Promise<string[]> {
    const moved = await patientAppointmentsRepository.move(tx, from, to, ids);
    if (!(await patientAppointmentsRepository.moveClaims(tx, to, moved))) {
      throw new DomainError('patient_merge.times_overlap');
    }
    return moved;
  }

  count(tx: Tx, patientId: PatientId): Promise<number> {
    return patientAppointmentsRepository.count(tx, patientId);
  }
}
