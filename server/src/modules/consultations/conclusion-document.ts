import { createHash } from 'node:crypto';
import type { LocalText } from '@jaqyn/shared/auth/auth.contract';
import type { Consent } from '@jaqyn/shared/consents/consent';
import {
  ConclusionDocument,
  type DocumentConsent,
  type DocumentFile,
  listChanges,
} from '@jaqyn/shared/consultations/conclusion-document';
import type { Consultation } from '@jaqyn/shared/consultations/consultation.contract';
import * as z from 'zod/mini';
import { canonicalize } from '../../kernel/canonical-json.ts';
import type { StoredConclusion } from './conclusion.repository.ts';

/** What is signed: `canonical` is the exact text (RFC 8785, UTF-8), `sha256` its hash in hex. */
export interface CanonicalDocument {
  readonly canonical: string;
  readonly sha256: string;
}

interface DocumentParts {
  readonly specialtyName: LocalText;
  /** The signed edition before this one. */
  readonly replaced: StoredConclusion | undefined;
  /** The last word about it. */
  readonly consent: Consent | undefined;
  readonly files?: readonly DocumentFile[] | undefined;
}

/**
 * The document of a conclusion: everything a reader needs to know who said what about whom, and nothing that depends on when
 * it is rendered, so that preview and signature give the same bytes.
 */
export function conclusionDocument(
  consultation: Consultation,
  conclusion: StoredConclusion,
  { specialtyName, replaced, consent, files = [] }: DocumentParts,
): CanonicalDocument {
  const { patient, card, preliminaryCode } = consultation;
  const canonical = canonicalize({
    schema: 'jaqyn.conclusion/2',
    request: {
      id: consultation.id,
      number: consultation.number,
      specialty: consultation.specialty,
      specialtyName,
      urgency: consultation.urgency,
      reason: consultation.reason,
      ...(card?.complaints && { complaints: card.complaints }),
      ...(card?.anamnesis && { anamnesis: card.anamnesis }),
      ...(preliminaryCode !== undefined && { preliminaryCode }),
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
    consent: consentOf(consent),
    ...(files.length > 0 && { files }),
    conclusion: {
      id: conclusion.id,
      edition: conclusion.edition,
      version: conclusion.version,
      writtenAt: conclusion.savedAt,
      content: conclusion.content,
    },
    amendment:
      replaced === undefined
        ? null
        : {
            reason: conclusion.amendReason ?? '',
            replaces: {
              id: replaced.id,
              edition: replaced.edition,
              sha256: replaced.sha256 ?? '',
              signedAt: replaced.signedAt ?? replaced.savedAt,
            },
            changes: listChanges(replaced.content, conclusion.content),
          },
  });
  return { canonical, sha256: createHash('sha256').update(canonical, 'utf8').digest('hex') };
}

function consentOf(consent: Consent | undefined): DocumentConsent | null {
  if (consent === undefined) return null;
  const { kind, text, method, representative, reason, at, byName } = consent;
  const read = text && { version: text.version, sha256: text.sha256, language: text.language };
  return { kind, text: read, method, representative, reason, at, byName };
}

/** Undefined for a document of another time, whose schema is not known here. */
export function readConclusionDocument(canonical: string): ConclusionDocument | undefined {
  return z.safeParse(ConclusionDocument, JSON.parse(canonical)).data;
}
