import path from 'node:path';
import type { Store } from '../../db/store.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { EventBus } from '../../kernel/event-bus.ts';
import { DiskFileStore } from '../../storage/file-store.ts';
import { UploadFolder } from '../../storage/upload-folder.ts';
import type { ConsultationLoader } from '../consultations/consultation.loader.ts';
import { AttachmentService } from './attachment.service.ts';
import { type FileChecker, ProcessChecker } from './file-checker.ts';
import { TusServer } from './tus-server.ts';
import { UploadService } from './upload.service.ts';

interface Dependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly bus: EventBus;
  readonly loader: Pick<ConsultationLoader, 'getRow'>;
  readonly dataDir: string;
  /** Bytes of the disk that files leave free. */
  readonly floorBytes: number;
  readonly checker?: FileChecker | undefined;
}

/** Connects what files of consultations are made of. */
export function createAttachments(dependencies: Dependencies) {
  const { store, clock, bus, loader, dataDir, floorBytes, checker = new ProcessChecker() } = dependencies;
  const files = new DiskFileStore(path.join(dataDir, 'attachments'));
  const folder = new UploadFolder(path.join(dataDir, 'uploads'), { floorBytes });
  const assertRoom = (bytes: number) => folder.assertRoom(bytes);
  const attachments = new AttachmentService({ store, clock, bus, loader, files, assertRoom });
  const uploads = new UploadService({ store, clock, bus, loader, uploads: folder, files, checker });
  const tus = new TusServer({ folder: folder.folder, uploads });
  return { attachments, uploads, tus, checker, files, folder };
}
