import { codesOf, missingForSignature } from '@jaqyn/shared/consultations/conclusion.contract';
import { listChanges } from '@jaqyn/shared/consultations/conclusion-document';
import type { RequestId } from '@jaqyn/shared/kernel/ids';
import type { DocumentLanguage } from '@jaqyn/shared/signatures/signature.contract';
import type { Tx } from '../../db/store.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { Clock } from '../../kernel/clock.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import type { ConsentService } from '../consents/consent.service.ts';
import type { PreparedDocument, SignatureService } from '../signatures/signature.service.ts';
import { assertLicensed } from '../staff/licence-check.ts';
import type { StaffService } from '../staff/staff.service.ts';
import type { TerminologyService } from '../terminologies/terminology.service.ts';
import { conclusionRepository, type StoredConclusion } from './conclusion.repository.ts';
import { type CanonicalDocument, conclusionDocument, readConclusionDocument } from './conclusion-document.ts';
import type { ConclusionPrinter } from './conclusion-printer.ts';
import { assertSignable, verificationUrl } from './conclusion-rules.ts';
import type { ConsultationLoader } from './consultation.loader.ts';
import type { RequestRow } from './consultation.repository.ts';
import type { FileKeeper } from './file-keeper.ts';

export interface SignableDependencies {
  readonly clock: Clock;
  readonly staff: Pick<StaffService, 'listSpecialtyNames'>;
  readonly terminologies: Pick<TerminologyService, 'assertUsable' | 'noteUse'>;
  readonly consents: Pick<ConsentService, 'listOfRequest'>;
  readonly loader: ConsultationLoader;
  readonly signatures: SignatureService;
  readonly printer: Pick<ConclusionPrinter, 'print'>;
  readonly files?: FileKeeper | undefined;
  /** Where the QR code leads, without a slash at its end. */
  readonly publicOrigin: string;
}

/** A draft that may be signed, and the exact bytes of it. */
export interface Signable {
  readonly row: RequestRow;
  readonly conclusion: StoredConclusion;
  readonly document: CanonicalDocument;
  readonly token: string;
}

/** Makes document and pages from what is stored now: the same for the preview and for the signature. */
export class SignableMaker {
  readonly #dependencies: SignableDependencies;

  constructor(dependencies: SignableDependencies) {
    this.#dependencies = dependencies;
  }

  /** Document and pages under one manifest. */
  async prepare(signable: Signable, evidence: string | undefined): Promise<PreparedDocument> {
    const { document, conclusion } = signable;
    const [kk, ru] = await Promise.all([this.print(signable, 'kk'), this.print(signable, 'ru')]);
    const number = readConclusionDocument(document.canonical)?.request.number ?? '';
    return this.#dependencies.signatures.prepare({
      canonical: document.canonical,
      pdf: { kk, ru },
      evidence,
      number,
      edition: conclusion.edition,
    });
  }

  print({ document, token }: Signable, language: DocumentLanguage): Promise<Buffer> {
    const parsed = readConclusionDocument(document.canonical);
    if (parsed === undefined) throw new DomainError('server.internal');
    return this.#dependencies.printer.print({
      kind: 'conclusion',
      document: parsed,
      language,
      seal: {
        sha256: document.sha256,
        verificationUrl: verificationUrl(this.#dependencies.publicOrigin, token),
        method: this.#dependencies.signatures.method,
      },
    });
  }

  /** Throws `conclusion.incomplete` naming the empty fields, `conclusion.unchanged`, `licence.ended`, and what is wrong with a code. */
  async load(tx: Tx, actor: Actor, id: RequestId): Promise<Signable> {
    const { loader, terminologies, clock, staff, consents, files } = this.#dependencies;
    const row = await loader.getRow(tx, actor, 'write_conclusion', id);
    const conclusion = await conclusionRepository.find(tx, id);
    if (conclusion === undefined) throw new DomainError('conclusion.not_found');
    assertSignable(row, conclusion);
    if (actor.practitionerId !== null) await assertLicensed(tx, actor.practitionerId, clock.instant());
    const missing: string[] = missingForSignature(conclusion.content);
    if (row.patientId === null) missing.push('patient');
    if (missing.length > 0) {
      throw new DomainError('conclusion.incomplete', { fields: missing.map((path) => ({ path, code: 'required' })) });
    }
    const replaced = conclusion.edition === 1 ? undefined : await this.getReplaced(tx, conclusion);
    if (replaced !== undefined && listChanges(replaced.content, conclusion.content).length === 0) {
      throw new DomainError('conclusion.unchanged');
    }
    // What the edition before was signed with stays as it is, retired since or not.
    const signedCodes = replaced === undefined ? [] : codesOf(replaced.content);
    for (const code of codesOf(conclusion.content)) {
      if (!signedCodes.includes(code)) await terminologies.assertUsable(tx, code, clock.instant());
    }
    const [consent] = await consents.listOfRequest(tx, id);
    const names = await staff.listSpecialtyNames(tx);
    const view = await loader.getView(tx, id);
    const { specialty } = view;
    const specialtyName = names.get(specialty) ?? { kk: specialty, ru: specialty, en: specialty };
    return {
      row,
      conclusion,
      document: conclusionDocument(view, conclusion, {
        specialtyName,
        replaced,
        consent,
        files: await files?.listForDocument(tx, id),
      }),
      // A draft from before there were tokens: derived, so that preview and signature print the same.
      token: conclusion.token ?? conclusion.id.replaceAll('-', ''),
    };
  }

  /** The signed edition before this one. Throws `conclusion.not_found`. */
  async getReplaced(tx: Tx, conclusion: StoredConclusion): Promise<StoredConclusion> {
    const replaced = await conclusionRepository.findSigned(tx, conclusion.requestId, conclusion.edition - 1);
    if (replaced === undefined) throw new DomainError('conclusion.not_found');
    return replaced;
  }
}
