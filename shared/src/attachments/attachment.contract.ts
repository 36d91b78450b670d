import * as z from 'zod/mini';
import { endpoint } from '../kernel/endpoint.ts';
import { AttachmentId, RequestId, UserId } from '../kernel/ids.ts';
import { freeText } from '../kernel/text.ts';
import { Instant } from '../kernel/time.ts';

/** What a file shows; the person who adds it says so. */
export const ATTACHMENT_KINDS = ['ecg', 'skin', 'xray', 'throat', 'lab', 'other'] as const;
export const AttachmentKind = z.enum(ATTACHMENT_KINDS);
export type AttachmentKind = z.infer<typeof AttachmentKind>;

/** Limits of files. Bytes and counts are per file or per consultation. */
export const ATTACHMENT_LIMITS = {
  fileBytes: 40 * 1024 * 1024,
  consultationBytes: 300 * 1024 * 1024,
  consultationFiles: 60,
  /** Above a telephone's 48 megapixels; more is refused before it is decoded. */
  pixels: 60_000_000,
  pages: 30,
} as const;

/**
 * `uploading`: bytes are missing. `checking`: all are here, another process reads them. `stored`: can be seen. `refused`: `problem` says why.
 * `cancelled`, `expired`: never came whole. `withdrawn`: taken out of sight before the signature, kept.
 */
export const ATTACHMENT_STATES = [
  'uploading',
  'checking',
  'stored',
  'refused',
  'cancelled',
  'expired',
  'withdrawn',
] as const;
export const AttachmentState = z.enum(ATTACHMENT_STATES);
export type AttachmentState = z.infer<typeof AttachmentState>;

/** Why a file was refused after it had arrived; each is a code of the catalog. */
export const ATTACHMENT_REFUSALS = [
  'attachment.type_refused',
  'attachment.heic_refused',
  'attachment.damaged',
  'attachment.too_many_pixels',
  'attachment.too_many_pages',
  'attachment.encrypted',
  'attachment.active_content',
  'attachment.too_complex',
] as const;
export const AttachmentRefusal = z.enum(ATTACHMENT_REFUSALS);
export type AttachmentRefusal = z.infer<typeof AttachmentRefusal>;

/** `document` is a PDF or a sound as a file; the others are pictures, of a PDF one a page, of a sound its curve. */
export const RENDITION_ROLES = ['document', 'full', 'preview', 'thumbnail'] as const;
export const RenditionRole = z.enum(RENDITION_ROLES);
export type RenditionRole = z.infer<typeof RenditionRole>;

export const Rendition = z.object({
  role: RenditionRole,
  /** From 1; 0 for a `document`. */
  page: z.number(),
  mediaType: z.string(),
  /** Pixels; 0 for a `document`. */
  width: z.number(),
  height: z.number(),
  byteLength: z.number(),
  sha256: z.string(),
});
export type Rendition = z.infer<typeof Rendition>;

/** FHIR DocumentReference with its Media. */
export const Attachment = z.object({
  id: AttachmentId,
  requestId: RequestId,
  kind: AttachmentKind,
  note: z.string(),
  /** As it was called on the device it came from. */
  fileName: z.string(),
  status: AttachmentState,
  problem: z.nullable(AttachmentRefusal),
  /** Of what was sent; what is kept is made anew from it. */
  byteLength: z.number(),
  sha256: z.string(),
  pages: z.number(),
  renditions: z.array(Rendition),
  /** A small copy that was sent ahead over a thin link; the list hides it once the file itself is stored. */
  quickLookOf: z.nullable(AttachmentId),
  uploadedBy: z.object({ userId: UserId, displayName: z.string() }),
  createdAt: Instant,
  storedAt: z.nullable(Instant),
});
export type Attachment = z.infer<typeof Attachment>;

const Sha256 = z.string().check(z.regex(/^[0-9a-f]{64}$/));
const Note = freeText(500);
const params = z.object({ attachmentId: AttachmentId });
/** What a file shows, as people say it. */
const AttachmentLabel = z.object({ kind: AttachmentKind, note: Note });
export type AttachmentLabel = z.infer<typeof AttachmentLabel>;

export const NewAttachment = z.object({
  id: AttachmentId,
  kind: AttachmentKind,
  note: z._default(Note, ''),
  fileName: z._default(freeText(200), ''),
  byteLength: z.number().check(z.int(), z.minimum(0)),
  /** Of the whole file: what arrives is compared with it. */
  sha256: Sha256,
  quickLookOf: z._default(z.nullable(AttachmentId), null),
});
export type NewAttachment = z.infer<typeof NewAttachment>;

export const createAttachment = endpoint({
  method: 'POST',
  path: '/api/consultations/:requestId/attachments',
  summary:
    'Announce a file; its bytes follow by tus at /api/uploads/:attachmentId. Repeating it with the same id has one effect',
  params: z.object({ requestId: RequestId }),
  body: NewAttachment,
  response: Attachment,
});

export const listAttachments = endpoint({
  method: 'GET',
  path: '/api/consultations/:requestId/attachments',
  summary: 'Files of a consultation, oldest first',
  params: z.object({ requestId: RequestId }),
  response: z.object({ attachments: z.array(Attachment) }),
});

export const labelAttachment = endpoint({
  method: 'PUT',
  path: '/api/attachments/:attachmentId/label',
  summary:
    'Say anew what a file shows, until the conclusion is signed; refused where another said it since it was seen',
  params,
  body: z.extend(AttachmentLabel, { seen: AttachmentLabel }),
  response: Attachment,
});

export const withdrawAttachment = endpoint({
  method: 'POST',
  path: '/api/attachments/:attachmentId/withdraw',
  summary: 'Take a file out of sight, until the conclusion is signed; nothing is deleted',
  params,
  response: z.object({ withdrawn: z.literal(true) }),
});

/** Bytes go by tus 1.0 (HEAD, PATCH, DELETE); the file was announced before. */
export const uploadPath = (id: string): string => `/api/uploads/${id}`;

/** Where a rendition's bytes are. */
export function renditionPath(id: string, role: RenditionRole, page: number): string {
  return `/api/attachments/${id}/files/${role}?page=${page}`;
}
