/** A still at the full resolution of a camera's sensor, whatever size the call makes of it. */
interface PhotoTaker {
  takePhoto(settings?: { imageWidth?: number; imageHeight?: number }): Promise<Blob>;
  getPhotoCapabilities(): Promise<{
    imageWidth?: { max: number };
    imageHeight?: { max: number };
  }>;
}
declare const ImageCapture: (new (track: MediaStreamTrack) => PhotoTaker) | undefined;

/** A camera that does not answer is asked no longer. */
const ANSWER_MS = 6000;
const QUALITY = 0.95;

/**
 * By the camera's own still mode where that gives more than the running picture; else its picture with the size turned up for a
 * moment. Undefined where the track gives no picture at all. The track goes on as it was.
 */
export async function takePhoto(track: MediaStreamTrack): Promise<Blob | undefined> {
  const most = mostPixels(track);
  const photo = await takeStill(track);
  if (photo !== undefined && (await pixelsOf(photo)) >= most) return photo;
  const frame = await takeFrame(track, true);
  if (photo === undefined) return frame ?? (await takeFrame(track, false));
  return frame !== undefined && (await pixelsOf(frame)) > (await pixelsOf(photo)) ? frame : photo;
}

async function takeStill(track: MediaStreamTrack): Promise<Blob | undefined> {
  if (typeof ImageCapture === 'undefined') return undefined;
  try {
    const camera = new ImageCapture(track);
    const { imageWidth, imageHeight } = await within(camera.getPhotoCapabilities());
    const size = {
      ...(imageWidth !== undefined && { imageWidth: imageWidth.max }),
      ...(imageHeight !== undefined && { imageHeight: imageHeight.max }),
    };
    return await within(camera.takePhoto(size));
  } catch {
    // Many webcams have no still mode: their picture is taken instead.
    return undefined;
  }
}

/** The next whole picture, of a copy of the track with a size of its own: what is sent in the call keeps its own. */
async function takeFrame(track: MediaStreamTrack, isLargest: boolean): Promise<Blob | undefined> {
  const copy = track.clone();
  try {
    if (isLargest) {
      const { width, height } = capabilitiesOf(copy);
      await within(copy.applyConstraints({ width: { ideal: width }, height: { ideal: height } }));
    }
    const canvas = await drawFrame(copy);
    return (await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', QUALITY))) ?? undefined;
  } catch {
    return undefined;
  } finally {
    copy.stop();
  }
}

/** What the track shows now. Throws when it shows nothing. */
export async function drawFrame(track: MediaStreamTrack): Promise<HTMLCanvasElement> {
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  video.srcObject = new MediaStream([track]);
  try {
    await within(video.play());
    const canvas = document.createElement('canvas');
    canvas.width = video.videoWidth;
    canvas.height = video.videoHeight;
    canvas.getContext('2d')?.drawImage(video, 0, 0);
    return canvas;
  } finally {
    video.srcObject = null;
  }
}

function capabilitiesOf(track: MediaStreamTrack): { width: number; height: number } {
  // Firefox does not say.
  const { width, height } = 'getCapabilities' in track ? track.getCapabilities() : {};
  const now = track.getSettings();
  return { width: width?.max ?? now.width ?? 4096, height: height?.max ?? now.height ?? 3072 };
}

function mostPixels(track: MediaStreamTrack): number {
  const { width, height } = capabilitiesOf(track);
  return width * height;
}

async function pixelsOf(photo: Blob): Promise<number> {
  const bitmap = await createImageBitmap(photo);
  const pixels = bitmap.width * bitmap.height;
  bitmap.close();
  return pixels;
}

function within<T>(work: Promise<T>): Promise<T> {
  const late = new Promise<never>((_, reject) =>
    setTimeout(() => reject(new Error('the camera does not answer')), ANSWER_MS),
  );
  return Promise.race([work, late]);
}
