import type { AttachmentRefusal, Rendition } from '@jaqyn/shared/attachments/attachment.contract';

/** What was made of a file, `file` being its name in the folder it was to be written to. */
export type MadeRendition = Omit<Rendition, 'sha256' | 'byteLength'> & { readonly file: string };

/** What the checking process says, as one line of JSON. */
export type CheckOutcome =
  | { readonly kind: 'made'; readonly pages: number; readonly renditions: readonly MadeRendition[] }
  | { readonly kind: 'refused'; readonly problem: AttachmentRefusal };

/** Thrown while a file is read: it is not taken, and this is why. */
export class Refusal extends Error {
  readonly problem: AttachmentRefusal;

  constructor(problem: AttachmentRefusal, cause?: unknown) {
    super(problem, cause === undefined ? undefined : { cause });
    this.name = 'Refusal';
    this.problem = problem;
  }
}

/** Longest sides of the pictures made. */
export const PREVIEW = { width: 1024, height: 768 } as const;
export const THUMBNAIL = { width: 320, height: 240 } as const;
/** A page of A4 at about 200 dots an inch: fine print of a laboratory can be read. */
export const PAGE_SIDE = 2340;
