import type { DocumentFile } from '@jaqyn/shared/consultations/conclusion-document';
import type { RequestId } from '@jaqyn/shared/kernel/ids';
import type { Tx } from '../../db/store.ts';

export type { DocumentFile };

/** What a conclusion asks of those who keep the files of its consult. */
export interface FileKeeper {
  /** What can be seen now, oldest first, by the hash of its bytes: under the signature from then on. */
  listForDocument(tx: Tx, requestId: RequestId): Promise<DocumentFile[]>;
}
