import { MEDIA_PROFILES } from '@jaqyn/shared/media/media-profile';
import type { ProblemError } from '../../lib/problem-error.ts';
import { askFor, type DeviceSource, deviceProblem } from './device-asks.ts';

/** One of this computer's devices, or why it is not to be had. */
export type TriedDevice =
  | { readonly track: MediaStreamTrack; readonly problem?: undefined }
  | { readonly track?: undefined; readonly problem: ProblemError };

const { width, height, fps } = MEDIA_PROFILES.fitted.camera;
/** Both in one question to the person; then one by one, to learn which of them is not to be had and why. */
export async function tryDevices(devices: MediaDevices | undefined): Promise<Record<DeviceSource, TriedDevice>> {
  try {
    const stream = await devices?.getUserMedia({ ...askFor('microphone'), ...askFor('camera') });
    const [microphone, camera] = [stream?.getAudioTracks()[0], stream?.getVideoTracks()[0]];
    if (microphone !== undefined && camera !== undefined)
      return { microphone: { track: microphone }, camera: { track: camera } };
  } catch {
    // Which one it was is asked below.
  }
  const [microphone, camera] = await Promise.all([tryOne(devices, 'microphone'), tryOne(devices, 'camera')]);
  return { microphone, camera };
}

async function tryOne(devices: MediaDevices | undefined, source: DeviceSource): Promise<TriedDevice> {
  try {
    if (devices === undefined) throw new DOMException('no devices on an insecure page', 'SecurityError');
    const [track] = (await devices.getUserMedia(askFor(source))).getTracks();
    if (track === undefined) throw new DOMException('no track', 'NotFoundError');
    return { track };
  } catch (error) {
    return { problem: deviceProblem(error) };
  }
}

/** In place of a device that is not there: the link can be tried all the same. */
export interface StandIn {
  readonly track: MediaStreamTrack;
  stop(): void;
}

/** A hum that nobody hears: it is only counted. */
export function createHum(): StandIn | undefined {
  try {
    const audio = new AudioContext({ latencyHint: 'playback' });
    const tone = audio.createOscillator();
    tone.frequency.value = 220;
    const out = audio.createMediaStreamDestination();
    tone.connect(out);
    tone.start();
    const [track] = out.stream.getAudioTracks();
    return track && { track, stop: () => void audio.close() };
  } catch {
    return undefined;
  }
}

/** A bar that wanders: as much to encode as a face that moves a little. */
export function createMovingPicture(): StandIn | undefined {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const pen = canvas.getContext('2d');
  if (pen === null || typeof canvas.captureStream !== 'function') return undefined;
  const draw = () => {
    const at = (performance.now() / 20) % width;
    pen.fillStyle = '#52636e';
    pen.fillRect(0, 0, width, height);
    pen.fillStyle = '#e6f3eb';
    pen.fillRect(at, 0, width / 8, height);
  };
  draw();
  const timer = setInterval(draw, 1000 / fps);
  const [track] = canvas.captureStream(fps).getVideoTracks();
  return track && { track, stop: () => clearInterval(timer) };
}
