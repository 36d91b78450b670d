import { createHash } from 'node:crypto';
import type { ConclusionDocument } from '@jaqyn/shared/consultations/conclusion-document';
import type { RequestId } from '@jaqyn/shared/kernel/ids';
import {
  type DocumentLanguage,
  SIGNED_FILES,
  type SignedEdition,
  type SlipLanguage,
} from '@jaqyn/shared/signatures/signature.contract';
import type { Store, Tx } from '../../db/store.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { Clock } from '../../kernel/clock.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { auditLog } from '../audit/audit-log.ts';
import type { DocumentSignatureRow, SignatureService } from '../signatures/signature.service.ts';
import { conclusionRepository } from './conclusion.repository.ts';
import { readConclusionDocument } from './conclusion-document.ts';
import type { ConclusionPrinter } from './conclusion-printer.ts';
import { verificationUrl } from './conclusion-rules.ts';
import type { ConsultationLoader } from './consultation.loader.ts';
import type { EvidenceKeeper } from './evidence-keeper.ts';

interface Dependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly loader: ConsultationLoader;
  readonly signatures: SignatureService;
  readonly printer: Pick<ConclusionPrinter, 'print'>;
  readonly evidence?: Pick<EvidenceKeeper, 'findSealed'> | undefined;
  readonly publicOrigin: string;
}

/** A file of the record as it leaves the server. `name` has a number in it and no patient. */
export interface RecordFile {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Buffer;
}

interface SignedFile {
  readonly row: DocumentSignatureRow;
  readonly document: ConclusionDocument;
  readonly canonical: string;
}

/** The signed conclusion as files: pages, slip, data, signature. Each reading is audited. `edition` left out is the newest. */
export class ConclusionFilesService {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #loader: ConsultationLoader;
  readonly #signatures: SignatureService;
  readonly #printer: Pick<ConclusionPrinter, 'print'>;
  readonly #evidence: Dependencies['evidence'];
  readonly #publicOrigin: string;

  constructor(dependencies: Dependencies) {
    this.#store = dependencies.store;
    this.#clock = dependencies.clock;
    this.#loader = dependencies.loader;
    this.#signatures = dependencies.signatures;
    this.#printer = dependencies.printer;
    this.#evidence = dependencies.evidence;
    this.#publicOrigin = dependencies.publicOrigin;
  }

  async getPdf(actor: Actor, id: RequestId, language: DocumentLanguage, edition?: number): Promise<RecordFile> {
    const { row } = await this.#open(actor, id, `pdf.${language}`, edition);
    const bytes = await this.#signatures.getFile(language === 'kk' ? row.pdfKkSha256 : row.pdfRuSha256);
    return { name: `${nameOf(row)}.${language}.pdf`, mediaType: 'application/pdf', bytes };
  }

  /** Printed anew each time: it is for reading, not for proof. */
  async getSlip(actor: Actor, id: RequestId, language: SlipLanguage, edition?: number): Promise<RecordFile> {
    const { row, document } = await this.#open(actor, id, `slip.${language}`, edition);
    const seal = { verificationUrl: verificationUrl(this.#publicOrigin, row.token) };
    const bytes = await this.#printer.print({ kind: 'slip', document, language, seal });
    return { name: `${nameOf(row)}-slip.${language}.pdf`, mediaType: 'application/pdf', bytes };
  }

  async getDocument(actor: Actor, id: RequestId, edition?: number): Promise<RecordFile> {
    const { row, canonical } = await this.#open(actor, id, 'document', edition);
    return { name: `${nameOf(row)}.json`, mediaType: 'application/json', bytes: Buffer.from(canonical, 'utf8') };
  }

  /** What was measured of the consult: the fourth part of the manifest. Throws `signature.not_found` where nothing was. */
  async getEvidence(actor: Actor, id: RequestId, edition?: number): Promise<RecordFile> {
    const { row } = await this.#open(actor, id, 'evidence', edition);
    const sealed = await this.#store.read((tx) => this.#findSealed(tx, row));
    if (sealed === undefined) throw new DomainError('signature.not_found');
    return {
      name: `${nameOf(row)}.evidence.json`,
      mediaType: 'application/json',
      bytes: Buffer.from(sealed.canonical, 'utf8'),
    };
  }

  async getManifest(actor: Actor, id: RequestId, edition?: number): Promise<RecordFile> {
    const { row } = await this.#open(actor, id, 'manifest', edition);
    return {
      name: `${nameOf(row)}.manifest.json`,
      mediaType: 'application/json',
      bytes: Buffer.from(row.manifest, 'utf8'),
    };
  }

  /** Detached CMS, DER, over the manifest. */
  async getSignature(actor: Actor, id: RequestId, edition?: number): Promise<RecordFile> {
    const { row } = await this.#open(actor, id, 'signature', edition);
    return { name: `${nameOf(row)}.manifest.json.p7s`, mediaType: 'application/pkcs7-signature', bytes: row.cms };
  }

  async listEditions(actor: Actor, id: RequestId): Promise<SignedEdition[]> {
    const at = this.#clock.instant();
    const rows = await this.#store.transaction(async (tx) => {
      await this.#loader.getRow(tx, actor, 'read_signed_conclusion', id);
      await auditLog.append(tx, {
        at,
        actor,
        action: 'conclusion.read_evidence',
        entityType: 'consultation',
        entityId: id,
      });
      const found: { row: DocumentSignatureRow; evidenceSha256: string | undefined }[] = [];
      for (const compositionId of await conclusionRepository.listSignedIds(tx, id)) {
        const row = await this.#signatures.findSignature(tx, compositionId);
        if (row === undefined) continue;
        found.push({ row, evidenceSha256: (await this.#findSealed(tx, row))?.sha256 });
      }
      return found;
    });
    return Promise.all(rows.map(({ row, evidenceSha256 }) => this.#toEdition(id, row, evidenceSha256)));
  }

  async #findSealed(tx: Tx, { compositionId }: DocumentSignatureRow) {
    return this.#evidence?.findSealed(tx, compositionId);
  }

  async #toEdition(
    id: RequestId,
    row: DocumentSignatureRow,
    evidenceSha256: string | undefined,
  ): Promise<SignedEdition> {
    const { status, successor } = await this.#signatures.getStanding(row);
    const href = (path: string, language?: DocumentLanguage) =>
      `${path.replace(':requestId', id)}?edition=${row.edition}${language === undefined ? '' : `&language=${language}`}`;
    return {
      edition: row.edition,
      status,
      signedAt: row.signedAt,
      signerName: row.signerName,
      organization: JSON.parse(row.organization),
      method: row.method,
      certificateSerial: row.certificateSerial,
      verificationUrl: verificationUrl(this.#publicOrigin, row.token),
      supersededBy: successor?.edition ?? null,
      files: [
        { name: 'conclusion.json', href: href(SIGNED_FILES.document), sha256: row.documentSha256 },
        { name: 'conclusion.kk.pdf', href: href(SIGNED_FILES.pdf, 'kk'), sha256: row.pdfKkSha256 },
        { name: 'conclusion.ru.pdf', href: href(SIGNED_FILES.pdf, 'ru'), sha256: row.pdfRuSha256 },
        ...(evidenceSha256 === undefined
          ? []
          : [{ name: 'evidence.json', href: href(SIGNED_FILES.evidence), sha256: evidenceSha256 }]),
        { name: 'manifest.json', href: href(SIGNED_FILES.manifest), sha256: sha256Of(row.manifest) },
        { name: 'manifest.json.p7s', href: href(SIGNED_FILES.signature), sha256: sha256Of(row.cms) },
      ],
    } as SignedEdition;
  }

  async #open(actor: Actor, id: RequestId, file: string, edition: number | undefined): Promise<SignedFile> {
    const at = this.#clock.instant();
    return this.#store.transaction(async (tx) => {
      await this.#loader.getRow(tx, actor, 'read_signed_conclusion', id);
      const conclusion = await conclusionRepository.findSigned(tx, id, edition);
      const row = conclusion && (await this.#signatures.findSignature(tx, conclusion.id));
      const document = conclusion?.signedBytes == null ? undefined : readConclusionDocument(conclusion.signedBytes);
      if (conclusion?.signedBytes == null || row === undefined || document === undefined) {
        throw new DomainError('signature.not_found');
      }
      await auditLog.append(tx, {
        at,
        actor,
        action: 'conclusion.read_file',
        entityType: 'conclusion',
        entityId: conclusion.id,
        detail: { requestId: id, file, edition: row.edition },
      });
      return { row, document, canonical: conclusion.signedBytes };
    });
  }
}

function nameOf(row: DocumentSignatureRow): string {
  const { number } = JSON.parse(row.manifest) as { number: string };
  return `conclusion-${number}${row.edition === 1 ? '' : `-${row.edition}`}`;
}

function sha256Of(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
