import type { MediaProfile } from '@jaqyn/shared/media/media-profile';
import type { MediaSource } from '@jaqyn/shared/media/source';
import type { types } from 'mediasoup-client';
import type { VoiceDevice } from './room-client-device.ts';
import type { SendGovernor } from './room-client-governor.ts';

/** What a sender is told by the one that fits it to the link. */
export type Governor = Pick<SendGovernor, 'voice' | 'isTalking' | 'picture' | 'examination' | 'stethoscope'>;

/** Of a stethoscope where nobody fits it. */
const STETHOSCOPE_BPS = 64_000;

/** The smallest picture, until there is somebody to see it. */
const FIRST_PICTURE_BPS = 25_000;

/** What mediasoup-client wants to hear of a track of this kind under these settings. */
export function settingsOf(
  source: MediaSource,
  { voice, camera, estimate }: MediaProfile,
  device: VoiceDevice,
  governor: Governor | undefined,
): Pick<types.ProducerOptions, 'codecOptions' | 'encodings'> {
  if (source === 'microphone') {
    return {
      codecOptions: {
        // Copies do its work, and better.
        opusFec: voice.hasFec && !device.description.isRedundant,
        opusDtx: voice.hasDtx,
        opusStereo: voice.isStereo,
        ...(voice.opusBps !== undefined && { opusMaxAverageBitrate: voice.opusBps }),
        ...(voice.ptimeMs !== undefined && { opusPtime: voice.ptimeMs }),
      },
      ...(governor !== undefined && { encodings: [{ maxBitrate: governor.voice.opusBps }] }),
    };
  }
  if (source === 'stethoscope') {
    const opusMaxAverageBitrate = STETHOSCOPE_BPS;
    const ptime = voice.ptimeMs === undefined ? {} : { opusPtime: voice.ptimeMs };
    return {
      // Sound as it is: no silence is left out of it.
      codecOptions: { opusFec: false, opusDtx: false, opusStereo: false, opusMaxAverageBitrate, ...ptime },
      encodings: [{ maxBitrate: governor?.stethoscope?.opusBps ?? opusMaxAverageBitrate }],
    };
  }
  const fitted = source === 'camera' ? governor?.picture : governor?.examination;
  return {
    codecOptions: { videoGoogleStartBitrate: Math.round(estimate.senderInitialBps / 1000) },
    encodings: camera.layers.map(({ maxBps, divideBy }) => ({
      // The browser probes the link up to it: a sender that fits itself begins low.
      maxBitrate: source !== 'screen' && governor !== undefined ? (fitted?.maxBps ?? FIRST_PICTURE_BPS) : maxBps,
      ...(divideBy !== 1 && { scaleResolutionDownBy: divideBy }),
    })),
  };
}
