import type { Conclusion, ConclusionPreview } from '@jaqyn/shared/consultations/conclusion.contract';
import { codesOf } from '@jaqyn/shared/consultations/conclusion.contract';
import { isIn } from '@jaqyn/shared/consultations/consultation.machine';
import type { PractitionerId, RequestId, SpecialtyCode } from '@jaqyn/shared/kernel/ids';
import type { Instant } from '@jaqyn/shared/kernel/time';
import type { DocumentLanguage } from '@jaqyn/shared/signatures/signature.contract';
import type { Store, Tx } from '../../db/store.ts';
import type { Actor } from '../../kernel/actor.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import type { AuthService } from '../auth/auth.service.ts';
import { type CallingService, changed } from './calling.service.ts';
import { conclusionRepository, type StoredConclusion } from './conclusion.repository.ts';
import { readConclusionDocument } from './conclusion-document.ts';
import { toView } from './conclusion-rules.ts';
import { type SignableDependencies, SignableMaker } from './conclusion-signable.ts';
import type { RequestRow } from './consultation.repository.ts';
import { transition } from './consultation.transition.ts';
import type { EvidenceKeeper } from './evidence-keeper.ts';

interface Dependencies extends SignableDependencies {
  readonly store: Store;
  readonly auth: Pick<AuthService, 'confirmPassword'>;
  readonly calling: CallingService;
  /** Left out where nobody measures: then nothing measured is signed. */
  readonly evidence?: EvidenceKeeper | undefined;
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

/** Preview and signature. What is previewed is what is signed: the bytes are asked for again within the unit of work that signs. */
export class ConclusionSigningService {
  readonly #store: Store;
  readonly #auth: Dependencies['auth'];
  readonly #calling: CallingService;
  readonly #terminologies: Dependencies['terminologies'];
  readonly #loader: Dependencies['loader'];
  readonly #signatures: Dependencies['signatures'];
  readonly #evidence: EvidenceKeeper | undefined;
  readonly #signables: SignableMaker;

  constructor(dependencies: Dependencies) {
    this.#store = dependencies.store;
    this.#auth = dependencies.auth;
    this.#calling = dependencies.calling;
    this.#terminologies = dependencies.terminologies;
    this.#loader = dependencies.loader;
    this.#signatures = dependencies.signatures;
    this.#evidence = dependencies.evidence;
    this.#signables = new SignableMaker(dependencies);
  }

  /** The exact bytes that signing would bind. Throws `conclusion.incomplete` naming the empty fields, `conclusion.unchanged`. */
  async preview(actor: Actor, id: RequestId): Promise<ConclusionPreview> {
    const signable = await this.#store.read((tx) => this.#signables.load(tx, actor, id));
    const { conclusion, document } = signable;
    const evidence = await this.#evidence?.freeze(id, conclusion.id, conclusion.version);
    const { manifest } = await this.#signables.prepare(signable, evidence);
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
    const signable = await this.#store.read((tx) => this.#signables.load(tx, actor, id));
    return this.#signables.print(signable, language);
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
      return { signable: await this.#signables.load(tx, actor, id) };
    });
    if (found.signable === undefined) return toView(found.stored);
    const { signable } = found;
    if (signable.document.sha256 !== seen.sha256) throw new DomainError('conclusion.preview_stale');
    const { conclusion: seenConclusion } = signable;
    const evidence =
      (await this.#evidence?.findFrozen(seenConclusion.id, seenConclusion.version)) ??
      (await this.#evidence?.freeze(id, seenConclusion.id, seenConclusion.version));
    const prepared = await this.#signables.prepare(signable, evidence);
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
      const { row, conclusion, document, token } = await this.#signables.load(tx, actor, id);
      if (document.canonical !== signable.document.canonical) throw new DomainError('conclusion.preview_stale');

      const change = { signedAt: sealed.signedAt, signedBytes: document.canonical, sha256: document.sha256 };
      const status = conclusion.edition === 1 ? 'final' : 'amended';
      if (!(await conclusionRepository.sign(tx, id, conclusion.version, change, status))) {
        throw new DomainError('conclusion.preview_stale');
      }
      if (evidence !== undefined && (await this.#evidence?.seal(tx, conclusion.id, evidence)) !== true) {
        throw new DomainError('conclusion.preview_stale');
      }
      const replaced = conclusion.edition === 1 ? undefined : await this.#signables.getReplaced(tx, conclusion);
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
}

function isSignedAs(stored: StoredConclusion, seen: SignatureRequest): boolean {
  return stored.status !== 'preliminary' && stored.sha256 === seen.sha256;
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
