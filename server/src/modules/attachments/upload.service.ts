import type { AttachmentRefusal, Rendition } from '@jaqyn/shared/attachments/attachment.contract';
import type { AuditAction } from '@jaqyn/shared/audit/audit-actions';
import { isIn } from '@jaqyn/shared/consultations/consultation.machine';
import type { AttachmentId, RequestId } from '@jaqyn/shared/kernel/ids';
import type { Store, Tx } from '../../db/store.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { Clock } from '../../kernel/clock.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import type { EventBus } from '../../kernel/event-bus.ts';
import type { FileStore } from '../../storage/file-store.ts';
import type { UploadFolder } from '../../storage/upload-folder.ts';
import { auditLog } from '../audit/audit-log.ts';
import type { ConsultationLoader } from '../consultations/consultation.loader.ts';
import { type AttachmentRow, attachmentRepository } from './attachment.repository.ts';
import { attachmentChanged, expiryFrom, UPLOAD_WAIT_MS } from './attachment-change.ts';
import type { CheckOutcome } from './checked-file.ts';
import type { FileChecker } from './file-checker.ts';

interface Dependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly bus: EventBus;
  readonly loader: Pick<ConsultationLoader, 'getRow'>;
  readonly uploads: UploadFolder;
  readonly files: Pick<FileStore, 'put'>;
  readonly checker: FileChecker;
}

/** How far an upload is. */
export interface UploadState {
  readonly byteLength: number;
  readonly offset: number;
}

/** Bytes on their way in: how far they are, whether they are what was announced, what is made of them. */
export class UploadService {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #bus: EventBus;
  readonly #loader: Pick<ConsultationLoader, 'getRow'>;
  readonly #uploads: UploadFolder;
  readonly #files: Pick<FileStore, 'put'>;
  readonly #checker: FileChecker;
  readonly #completing = new Map<AttachmentId, Promise<void>>();
  #onComplete: () => void = () => undefined;

  constructor({ store, clock, bus, loader, uploads, files, checker }: Dependencies) {
    this.#store = store;
    this.#clock = clock;
    this.#bus = bus;
    this.#loader = loader;
    this.#uploads = uploads;
    this.#files = files;
    this.#checker = checker;
  }

  /** Told when something waits to be checked. */
  onComplete(listener: () => void): void {
    this.#onComplete = listener;
  }

  /** Throws `attachment.not_found`, `consultation.state_conflict`, and `attachment.disk_full` before a disk is full. */
  async authorize(actor: Actor, id: AttachmentId, bytes: number): Promise<void> {
    const request = await this.#store.read((tx) => this.#getRequest(tx, actor, id));
    if (isIn(request.status, ['cancelled', 'declined'])) throw new DomainError('consultation.state_conflict');
    if (bytes > 0) await this.#uploads.assertRoom(bytes);
  }

  /**
   * Of an upload that {@link authorize} let through. A whole one is brought on: its sender may not have heard that it was. Throws
   * `attachment.not_found`, `attachment.upload_gone`.
   */
  async getState(id: AttachmentId): Promise<UploadState> {
    const row = await this.#store.read((tx) => attachmentRepository.find(tx, id));
    if (row === undefined) throw new DomainError('attachment.not_found');
    if (row.status === 'cancelled' || row.status === 'expired') throw new DomainError('attachment.upload_gone');
    const { byteLength } = row;
    if (row.status !== 'uploading') return { byteLength, offset: byteLength };
    let offset: number | undefined;
    try {
      offset = await this.#measure(row);
    } catch (error) {
      if (!(error instanceof DomainError && error.code === 'store.unavailable')) throw error;
    }
    // While the disk was looked at, the file may have arrived, been checked and gone from there.
    const now = await this.#store.read((tx) => attachmentRepository.find(tx, id));
    if (now?.status !== 'uploading') return { byteLength, offset: byteLength };
    if (offset === undefined) throw new DomainError('store.unavailable');
    return { byteLength, offset };
  }

  /**
   * All bytes are here: compares them with what was announced and gives them to the check. Again is harmless. Throws
   * `attachment.checksum_mismatch`, after which the upload begins anew.
   */
  complete(id: AttachmentId): Promise<void> {
    const running = this.#completing.get(id);
    if (running !== undefined) return running;
    const work = this.#complete(id).finally(() => this.#completing.delete(id));
    this.#completing.set(id, work);
    return work;
  }

  /** The sender gives up; what came is thrown away. Again is harmless. Throws `attachment.not_found`, `attachment.state_conflict`. */
  async cancel(actor: Actor, id: AttachmentId): Promise<void> {
    const at = this.#clock.instant();
    const changed = await this.#store.transaction(async (tx) => {
      const request = await this.#getRequest(tx, actor, id);
      const row = await attachmentRepository.find(tx, id);
      if (row?.status === 'cancelled' || row?.status === 'refused') return undefined;
      const isMoved = await attachmentRepository.move(tx, id, ['uploading', 'expired'], { status: 'cancelled' });
      if (!isMoved) throw new DomainError('attachment.state_conflict');
      await auditLog.append(tx, { at, actor, action: 'attachment.cancel', entityType: 'attachment', entityId: id });
      return attachmentChanged(request, id, 'cancelled');
    });
    if (changed === undefined) return;
    await this.#uploads.remove(id);
    this.#bus.publish('attachment:changed', changed);
  }

  /** Checks the file that has waited longest. False when none waits. Throws when it could not be checked now; it waits on. */
  async checkNext(): Promise<boolean> {
    const [row] = await this.#store.read((tx) => attachmentRepository.listInState(tx, 'checking'));
    if (row === undefined) return false;
    const id = row.id as AttachmentId;
    if ((await this.#uploads.findFile(id)) === undefined) {
      // A database that came back from a backup without its folder: the sender has the file still.
      await this.#settle(row, { status: 'uploading' }, 'attachment.ask_again');
      return true;
    }
    const folder = await this.#uploads.makeWorkFolder(id);
    const outcome = await this.#checker.check(this.#uploads.fileOf(id), folder);
    if (outcome.kind === 'refused') {
      await this.#settle(row, { status: 'refused', problem: outcome.problem }, 'attachment.refuse');
    } else {
      await this.#keep(row, outcome, folder);
    }
    await this.#uploads.remove(id);
    return true;
  }

  /** Brings on what came whole before a crash, gives up what has stood still for a week, removes what belongs to nothing. */
  async tidy(): Promise<void> {
    const [uploading, checking] = await this.#store.read(async (tx) => [
      await attachmentRepository.listInState(tx, 'uploading'),
      await attachmentRepository.listInState(tx, 'checking'),
    ]);
    const wanted = new Set([...uploading, ...checking].map(({ id }) => id));
    await this.#uploads.sweep((id) => wanted.has(id));
    const now = this.#clock.now();
    for (const row of uploading) {
      const id = row.id as AttachmentId;
      const file = await this.#uploads.findFile(id);
      if (file?.size === row.byteLength) {
        await this.complete(id).catch((error: unknown) => {
          if (!(error instanceof DomainError)) throw error;
        });
      } else if (row.expiresAt <= this.#clock.instant()) {
        const stoodFor = now.getTime() - (file?.changedAt.getTime() ?? 0);
        if (stoodFor < UPLOAD_WAIT_MS && file !== undefined && file.size > 0) {
          await this.#store.transaction((tx) => attachmentRepository.extend(tx, id, expiryFrom(file.changedAt)));
        } else {
          await this.#settle(row, { status: 'expired' }, 'attachment.expire');
          await this.#uploads.remove(id);
        }
      }
    }
  }

  /** Bytes that are here and count. */
  async #measure({ id, byteLength }: AttachmentRow): Promise<number> {
    const { size } = await this.#uploads.openFile(id);
    if (size < byteLength) return size;
    if (size > byteLength) {
      await this.#uploads.empty(id);
      return 0;
    }
    try {
      await this.complete(id as AttachmentId);
      return size;
    } catch (error) {
      if (error instanceof DomainError && error.code === 'attachment.checksum_mismatch') return 0;
      throw error;
    }
  }

  async #complete(id: AttachmentId): Promise<void> {
    const row = await this.#store.read((tx) => attachmentRepository.find(tx, id));
    if (row?.status !== 'uploading') return;
    if ((await this.#uploads.hash(id)) !== row.sha256) {
      await this.#uploads.empty(id);
      throw new DomainError('attachment.checksum_mismatch');
    }
    await this.#settle(row, { status: 'checking' }, 'attachment.arrive');
    this.#onComplete();
  }

  async #keep(row: AttachmentRow, outcome: CheckOutcome & { kind: 'made' }, folder: string): Promise<void> {
    const renditions: Rendition[] = [];
    for (const { file, ...rendition } of outcome.renditions) {
      const bytes = await this.#uploads.readMade(folder, file);
      renditions.push({ ...rendition, byteLength: bytes.byteLength, sha256: await this.#files.put(bytes) });
    }
    const change = { status: 'stored', pages: outcome.pages, storedAt: this.#clock.instant() } as const;
    await this.#settle(row, change, 'attachment.store', renditions);
  }

  /** A step of the system's own, with its trace; no effect where somebody else was first. */
  async #settle(
    row: AttachmentRow,
    change: {
      status: AttachmentRow['status'];
      problem?: AttachmentRefusal;
      pages?: number;
      storedAt?: string;
    },
    action: AuditAction,
    renditions: readonly Rendition[] = [],
  ): Promise<void> {
    const at = this.#clock.instant();
    const id = row.id as AttachmentId;
    const changed = await this.#store.transaction(async (tx) => {
      if (!(await attachmentRepository.move(tx, id, [row.status], change))) return undefined;
      if (renditions.length > 0) await attachmentRepository.insertRenditions(tx, id, renditions);
      const whole = renditions.find(({ role }) => role === 'document' || role === 'full');
      const detail = {
        requestId: row.requestId,
        ...(change.problem !== undefined && { problem: change.problem }),
        ...(whole !== undefined && { sha256: whole.sha256, renditions: renditions.length }),
      };
      await auditLog.append(tx, { at, actor: null, action, entityType: 'attachment', entityId: id, detail });
      const request = await attachmentRepository.findRequest(tx, row.requestId as RequestId);
      return request && attachmentChanged(request, id, change.status);
    });
    if (changed !== undefined) this.#bus.publish('attachment:changed', changed);
  }

  async #getRequest(tx: Tx, actor: Actor, id: AttachmentId) {
    const row = await attachmentRepository.find(tx, id);
    if (row === undefined) throw new DomainError('attachment.not_found');
    try {
      return await this.#loader.getRow(tx, actor, 'add_observations', row.requestId as RequestId);
    } catch (error) {
      const isForeign = error instanceof DomainError && error.code === 'consultation.not_found';
      throw isForeign ? new DomainError('attachment.not_found') : error;
    }
  }
}
