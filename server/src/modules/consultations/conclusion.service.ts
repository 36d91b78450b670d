import { randomBytes } from 'node:crypto';
import type { Conclusion, ConclusionContent, ConclusionPreview } from '@jaqyn/shared/consultations/conclusion.contract';
import { codesOf, missingForSignature } from '@jaqyn/shared/consultations/conclusion.contract';
import { listChanges } from '@jaqyn/shared/consultations/conclusion-document';
import { consultationTransitions, isIn } from '@jaqyn/shared/consultations/consultation.machine';
import type { PractitionerId, RequestId, SpecialtyCode } from '@jaqyn/shared/kernel/ids';
import type { Instant } from '@jaqyn/shared/kernel/time';
import type { DocumentLanguage } from '@jaqyn/shared/signatures/signature.contract';
import type { Store, Tx } from '../../db/store.ts';
import type { Actor } from '../../kernel/actor.ts';
import { canonicalize } from '../../kernel/canonical-json.ts';
import type { Clock } from '../../kernel/clock.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { newId } from '../../kernel/ids.ts';
import { auditLog } from '../audit/audit-log.ts';
import type { AuthService } from '../auth/auth.service.ts';
import type { PreparedDocument, SignatureService } from '../signatures/signature.service.ts';
import type { StaffService } from '../staff/staff.service.ts';
import type { TerminologyService } from '../terminologies/terminology.service.ts';
import { type CallingService, changed } from './calling.service.ts';
import { conclusionRepository, type StoredConclusion } from './conclusion.repository.ts';
import { type CanonicalDocument, conclusionDocument, readConclusionDocument } from './conclusion-document.ts';
import type { ConclusionPrinter } from './conclusion-printer.ts';
import type { ConsultationLoader } from './consultation.loader.ts';
import type { RequestRow } from './consultation.repository.ts';
import { transition } from './consultation.transition.ts';
import type { EvidenceKeeper } from './evidence-keeper.ts';
import type { FileKeeper } from './file-keeper.ts';

interface Dependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly auth: Pick<AuthService, 'confirmPassword'>;
  readonly staff: Pick<StaffService, 'listSpecialtyNames'>;
  readonly terminologies: Pick<TerminologyService, 'assertUsable' | 'noteUse'>;
  readonly calling: CallingService;
  readonly loader: ConsultationLoader;
  readonly signatures: SignatureService;
  readonly printer: Pick<ConclusionPrinter, 'print'>;
  /** Left out where nobody measures: then nothing measured is signed. */
  readonly evidence?: EvidenceKeeper | undefined;
  readonly files?: FileKeeper | undefined;
  /** Where the QR code leads, without a slash at its end. */
  readonly publicOrigin: string;
}

/** What the signer saw, and the CMS when it was made on their own computer. */
export interface SignatureRequest {
  readonly sha256: string;
  readonly manifestSha256?: string | undefined;
  /** Base64. */
  readonly cms?: string | undefined;
}

export interface SignatureOutcome {
  readonly requestId: RequestId;
  readonly problem: { readonly code: string } | null;
}

/** States in which the specialist writes. */
const WRITABLE = ['in_call', 'interrupted', 'async_assigned', 'conclusion_draft', 'awaiting_signature'] as const;
/** States in which a signed conclusion may be amended. */
const AMENDABLE = consultationTransitions.amend.from;

interface Signable {
  readonly row: RequestRow;
  readonly conclusion: StoredConclusion;
  readonly document: CanonicalDocument;
  readonly token: string;
}

/** The conclusion: autosaved, previewed as it will be signed, signed once, then immutable; a correction is another edition. */
export class ConclusionService {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #auth: Pick<AuthService, 'confirmPassword'>;
  readonly #staff: Pick<StaffService, 'listSpecialtyNames'>;
  readonly #terminologies: Dependencies['terminologies'];
  readonly #calling: CallingService;
  readonly #loader: ConsultationLoader;
  readonly #signatures: SignatureService;
  readonly #printer: Pick<ConclusionPrinter, 'print'>;
  readonly #evidence: EvidenceKeeper | undefined;
  readonly #files: FileKeeper | undefined;
  readonly #publicOrigin: string;

  constructor(dependencies: Dependencies) {
    this.#store = dependencies.store;
    this.#clock = dependencies.clock;
    this.#auth = dependencies.auth;
    this.#staff = dependencies.staff;
    this.#terminologies = dependencies.terminologies;
    this.#calling = dependencies.calling;
    this.#loader = dependencies.loader;
    this.#signatures = dependencies.signatures;
    this.#printer = dependencies.printer;
    this.#evidence = dependencies.evidence;
    this.#files = dependencies.files;
    this.#publicOrigin = dependencies.publicOrigin;
  }

  /** The author sees the draft, the station and the coordinator only what is signed. Throws `conclusion.not_found`. */
  getConclusion(actor: Actor, id: RequestId): Promise<Conclusion> {
    const at = this.#clock.instant();
    return this.#store.transaction(async (tx) => {
      await this.#loader.getRow(tx, actor, 'read_signed_conclusion', id);
      const conclusion =
        actor.role === 'specialist'
          ? await conclusionRepository.find(tx, id)
          : await conclusionRepository.findSigned(tx, id);
      if (conclusion === undefined) throw new DomainError('conclusion.not_found');
      await auditLog.append(tx, {
        at,
        actor,
        action: 'conclusion.read',
        entityType: 'conclusion',
        entityId: conclusion.id,
        detail: { requestId: id },
      });
      return toView(conclusion);
    });
  }

  /**
   * Throws `conclusion.version_conflict` when another tab or author saved since `baseVersion`; nothing is overwritten.
   * Saving again what the last save has stored, because its answer was lost, answers the same.
   */
  saveConclusion(actor: Actor, id: RequestId, baseVersion: number, content: ConclusionContent): Promise<Conclusion> {
    const at = this.#clock.instant();
    const firstId = newId<StoredConclusion['id']>();
    const token = newToken();
    return this.#store.transaction(async (tx) => {
      const row = await this.#loader.getRow(tx, actor, 'write_conclusion', id);
      const stored = await conclusionRepository.find(tx, id);
      assertWritable(row, stored);
      if (stored?.version === baseVersion + 1 && canonicalize(stored.content) === canonicalize(content)) {
        return toView(stored);
      }
      if ((stored?.version ?? 0) !== baseVersion) throw new DomainError('conclusion.version_conflict');
      if (stored === undefined) {
        await conclusionRepository.insert(tx, {
          id: firstId,
          requestId: id,
          content,
          authorId: actor.userId,
          savedAt: at,
          token,
        });
      } else {
        await conclusionRepository.update(tx, id, baseVersion, { content, authorId: actor.userId, savedAt: at });
      }
      const saved = await conclusionRepository.find(tx, id);
      if (saved === undefined) throw new DomainError('conclusion.not_found');
      await auditLog.append(tx, {
        at,
        actor,
        action: 'conclusion.save',
        entityType: 'conclusion',
        entityId: saved.id,
        detail: { requestId: id, version: saved.version },
      });
      return toView(saved);
    });
  }

  /**
   * A draft of the next edition, with the text of the signed one; the signed one stays what it is and stays in force. Begun already for
   * the same reason answers that draft, for another `conclusion.amendment_open`.
   */
  amend(actor: Actor, id: RequestId, reason: string): Promise<Conclusion> {
    const at = this.#clock.instant();
    const draftId = newId<StoredConclusion['id']>();
    const token = newToken();
    return this.#calling.run(async (tx, outbox) => {
      const row = await this.#loader.getRow(tx, actor, 'write_conclusion', id);
      const newest = await conclusionRepository.find(tx, id);
      if (newest === undefined) throw new DomainError('conclusion.not_found');
      if (newest.status === 'preliminary') {
        if (newest.edition > 1 && newest.amendReason === reason) return toView(newest);
        throw new DomainError(newest.edition > 1 ? 'conclusion.amendment_open' : 'consultation.state_conflict');
      }
      if (!isIn(row.status, AMENDABLE)) throw new DomainError('consultation.state_conflict');
      await conclusionRepository.insert(tx, {
        id: draftId,
        requestId: id,
        content: newest.content,
        authorId: actor.userId,
        savedAt: at,
        token,
        edition: newest.edition + 1,
        amendReason: reason,
      });
      await auditLog.append(tx, {
        at,
        actor,
        action: 'conclusion.begin_amendment',
        entityType: 'conclusion',
        entityId: draftId,
        detail: { requestId: id, edition: newest.edition + 1 },
      });
      outbox.push(changed(row, actor));
      return toView((await conclusionRepository.find(tx, id)) ?? newest);
    });
  }

  /** Answers the signed edition, which was in force all the time; nothing to throw away is harmless. */
  discardAmendment(actor: Actor, id: RequestId): Promise<Conclusion> {
    const at = this.#clock.instant();
    return this.#calling.run(async (tx, outbox) => {
      const row = await this.#loader.getRow(tx, actor, 'write_conclusion', id);
      const newest = await conclusionRepository.find(tx, id);
      const signed = await conclusionRepository.findSigned(tx, id);
      if (newest === undefined || signed === undefined) throw new DomainError('conclusion.not_found');
      if (newest.id === signed.id) return toView(signed);
      await conclusionRepository.deleteDraft(tx, id);
      await auditLog.append(tx, {
        at,
        actor,
        action: 'conclusion.discard_amendment',
        entityType: 'conclusion',
        entityId: newest.id,
        detail: { requestId: id, edition: newest.edition },
      });
      outbox.push(changed(row, actor));
      return toView(signed);
    });
  }

  /** The exact bytes that signing would bind. Throws `conclusion.incomplete` naming the empty fields, `conclusion.unchanged`. */
  async preview(actor: Actor, id: RequestId): Promise<ConclusionPreview> {
    const signable = await this.#store.read((tx) => this.#loadForSignature(tx, actor, id));
    const { conclusion, document } = signable;
    const evidence = await this.#evidence?.freeze(id, conclusion.id, conclusion.version);
    const { manifest } = await this.#prepare(signable, evidence);
    return {
      version: conclusion.version,
      content: conclusion.content,
      ...document,
      manifest: manifest.text,
      manifestSha256: manifest.sha256,
      method: this.#signatures.method,
    };
  }

  /** The page that signing would bind. */
  async previewPdf(actor: Actor, id: RequestId, language: DocumentLanguage): Promise<Buffer> {
    const signable = await this.#store.read((tx) => this.#loadForSignature(tx, actor, id));
    return this.#print(signable, language);
  }

  /**
   * Signs the bytes whose hash the signer saw. Throws `conclusion.preview_stale` when anything changed since,
   * `auth.invalid_credentials` for a wrong password. Signing the same bytes again answers the signed conclusion.
   */
  async sign(
    actor: Actor,
    id: RequestId,
    sha256: string,
    password: string,
    more: Omit<SignatureRequest, 'sha256'> = {},
  ): Promise<Conclusion> {
    await this.#auth.confirmPassword(actor, password);
    return this.#sign(actor, id, { sha256, ...more });
  }

  /** One password for several, each of them previewed; what cannot be signed does not hold up the others. */
  async signAll(
    actor: Actor,
    items: readonly (SignatureRequest & { readonly requestId: RequestId })[],
    password: string,
  ): Promise<SignatureOutcome[]> {
    await this.#auth.confirmPassword(actor, password);
    const outcomes: SignatureOutcome[] = [];
    for (const { requestId, ...seen } of items) {
      try {
        await this.#sign(actor, requestId, seen);
        outcomes.push({ requestId, problem: null });
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        outcomes.push({ requestId, problem: { code: error.code } });
      }
    }
    return outcomes;
  }

  async #sign(actor: Actor, id: RequestId, seen: SignatureRequest): Promise<Conclusion> {
    // Pages and signature are made before the unit of work, which then asks again whether they still speak of what is stored.
    const found = await this.#store.read(async (tx) => {
      await this.#loader.getRow(tx, actor, 'write_conclusion', id);
      const stored = await conclusionRepository.find(tx, id);
      if (stored !== undefined && isSignedAs(stored, seen)) return { stored };
      return { signable: await this.#loadForSignature(tx, actor, id) };
    });
    if (found.signable === undefined) return toView(found.stored);
    const { signable } = found;
    if (signable.document.sha256 !== seen.sha256) throw new DomainError('conclusion.preview_stale');
    const { conclusion: seenConclusion } = signable;
    const evidence =
      (await this.#evidence?.findFrozen(seenConclusion.id, seenConclusion.version)) ??
      (await this.#evidence?.freeze(id, seenConclusion.id, seenConclusion.version));
    const prepared = await this.#prepare(signable, evidence);
    if (seen.manifestSha256 !== undefined && seen.manifestSha256 !== prepared.manifest.sha256) {
      throw new DomainError('conclusion.preview_stale');
    }
    const specialist = readConclusionDocument(signable.document.canonical)?.specialist;
    if (specialist == null) throw new DomainError('consultation.state_conflict');
    const sealed = await this.#signatures.seal(
      prepared,
      {
        practitionerId: specialist.id,
        displayName: specialist.displayName,
        organizationName: specialist.organizationName.ru,
      },
      seen.cms === undefined ? undefined : new Uint8Array(Buffer.from(seen.cms, 'base64')),
    );

    return this.#calling.run(async (tx, outbox) => {
      await this.#loader.getRow(tx, actor, 'write_conclusion', id);
      const stored = await conclusionRepository.find(tx, id);
      if (stored !== undefined && isSignedAs(stored, seen)) return toView(stored);
      const { row, conclusion, document, token } = await this.#loadForSignature(tx, actor, id);
      if (document.canonical !== signable.document.canonical) throw new DomainError('conclusion.preview_stale');

      const change = { signedAt: sealed.signedAt, signedBytes: document.canonical, sha256: document.sha256 };
      const status = conclusion.edition === 1 ? 'final' : 'amended';
      if (!(await conclusionRepository.sign(tx, id, conclusion.version, change, status))) {
        throw new DomainError('conclusion.preview_stale');
      }
      if (evidence !== undefined && (await this.#evidence?.seal(tx, conclusion.id, evidence)) !== true) {
        throw new DomainError('conclusion.preview_stale');
      }
      const replaced = conclusion.edition === 1 ? undefined : await this.#getReplaced(tx, conclusion);
      await this.#signatures.record(tx, {
        compositionId: conclusion.id,
        requestId: id,
        token,
        signerName: specialist.displayName,
        organization: specialist.organizationName,
        supersedesId: replaced?.id ?? null,
        prepared,
        sealed,
      });
      for (const code of new Set(codesOf(conclusion.content))) {
        const use = {
          code,
          practitionerId: specialist.id as PractitionerId,
          specialty: row.specialty as SpecialtyCode,
        };
        await this.#terminologies.noteUse(tx, { ...use, at: sealed.signedAt });
      }
      const hashes = { sha256: document.sha256, manifest: prepared.manifest.sha256 };
      outbox.push(changed(await walkToSigned(tx, row, conclusion, actor, sealed.signedAt, hashes), actor));
      return toView((await conclusionRepository.find(tx, id)) ?? conclusion);
    });
  }

  async #prepare(signable: Signable, evidence: string | undefined): Promise<PreparedDocument> {
    const { document, conclusion } = signable;
    const [kk, ru] = await Promise.all([this.#print(signable, 'kk'), this.#print(signable, 'ru')]);
    const number = readConclusionDocument(document.canonical)?.request.number ?? '';
    return this.#signatures.prepare({
      canonical: document.canonical,
      pdf: { kk, ru },
      evidence,
      number,
      edition: conclusion.edition,
    });
  }

  #print({ document, token }: Signable, language: DocumentLanguage): Promise<Buffer> {
    const parsed = readConclusionDocument(document.canonical);
    if (parsed === undefined) throw new DomainError('server.internal');
    return this.#printer.print({
      kind: 'conclusion',
      document: parsed,
      language,
      seal: {
        sha256: document.sha256,
        verificationUrl: verificationUrl(this.#publicOrigin, token),
        method: this.#signatures.method,
      },
    });
  }

  async #loadForSignature(tx: Tx, actor: Actor, id: RequestId): Promise<Signable> {
    const row = await this.#loader.getRow(tx, actor, 'write_conclusion', id);
    const conclusion = await conclusionRepository.find(tx, id);
    if (conclusion === undefined) throw new DomainError('conclusion.not_found');
    assertWritable(row, conclusion);
    const missing: string[] = missingForSignature(conclusion.content);
    if (row.patientId === null) missing.push('patient');
    if (missing.length > 0) {
      throw new DomainError('conclusion.incomplete', { fields: missing.map((path) => ({ path, code: 'required' })) });
    }
    const replaced = conclusion.edition === 1 ? undefined : await this.#getReplaced(tx, conclusion);
    if (replaced !== undefined && listChanges(replaced.content, conclusion.content).length === 0) {
      throw new DomainError('conclusion.unchanged');
    }
    // What the edition before was signed with stays as it is, retired since or not.
    const signedCodes = replaced === undefined ? [] : codesOf(replaced.content);
    for (const code of codesOf(conclusion.content)) {
      if (!signedCodes.includes(code)) await this.#terminologies.assertUsable(tx, code, this.#clock.instant());
    }
    const names = await this.#staff.listSpecialtyNames(tx);
    const view = await this.#loader.getView(tx, id);
    const { specialty } = view;
    const specialtyName = names.get(specialty) ?? { kk: specialty, ru: specialty, en: specialty };
    return {
      row,
      conclusion,
      document: conclusionDocument(view, conclusion, {
        specialtyName,
        replaced,
        files: await this.#files?.listForDocument(tx, id),
      }),
      // A draft from before there were tokens: derived, so that preview and signature print the same.
      token: conclusion.token ?? conclusion.id.replaceAll('-', ''),
    };
  }

  async #getReplaced(tx: Tx, conclusion: StoredConclusion): Promise<StoredConclusion> {
    const replaced = await conclusionRepository.findSigned(tx, conclusion.requestId, conclusion.edition - 1);
    if (replaced === undefined) throw new DomainError('conclusion.not_found');
    return replaced;
  }
}

export function verificationUrl(publicOrigin: string, token: string): string {
  return `${publicOrigin}/v/${token}`;
}

/** 128 random bits: nobody finds a document by trying. */
function newToken(): string {
  return randomBytes(16).toString('base64url');
}

function isSignedAs(stored: StoredConclusion, seen: SignatureRequest): boolean {
  return stored.status !== 'preliminary' && stored.sha256 === seen.sha256;
}

/** Throws `conclusion.signed`, `consultation.state_conflict`. */
function assertWritable(row: RequestRow, conclusion: StoredConclusion | undefined): void {
  if (conclusion !== undefined && conclusion.status !== 'preliminary') throw new DomainError('conclusion.signed');
  const isWritable =
    conclusion !== undefined && conclusion.edition > 1 ? isIn(row.status, AMENDABLE) : isIn(row.status, WRITABLE);
  if (!isWritable) throw new DomainError('consultation.state_conflict');
}

function toView({ token: _token, signedBytes, ...view }: StoredConclusion): Conclusion {
  // From the signed bytes, so that the screen names the same changes as the paper.
  const signed = signedBytes === null ? undefined : readConclusionDocument(signedBytes);
  return { ...view, changes: signed?.amendment?.changes ?? [] };
}

/** From wherever the writing happened to `signed`, one audited step at a time; an amendment is one step from wherever it was. */
async function walkToSigned(
  tx: Tx,
  from: RequestRow,
  conclusion: StoredConclusion,
  actor: Actor,
  at: Instant,
  hashes: { readonly sha256: string; readonly manifest: string },
) {
  if (conclusion.edition > 1) {
    return transition(tx, from, {
      event: 'amend',
      actor,
      at,
      detail: { ...hashes, edition: conclusion.edition },
    });
  }
  let row = from;
  if (isIn(row.status, ['in_call', 'interrupted', 'async_assigned'])) {
    row = await transition(tx, row, { event: 'end_call', actor, at, change: { endedAt: at } });
  }
  if (row.status === 'conclusion_draft') row = await transition(tx, row, { event: 'present_for_signature', actor, at });
  return transition(tx, row, { event: 'sign', actor, at, detail: hashes });
}
