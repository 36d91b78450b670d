import type { ConclusionContent } from '@jaqyn/shared/consultations/conclusion.contract';
import { EMPTY_CONCLUSION } from '@jaqyn/shared/consultations/conclusion.contract';
import type { ConsultationState } from '@jaqyn/shared/consultations/consultation.machine';
import type { RequestId } from '@jaqyn/shared/kernel/ids';
import type { NewConsultation } from '../src/modules/consultations/request-intake.ts';
import { createTestServices } from './build-services.ts';
import { newConsultation, PASSWORD } from './factories.ts';
import { openRaw } from './raw-database.ts';
import { createWorld } from './world.ts';

export type ConsultDesk = Awaited<ReturnType<typeof createConsultDesk>>;

/** An id that no request has. */
export const MISSING = '019aa6b0-9c1e-7d3a-8f00-0123456789ab' as RequestId;

/** Practitioner ids of the first rung. */
export const firstRung = ({ world }: ConsultDesk) =>
  [world.cardio.practitionerId, world.cardioTwin.practitionerId].sort();

/** A conclusion with everything that signing needs. */
export const CONCLUSION: ConclusionContent = {
  ...EMPTY_CONCLUSION,
  findings: 'Тоны сердца приглушены, ЭКГ: депрессия ST V4–V6',
  diagnosis: { code: 'I20.0', text: 'Тұрақсыз стенокардия', certainty: 'preliminary' },
  recommendations: ['Аспирин 300 мг шайнау', 'ЭКГ 6 сағаттан кейін'],
};

interface RingRow {
  readonly practitioner_id: string;
  readonly rank: number;
  readonly outcome: string;
}

/** The services with a populated world, and short ways to bring a request where a test needs it. */
export async function createConsultDesk(options: Parameters<typeof createTestServices>[0] = {}) {
  const services = await createTestServices(options);
  const world = await createWorld(services.store);
  const raw = openRaw(services.store);
  const { calling, consultations, conclusions, signing } = services;
  const feldsher = world.feldsher.actor;
  const cardio = world.cardio.actor;

  /** A call for the world's patient, ringing. */
  async function call(changes: Partial<NewConsultation> = {}): Promise<RequestId> {
    const request = newConsultation({ specialty: world.cardiology, patientId: world.patient, ...changes });
    await consultations.createConsultation(feldsher, request);
    return request.id;
  }

  async function callAndAnswer(changes: Partial<NewConsultation> = {}): Promise<RequestId> {
    const id = await call(changes);
    await calling.answer(cardio, id);
    return id;
  }

  async function signedRequest(): Promise<RequestId> {
    const id = await callAndAnswer();
    await conclusions.saveConclusion(cardio, id, 0, CONCLUSION);
    const { sha256 } = await signing.preview(cardio, id);
    await signing.sign(cardio, id, sha256, PASSWORD);
    return id;
  }

  return {
    ...services,
    world,
    raw,
    feldsher,
    cardio,
    cardioTwin: world.cardioTwin.actor,
    cardioBackup: world.cardioBackup.actor,
    neuro: world.neuro.actor,
    otherFeldsher: world.otherFeldsher.actor,
    coordinator: world.coordinator.actor,
    call,
    callAndAnswer,
    signedRequest,
    statusOf: (id: RequestId) =>
      raw.prepare('select status from service_request where id = ?').pluck().get(id) as ConsultationState,
    /** Practitioners at whose devices it rings now. */
    ringingAt: (id: RequestId) =>
      (raw.prepare("select * from ring where request_id = ? and outcome = 'ringing'").all(id) as RingRow[])
        .map((row) => row.practitioner_id)
        .sort(),
    outcomes: (id: RequestId) =>
      Object.fromEntries(
        (raw.prepare('select * from ring where request_id = ? order by rowid').all(id) as RingRow[]).map((row) => [
          row.practitioner_id,
          row.outcome,
        ]),
      ),
    /** Actions in the audit log of a request, oldest first, with who did them (null: the system). */
    audited: (entityId: string) =>
      raw
        .prepare('select action, actor_id as actorId from audit_event where entity_id = ? order by seq')
        .all(entityId) as {
        action: string;
        actorId: string | null;
      }[],
  };
}
