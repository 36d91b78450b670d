import path from 'node:path';
import { ATTACHMENT_LIMITS } from '@jaqyn/shared/attachments/attachment.contract';
import sharp, { type Metadata, type Sharp } from 'sharp';
import { type MadeRendition, PREVIEW, Refusal, THUMBNAIL } from './checked-file.ts';

// One file at a time in a process that ends after it: caches and threads would only take memory from calls.
sharp.cache(false);
sharp.concurrency(1);

const MEDIA_TYPES = { jpeg: 'image/jpeg', png: 'image/png', webp: 'image/webp' } as const;
type Format = keyof typeof MEDIA_TYPES;

/**
 * Draws a picture anew in its own format, so that only its pixels are left of it: turned upright, without position, names, colour profiles or
 * whatever hung behind it. Throws Refusal.
 */
export async function checkImage(file: string, folder: string): Promise<MadeRendition[]> {
  const format = await readFormat(file);
  const open = () =>
    sharp(file, { limitInputPixels: ATTACHMENT_LIMITS.pixels, failOn: 'error', pages: 1 }).autoOrient();
  try {
    return [
      await write(encode(open(), format), { folder, role: 'full', mediaType: MEDIA_TYPES[format] }),
      await writePreview(open(), { folder, page: 1 }),
      await writeThumbnail(open(), { folder, page: 1 }),
    ];
  } catch (error) {
    throw new Refusal('attachment.damaged', error);
  }
}

export async function writePreview(picture: Sharp, { folder, page }: Place): Promise<MadeRendition> {
  const drawn = onWhite(picture)
    .resize({ ...PREVIEW, fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 75 });
  return write(drawn, { folder, page, role: 'preview', mediaType: 'image/webp' });
}

export async function writeThumbnail(picture: Sharp, { folder, page }: Place): Promise<MadeRendition> {
  const drawn = onWhite(picture)
    .resize({ ...THUMBNAIL, fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 60 });
  return write(drawn, { folder, page, role: 'thumbnail', mediaType: 'image/webp' });
}

interface Place {
  readonly folder: string;
  readonly page: number;
}

export async function write(
  picture: Sharp,
  what: { folder: string; role: MadeRendition['role']; mediaType: string; page?: number },
): Promise<MadeRendition> {
  const { folder, role, mediaType, page = 1 } = what;
  const file = `${role}-${page}`;
  const { width, height } = await picture.toFile(path.join(folder, file));
  return { role, page, mediaType, width, height, file };
}

/** What may be seen through has no background on a screen that is dark. */
function onWhite(picture: Sharp): Sharp {
  return picture.flatten({ background: '#fff' });
}

function encode(picture: Sharp, format: Format): Sharp {
  const drawn = picture.toColourspace('srgb');
  switch (format) {
    // Colour at full resolution: redness at an edge is what a skin specialist looks for.
    case 'jpeg':
      return drawn.jpeg({ quality: 92, chromaSubsampling: '4:4:4' });
    case 'png':
      return drawn.png({ compressionLevel: 7 });
    case 'webp':
      return drawn.webp({ quality: 92, smartSubsample: true });
  }
}

/** By what is in the file, whatever it calls itself. Reads the header only: nothing is decoded yet. */
async function readFormat(file: string): Promise<Format> {
  let metadata: Metadata;
  try {
    metadata = await sharp(file, { limitInputPixels: false }).metadata();
  } catch (error) {
    throw new Refusal('attachment.type_refused', error);
  }
  const { format, width, height, pages = 1 } = metadata;
  if (format === 'heif') throw new Refusal('attachment.heic_refused');
  if (!isTaken(format) || pages > 1) throw new Refusal('attachment.type_refused');
  if (width * height > ATTACHMENT_LIMITS.pixels) throw new Refusal('attachment.too_many_pixels');
  return format;
}

function isTaken(format: string | undefined): format is Format {
  return format !== undefined && Object.hasOwn(MEDIA_TYPES, format);
}
