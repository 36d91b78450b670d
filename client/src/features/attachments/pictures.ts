/** What is done to pictures before they are sent. The original goes as it is, unless the person asks for the smaller one. */
const QUICK_LOOK: Shrinking = { side: 1024, quality: 0.7, type: 'image/jpeg' };
const SMALLER: Shrinking = { side: 1600, quality: 0.85, type: 'image/jpeg' };
/** Beside a call every second counts: a third of the bytes for the same look, where the browser can write it. */
const STILL_VIEW: Shrinking = { side: 1024, quality: 0.6, type: 'image/webp' };

interface Shrinking {
  readonly side: number;
  readonly quality: number;
  readonly type: 'image/jpeg' | 'image/webp';
}

/** Seconds above which a small copy goes ahead, so that the other side need not wait for the whole. */
const WORTH_SECONDS = 10;
const UNKNOWN_RATE = 64 * 1024;

export function needsQuickLook(file: Blob, rate: number | undefined): boolean {
  return file.type.startsWith('image/') && file.size / (rate ?? UNKNOWN_RATE) > WORTH_SECONDS;
}

/** Undefined where this browser cannot read the picture, or it is small already. */
export const makeQuickLook = (file: Blob) => shrink(file, QUICK_LOOK);
export const makeSmaller = (file: Blob) => shrink(file, SMALLER);
export const makeStillView = async (file: Blob) => (await shrink(file, STILL_VIEW)) ?? makeQuickLook(file);

async function shrink(file: Blob, { side, quality, type }: Shrinking): Promise<Blob | undefined> {
  if (!file.type.startsWith('image/')) return undefined;
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' });
  } catch {
    return undefined;
  }
  const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const context = canvas.getContext('2d');
  if (!context) return undefined;
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  const made = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, type, quality));
  // What a browser cannot write it writes as PNG.
  return made !== null && made.type === type && made.size < file.size ? made : undefined;
}

/** A rectangle of a picture, in shares of its width and height, 0 to 1. */
export interface Region {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The marked place at the picture's full resolution. Undefined where this browser cannot read the picture. */
export async function cropOf(photo: Blob, region: Region): Promise<Blob | undefined> {
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(photo, { imageOrientation: 'from-image' });
  } catch {
    return undefined;
  }
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(bitmap.width * region.width));
  canvas.height = Math.max(1, Math.round(bitmap.height * region.height));
  canvas.getContext('2d')?.drawImage(bitmap, -region.x * bitmap.width, -region.y * bitmap.height);
  bitmap.close();
  return (await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.92))) ?? undefined;
}
