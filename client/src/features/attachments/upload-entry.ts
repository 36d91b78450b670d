import { ATTACHMENT_KINDS } from '@jaqyn/shared/attachments/attachment.contract';
import { AttachmentId, RequestId } from '@jaqyn/shared/kernel/ids';
import * as z from 'zod/mini';
import type { ProblemError } from '../../lib/problem-error.ts';

/** A file that the server may not have yet, as it lies on this device. */
export const UploadEntry = z.object({
  id: AttachmentId,
  requestId: RequestId,
  kind: z.enum(ATTACHMENT_KINDS),
  note: z.string(),
  fileName: z.string(),
  sha256: z.string(),
  blob: z.custom<Blob>((value) => value instanceof Blob),
  quickLookOf: z.nullable(AttachmentId),
  /** Milliseconds since 1970. */
  addedAt: z.number(),
  /** The request it belongs to was not sent yet. */
  isHeld: z.boolean(),
  isPaused: z.boolean(),
  /** What goes first of several; files of one rank as they are done soonest. */
  rank: z._default(z.number(), 0),
});
export type UploadEntry = z.infer<typeof UploadEntry>;

export type UploadProgress =
  | { readonly kind: 'held' }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'paused' }
  /** The line is away; it goes on by itself. */
  | { readonly kind: 'offline' }
  | { readonly kind: 'sending'; readonly secondsLeft: number | undefined }
  | { readonly kind: 'checking' }
  | { readonly kind: 'failed'; readonly problem: ProblemError };

export interface Upload {
  readonly entry: UploadEntry;
  readonly sent: number;
  readonly progress: UploadProgress;
}

export const UPLOADS = 'upload/';
export const uploadKey = (id: AttachmentId): string => `${UPLOADS}${id}`;

/** Small copies first, then what is done soonest; of equals the older. */
export function nextOf(uploads: readonly Upload[]): Upload | undefined {
  return uploads
    .filter(({ progress }) => progress.kind === 'waiting' || progress.kind === 'offline')
    .sort(
      (a, b) =>
        a.entry.rank - b.entry.rank ||
        Number(b.entry.quickLookOf !== null) - Number(a.entry.quickLookOf !== null) ||
        a.entry.blob.size - a.sent - (b.entry.blob.size - b.sent) ||
        a.entry.addedAt - b.entry.addedAt,
    )[0];
}
