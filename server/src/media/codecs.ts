import { createHash } from 'node:crypto';
import type { MediaProfile, MediaProfileName } from '@jaqyn/shared/media/media-profile';
import { RED_PAYLOAD_TYPE } from '@jaqyn/shared/media/red';
import { RtpCapabilities } from '@jaqyn/shared/media/rtp';
import { generateRouterRtpCapabilities } from 'mediasoup/ortc';
import type { RouterRtpCodecCapability } from 'mediasoup/types';

/**
 * VP8 is the video codec that every browser both sends and receives, without licences and without hardware; newer ones join it
 * when the thin-link room chooses between them. In-band FEC on: loss is the rule here. Opus is number 63 because that is what browsers
 * call RED: where a room's voice is redundant, receivers are told so, and the media server forwards it unread.
 */
export const MEDIA_CODECS: RouterRtpCodecCapability[] = [
  {
    kind: 'audio',
    mimeType: 'audio/opus',
    clockRate: 48_000,
    channels: 2,
    preferredPayloadType: RED_PAYLOAD_TYPE,
    parameters: { minptime: 10, useinbandfec: 1 },
  },
  { kind: 'video', mimeType: 'video/VP8', clockRate: 90_000 },
];

const ABS_CAPTURE_TIME = /abs-capture-time/;
const BANDWIDTH_PROBING = /transport-wide-cc|abs-send-time/;

export interface MediaCapabilities {
  /** Changes when anything in it, or in the profile, does. */
  readonly version: string;
  readonly rtpCapabilities: RtpCapabilities;
  readonly profile: MediaProfileName;
}

/**
 * The router's capabilities as clients get them, without two things that do harm:
 * - abs-capture-time: with it negotiated and no packet carrying it, the worker never switches simulcast layers;
 * - transport-wide sequence numbers on audio: Chromium would pad the audio with probes (14 % more bytes at Opus 24k).
 */
export function clientCapabilities(profile: MediaProfile): MediaCapabilities {
  const { codecs = [], headerExtensions = [] } = generateRouterRtpCapabilities(MEDIA_CODECS);
  const rtpCapabilities = RtpCapabilities.parse({
    codecs: codecs.map((codec) =>
      codec.kind === 'audio' && !profile.voice.hasProbing
        ? { ...codec, rtcpFeedback: codec.rtcpFeedback?.filter(({ type }) => type !== 'transport-cc') }
        : codec,
    ),
    headerExtensions: headerExtensions.filter(
      ({ kind, uri }) =>
        !ABS_CAPTURE_TIME.test(uri) && (profile.voice.hasProbing || !(kind === 'audio' && BANDWIDTH_PROBING.test(uri))),
    ),
  });
  const version = createHash('sha256')
    .update(JSON.stringify([profile, rtpCapabilities]))
    .digest('hex')
    .slice(0, 16);
  return { version, rtpCapabilities, profile: profile.name };
}
