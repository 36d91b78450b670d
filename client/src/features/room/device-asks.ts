import { MEDIA_PROFILES } from '@jaqyn/shared/media/media-profile';
import { ProblemError } from '../../lib/problem-error.ts';

export type DeviceSource = 'microphone' | 'camera';

const { width, height, fps } = MEDIA_PROFILES.fitted.camera;
/** Echo cancellation and noise suppression stay on: laptops on a desk, without headphones. */
const CONSTRAINTS = {
  microphone: { echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: { ideal: 1 } },
  camera: { width: { ideal: width }, height: { ideal: height }, frameRate: { ideal: fps, max: 30 } },
} as const;

/** What the browser is asked for; without an id any device of the kind will do. */
export function askFor(source: DeviceSource, deviceId?: string): MediaStreamConstraints {
  const constraints = {
    ...CONSTRAINTS[source],
    ...(deviceId !== undefined && { deviceId: { exact: deviceId } }),
  };
  return source === 'microphone' ? { audio: constraints } : { video: constraints };
}

/** What the browser answered, as ours. */
export function deviceProblem(error: unknown): ProblemError {
  switch ((error as DOMException).name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return ProblemError.local('device.refused', error);
    case 'NotFoundError':
    case 'OverconstrainedError':
      return ProblemError.local('device.missing', error);
    default:
      return ProblemError.local('device.busy', error);
  }
}
