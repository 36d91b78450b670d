import { createHash } from 'node:crypto';
import type { Conclusion } from '@jaqyn/shared/consultations/conclusion.contract';
import type { Consultation } from '@jaqyn/shared/consultations/consultation.contract';
import { canonicalize } from '../../kernel/canonical-json.ts';

/** What is signed: `canonical` is the exact text (RFC 8785, UTF-8), `sha256` its hash in hex. */
export interface ConclusionDocument {
  readonly canonical: string;
  readonly sha256: string;
}

/**
 * The document of a conclusion: everything a reader needs to know who said what about whom, and nothing that depends on when
 * it is rendered, so that preview and signature give the same bytes.
 */
export function conclusionDocument(consultation: Consultation, conclusion: Conclusion): ConclusionDocument {
  const { patient } = consultation;
  const canonical = canonicalize({
    schema: 'jaqyn.conclusion/1',
    request: {
      id: consultation.id,
      number: consultation.number,
      specialty: consultation.specialty,
      urgency: consultation.urgency,
      reason: consultation.reason,
      createdAt: consultation.createdAt,
      answeredAt: consultation.answeredAt,
    },
    station: { id: consultation.station.id, name: consultation.station.name },
    requestedBy: consultation.requestedBy,
    specialist: consultation.specialist,
    patient: patient && {
      id: patient.id,
      iin: patient.iin,
      familyName: patient.familyName,
      givenName: patient.givenName,
      middleName: patient.middleName,
      birthDate: patient.birthDate,
      sex: patient.sex,
      allergies: patient.allergies,
    },
    observations: consultation.observations,
    conclusion: { id: conclusion.id, version: conclusion.version, content: conclusion.content },
  });
  return { canonical, sha256: createHash('sha256').update(canonical, 'utf8').digest('hex') };
}
