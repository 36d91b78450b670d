/** A still of the call: safe on this device before anybody is asked about it, then the marked place first. */
import type { AttachmentKind } from '@jaqyn/shared/attachments/attachment.contract';
import type { AttachmentId, RequestId } from '@jaqyn/shared/kernel/ids';
import { newId } from '../../lib/ids.ts';
import { ProblemError } from '../../lib/problem-error.ts';
import { cropOf, makeStillView, type Region } from './pictures.ts';
import { cancelUpload, change, hashOf, keep, resumeUpload, startUploads, uploads } from './upload-queue.ts';

/** The order in which they go: the marked place, the whole small, the whole. */
const RANK = { region: -3, view: -2, whole: -1 } as const;

/** Resolves when it is on this device's disk. It is not sent before {@link sendStill}. Throws `draft.unsaved`, `attachment.empty`. */
export async function keepStill(requestId: RequestId, photo: Blob): Promise<AttachmentId> {
  if (photo.size === 0) throw ProblemError.local('attachment.empty');
  await startUploads();
  const id = newId() as AttachmentId;
  await keep({
    id,
    requestId,
    kind: 'other',
    note: '',
    fileName: '',
    sha256: await hashOf(photo),
    blob: photo,
    quickLookOf: null,
    addedAt: Date.now(),
    isHeld: false,
    isPaused: true,
    rank: RANK.whole,
  });
  return id;
}

interface StillLabel {
  readonly kind: AttachmentKind;
  readonly note: string;
  /** What is to be seen first, at full resolution; undefined: nothing was marked. */
  readonly region: Region | undefined;
  /** What the picture of the region is called. */
  readonly regionNote: string;
}

/** Throws `draft.unsaved`; the still stays on this device. */
export async function sendStill(id: AttachmentId, { kind, note, region, regionNote }: StillLabel): Promise<void> {
  const whole = uploads.get().find(({ entry }) => entry.id === id)?.entry;
  if (whole === undefined) return;
  const part = async (
    blob: Blob | undefined,
    extra: { rank: number; quickLookOf: AttachmentId | null; note: string },
  ) => {
    if (blob === undefined) return;
    const partId = newId() as AttachmentId;
    await keep({ ...whole, ...extra, kind, id: partId, blob, sha256: await hashOf(blob), isPaused: false });
  };
  if (region !== undefined) {
    await part(await cropOf(whole.blob, region), { rank: RANK.region, quickLookOf: null, note: regionNote });
  }
  await part(await makeStillView(whole.blob), { rank: RANK.view, quickLookOf: id, note });
  await change(id, { kind, note });
  await resumeUpload(id);
}

export const dropStill = cancelUpload;
