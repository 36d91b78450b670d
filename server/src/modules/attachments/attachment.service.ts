import {
  ATTACHMENT_LIMITS,
  type Attachment,
  type AttachmentLabel,
  type NewAttachment,
  type RenditionRole,
} from '@jaqyn/shared/attachments/attachment.contract';
import type { AuditAction } from '@jaqyn/shared/audit/audit-actions';
import { isIn } from '@jaqyn/shared/consultations/consultation.machine';
import type { AttachmentId, RequestId } from '@jaqyn/shared/kernel/ids';
import type { Store, Tx } from '../../db/store.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { Clock } from '../../kernel/clock.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import type { EventBus } from '../../kernel/event-bus.ts';
import { assertSeen } from '../../kernel/seen.ts';
import type { FileStore } from '../../storage/file-store.ts';
import { auditLog } from '../audit/audit-log.ts';
import { ReadLog } from '../audit/read-log.ts';
import type { ConsultationLoader } from '../consultations/consultation.loader.ts';
import type { DocumentFile, FileKeeper } from '../consultations/file-keeper.ts';
import { type AttachmentRow, attachmentRepository } from './attachment.repository.ts';
import { attachmentChanged, expiryFrom } from './attachment-change.ts';

interface Dependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly bus: EventBus;
  readonly loader: Pick<ConsultationLoader, 'getRow'>;
  readonly files: Pick<FileStore, 'find'>;
  /** Throws `attachment.disk_full` where so many bytes more would leave too little. */
  readonly assertRoom: (bytes: number) => Promise<void>;
}

/** Nothing is added to a request that ended without a consult. */
const OVER = ['cancelled', 'declined'] as const;

/** Files of a consultation: announced, listed, labelled, read. Their bytes come through UploadService. */
export class AttachmentService implements FileKeeper {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #bus: EventBus;
  readonly #loader: Pick<ConsultationLoader, 'getRow'>;
  readonly #files: Pick<FileStore, 'find'>;
  readonly #assertRoom: (bytes: number) => Promise<void>;
  readonly #reads: ReadLog;

  constructor({ store, clock, bus, loader, files, assertRoom }: Dependencies) {
    this.#store = store;
    this.#clock = clock;
    this.#bus = bus;
    this.#loader = loader;
    this.#files = files;
    this.#assertRoom = assertRoom;
    this.#reads = new ReadLog({ store, clock });
  }

  /**
   * Takes up an upload. The id comes from the browser: the same again answers what there is, and revives an upload that was given up; with other
   * content `idempotency.key_reused`. Throws `consultation.not_found`, `consultation.state_conflict`, `attachment.empty`,
   * `attachment.too_large`, `attachment.quota`, `attachment.disk_full`.
   */
  async createAttachment(actor: Actor, requestId: RequestId, input: NewAttachment): Promise<Attachment> {
    if (input.byteLength === 0) throw new DomainError('attachment.empty');
    if (input.byteLength > ATTACHMENT_LIMITS.fileBytes) throw new DomainError('attachment.too_large');
    await this.#assertRoom(input.byteLength);
    const at = this.#clock.instant();
    const [view, changed] = await this.#store.transaction(async (tx) => {
      const request = await this.#loader.getRow(tx, actor, 'add_observations', requestId);
      const stored = await attachmentRepository.find(tx, input.id);
      if (stored !== undefined && !isSame(stored, actor, requestId, input)) {
        throw new DomainError('idempotency.key_reused');
      }
      if (stored !== undefined && stored.status !== 'expired') return [await getView(tx, input.id), undefined] as const;
      if (isIn(request.status, OVER)) throw new DomainError('consultation.state_conflict');
      const { files, bytes } = await attachmentRepository.measure(tx, requestId);
      const isOver =
        files >= ATTACHMENT_LIMITS.consultationFiles || bytes + input.byteLength > ATTACHMENT_LIMITS.consultationBytes;
      if (isOver) throw new DomainError('attachment.quota');
      const expiresAt = expiryFrom(this.#clock.now());
      if (stored === undefined) {
        const { id, kind, note, fileName, byteLength, sha256, quickLookOf } = input;
        const fresh = { status: 'uploading', problem: null, pages: 0, storedAt: null } as const;
        const row = { id, kind, note, fileName, byteLength, sha256, quickLookOf, ...fresh };
        await attachmentRepository.insert(tx, {
          ...row,
          requestId,
          uploadedBy: actor.userId,
          createdAt: at,
          expiresAt,
        });
      } else {
        await attachmentRepository.move(tx, input.id, ['expired'], { status: 'uploading', expiresAt });
      }
      const detail = { requestId, kind: input.kind, byteLength: input.byteLength, sha256: input.sha256 };
      const what = { action: 'attachment.begin', entityType: 'attachment', entityId: input.id } as const;
      await auditLog.append(tx, { at, actor, ...what, detail });
      return [await getView(tx, input.id), attachmentChanged(request, input.id, 'uploading')] as const;
    });
    if (changed !== undefined) this.#bus.publish('attachment:changed', changed);
    return view;
  }

  /** What can be seen, is on its way or was refused. Whose files were listed is in the log. */
  async listAttachments(actor: Actor, requestId: RequestId): Promise<Attachment[]> {
    const found = await this.#store.read(async (tx) => {
      await this.#loader.getRow(tx, actor, 'read', requestId);
      return attachmentRepository.listViews(tx, { requestId });
    });
    const views = found.filter(({ status }) => !['cancelled', 'expired', 'withdrawn'].includes(status));
    if (views.length > 0) {
      await this.#reads.record(actor, {
        action: 'attachment.list',
        entityType: 'consultation',
        entityIds: [requestId],
      });
    }
    return views;
  }

  /** The bytes of one picture or page. Throws `attachment.not_found`, the same for a foreign and a missing one. */
  async getFile(
    actor: Actor,
    id: AttachmentId,
    role: RenditionRole,
    page: number,
  ): Promise<{ bytes: Buffer; mediaType: string; sha256: string }> {
    const rendition = await this.#store.read(async (tx) => {
      const row = await this.#getRow(tx, actor, 'read', id);
      return row.status === 'stored' ? attachmentRepository.findRendition(tx, id, role, page) : undefined;
    });
    if (rendition === undefined) throw new DomainError('attachment.not_found');
    await this.#reads.record(actor, { action: 'attachment.read', entityType: 'attachment', entityIds: [id] });
    const bytes = await this.#files.find(rendition.sha256);
    if (bytes === undefined) throw new DomainError('store.unavailable');
    return { bytes, mediaType: rendition.mediaType, sha256: rendition.sha256 };
  }

  /**
   * Throws `conclusion.signed` once what it shows is under a signature, `attachment.label_changed` when somebody else said what it
   * shows since it was `seen`.
   */
  label(
    actor: Actor,
    id: AttachmentId,
    { seen, ...label }: AttachmentLabel & { readonly seen: AttachmentLabel },
  ): Promise<Attachment> {
    return this.#change(actor, id, 'attachment.label', { kind: label.kind }, async (tx, { kind, note }) => {
      assertSeen('attachment.label_changed', { stored: { kind, note }, seen, wanted: label });
      await attachmentRepository.label(tx, id, label);
    });
  }

  /** Out of sight, with everything kept. Throws `conclusion.signed`. */
  withdraw(actor: Actor, id: AttachmentId): Promise<Attachment> {
    return this.#change(actor, id, 'attachment.withdraw', {}, async (tx, row) => {
      if (row.status === 'withdrawn') return;
      const isMoved = await attachmentRepository.move(tx, id, ['stored'], { status: 'withdrawn' });
      if (!isMoved) throw new DomainError('attachment.state_conflict');
    });
  }

  async listForDocument(tx: Tx, requestId: RequestId): Promise<DocumentFile[]> {
    const views = await attachmentRepository.listViews(tx, { requestId });
    const stored = views.filter(({ status }) => status === 'stored');
    const isStored = (id: string) => stored.some((view) => view.id === id);
    return stored
      .filter(({ quickLookOf }) => quickLookOf === null || !isStored(quickLookOf))
      .flatMap(({ id, kind, note, storedAt, renditions }) =>
        renditions
          .filter(({ role, page }) => role === 'document' || (role === 'full' && page === 1))
          .slice(0, 1)
          .map(({ mediaType, byteLength, sha256 }) => ({ id, kind, note, storedAt, mediaType, byteLength, sha256 })),
      ) as DocumentFile[];
  }

  /** Throws `attachment.not_found` where it is not a file of this consultation that can be seen. */
  async assertShown(requestId: RequestId, id: AttachmentId): Promise<void> {
    const row = await this.#store.read((tx) => attachmentRepository.find(tx, id));
    if (row?.requestId !== requestId || row.status !== 'stored') throw new DomainError('attachment.not_found');
  }

  async #change(
    actor: Actor,
    id: AttachmentId,
    action: AuditAction,
    detail: Record<string, string>,
    work: (tx: Tx, row: AttachmentRow) => Promise<void>,
  ): Promise<Attachment> {
    const at = this.#clock.instant();
    const [view, changed] = await this.#store.transaction(async (tx) => {
      const row = await this.#getRow(tx, actor, 'add_observations', id);
      const requestId = row.requestId as RequestId;
      if (await attachmentRepository.isSigned(tx, requestId)) throw new DomainError('conclusion.signed');
      await work(tx, row);
      await auditLog.append(tx, { at, actor, action, entityType: 'attachment', entityId: id, detail });
      const request = await this.#loader.getRow(tx, actor, 'add_observations', requestId);
      const after = await getView(tx, id);
      return [after, attachmentChanged(request, id, after.status)] as const;
    });
    this.#bus.publish('attachment:changed', changed);
    return view;
  }

  async #getRow(tx: Tx, actor: Actor, action: 'read' | 'add_observations', id: AttachmentId): Promise<AttachmentRow> {
    const row = await attachmentRepository.find(tx, id);
    if (row === undefined) throw new DomainError('attachment.not_found');
    try {
      await this.#loader.getRow(tx, actor, action, row.requestId as RequestId);
    } catch (error) {
      const isForeign = error instanceof DomainError && error.code === 'consultation.not_found';
      throw isForeign ? new DomainError('attachment.not_found') : error;
    }
    return row;
  }
}

async function getView(tx: Tx, id: AttachmentId): Promise<Attachment> {
  const [view] = await attachmentRepository.listViews(tx, { id });
  if (view === undefined) throw new DomainError('attachment.not_found');
  return view;
}

function isSame(row: AttachmentRow, actor: Actor, requestId: RequestId, input: NewAttachment): boolean {
  return (
    row.requestId === requestId &&
    row.uploadedBy === actor.userId &&
    row.byteLength === input.byteLength &&
    row.sha256 === input.sha256 &&
    row.quickLookOf === input.quickLookOf
  );
}
