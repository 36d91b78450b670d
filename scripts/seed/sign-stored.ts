import type { Tx } from '../../server/src/db/store.ts';
import { conclusionRepository } from '../../server/src/modules/consultations/conclusion.repository.ts';
import { conclusionDocument } from '../../server/src/modules/consultations/conclusion-document.ts';
import { ConsultationLoader } from '../../server/src/modules/consultations/consultation.loader.ts';
import { patientRepository } from '../../server/src/modules/patients/patient.repository.ts';
import { staffRepository } from '../../server/src/modules/staff/staff.repository.ts';
import type { RequestId } from '../../shared/src/kernel/ids.ts';
import { toInstant } from '../../shared/src/kernel/time.ts';

const loader = new ConsultationLoader({
  patients: { listByIds: (tx, ids) => patientRepository.listByIds(tx, ids) },
  presence: { isOnline: () => false },
});

/** Signs as the server does: the bytes are made from the stored rows. Answers the hash. */
export async function signStored(tx: Tx, id: RequestId, signedAt: Date): Promise<string> {
  const conclusion = await conclusionRepository.find(tx, id);
  if (conclusion === undefined) throw new Error(`${id} has nothing to sign`);
  const view = await loader.getView(tx, id);
  const specialtyName = (await staffRepository.listSpecialties(tx)).find(({ code }) => code === view.specialty)?.name;
  if (specialtyName === undefined) throw new Error(`${view.specialty} has no name`);
  const { canonical, sha256 } = conclusionDocument(view, conclusion, {
    specialtyName,
    replaced: undefined,
    consent: view.card?.consent ?? undefined,
  });
  await conclusionRepository.sign(tx, id, conclusion.version, {
    signedAt: toInstant(signedAt),
    signedBytes: canonical,
    sha256,
  });
  return sha256;
}
