import type { PatientConfirmation } from '@jaqyn/shared/evidence/patient-confirmation.contract';
import type { ConfirmationId, RequestId } from '@jaqyn/shared/kernel/ids';
import type { Store } from '../../db/store.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { Clock } from '../../kernel/clock.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { auditLog } from '../audit/audit-log.ts';
import { ReadLog } from '../audit/read-log.ts';
import type { ConsultationLoader } from '../consultations/consultation.loader.ts';
import { evidenceRepository } from './evidence.repository.ts';
import { type ConfirmationRow, patientConfirmationRepository } from './patient-confirmation.repository.ts';

interface Dependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly loader: Pick<ConsultationLoader, 'getRow'>;
}

type Said = Pick<PatientConfirmation, 'answer' | 'method' | 'by' | 'language'>;

/** What patients say themselves of their consults, on the screen of the station. It is asked, never needed, and stands as it was said. */
export class PatientConfirmationService {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #loader: Pick<ConsultationLoader, 'getRow'>;
  readonly #reads: ReadLog;

  constructor({ store, clock, loader }: Dependencies) {
    this.#store = store;
    this.#clock = clock;
    this.#loader = loader;
    this.#reads = new ReadLog({ store, clock });
  }

  /** Throws `consultation.not_found`. */
  async find(actor: Actor, requestId: RequestId): Promise<PatientConfirmation | null> {
    const found = await this.#store.read(async (tx) => {
      await this.#loader.getRow(tx, actor, 'read_signed_conclusion', requestId);
      return patientConfirmationRepository.findLatest(tx, requestId);
    });
    await this.#reads.record(actor, {
      action: 'consultation.read_confirmation',
      entityType: 'consultation',
      entityIds: [requestId],
    });
    return found ?? null;
  }

  /**
   * Throws `consultation.not_found`, `consultation.state_conflict` before there is something to be asked about, `idempotency.key_reused`
   * for a known id with another content.
   */
  record(actor: Actor, requestId: RequestId, id: ConfirmationId, said: Said): Promise<PatientConfirmation> {
    const at = this.#clock.instant();
    return this.#store.transaction(async (tx) => {
      await this.#loader.getRow(tx, actor, 'act_as_station', requestId);
      if ((await evidenceRepository.findSigned(tx, requestId)) === undefined) {
        throw new DomainError('consultation.state_conflict');
      }
      const stored = await patientConfirmationRepository.findRow(tx, id);
      if (stored === undefined) {
        const row = { id, requestId, ...said, recordedAt: at, recordedBy: actor.userId };
        await patientConfirmationRepository.insert(tx, row);
        const { answer, method, by, language } = said;
        await auditLog.append(tx, {
          at,
          actor,
          action: 'consultation.confirm_as_patient',
          entityType: 'consultation',
          entityId: requestId,
          detail: { confirmationId: id, answer, method, by, language },
        });
      } else if (!isSame(stored, requestId, said)) {
        throw new DomainError('idempotency.key_reused');
      }
      const latest = await patientConfirmationRepository.findLatest(tx, requestId);
      if (latest === undefined) throw new DomainError('server.internal');
      return latest;
    });
  }
}

function isSame(stored: ConfirmationRow, requestId: RequestId, said: Said): boolean {
  const { answer, method, by, language } = stored;
  return (
    stored.requestId === requestId &&
    answer === said.answer &&
    method === said.method &&
    by === said.by &&
    language === said.language
  );
}
