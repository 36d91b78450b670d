import type { ObservationSet } from '@jaqyn/shared/consultations/consultation.contract';
import type { PatientId } from '@jaqyn/shared/kernel/ids';
import type { Store, Tx } from '../../db/store.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { Clock } from '../../kernel/clock.ts';
import { ReadLog } from '../audit/read-log.ts';
import type { PatientService } from '../patients/patient.service.ts';
import { patientRequestsRepository } from './patient-requests.repository.ts';

/** Years of a patient who is measured every week; a plot of more shows nothing more. */
const SETS_SHOWN = 300;

interface Dependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly patients: Pick<PatientService, 'getVisible'>;
}

/** What there is of one patient over all requests. Requests follow the card; what was signed keeps the words it was signed with. */
export class PatientRequestsService {
  readonly name = 'requests';
  readonly #store: Store;
  readonly #reads: ReadLog;
  readonly #patients: Pick<PatientService, 'getVisible'>;

  constructor({ store, clock, patients }: Dependencies) {
    this.#store = store;
    this.#reads = new ReadLog({ store, clock });
    this.#patients = patients;
  }

  move(tx: Tx, from: PatientId, to: PatientId, ids?: readonly string[]): Promise<string[]> {
    return patientRequestsRepository.move(tx, from, to, ids);
  }

  count(tx: Tx, patientId: PatientId): Promise<number> {
    return patientRequestsRepository.count(tx, patientId);
  }

  /** Throws `patient.not_found`. The reading is audited. */
  async listObservations(
    actor: Actor,
    patientId: PatientId,
  ): Promise<{ observations: ObservationSet[]; hasEarlier: boolean }> {
    const sets = await this.#store.read(async (tx) => {
      const { id } = await this.#patients.getVisible(tx, actor, patientId);
      return patientRequestsRepository.listObservations(tx, id, SETS_SHOWN + 1);
    });
    await this.#reads.record(actor, { action: 'patient.read', entityType: 'patient', entityIds: [patientId] });
    return { observations: sets.slice(-SETS_SHOWN), hasEarlier: sets.length > SETS_SHOWN };
  }
}
