import type { RtpCapabilities, RtpParameters } from '@jaqyn/shared/media/rtp';
import type { MediaKind } from '@jaqyn/shared/media/source';
import type { DtlsParameters } from '@jaqyn/shared/media/transport';

/** Under which number a packet says how loud it is. */
export const AUDIO_LEVEL_ID = 10;

let nextSsrc = 0x1000_0000;

/** What a browser would send for one track of this kind, each time with its own SSRC and mid. */
export function rtpParametersOf(kind: MediaKind): RtpParameters {
  nextSsrc += 2;
  const codec =
    kind === 'audio'
      ? { mimeType: 'audio/opus', payloadType: 111, clockRate: 48_000, channels: 2, parameters: { useinbandfec: 1 } }
      : {
          mimeType: 'video/VP8',
          payloadType: 96,
          clockRate: 90_000,
          rtcpFeedback: [{ type: 'nack' }, { type: 'nack', parameter: 'pli' }, { type: 'transport-cc' }],
        };
  return {
    mid: String(nextSsrc % 1000),
    codecs: [codec],
    headerExtensions: [
      { uri: 'urn:ietf:params:rtp-hdrext:sdes:mid', id: 4 },
      ...(kind === 'audio' ? [{ uri: 'urn:ietf:params:rtp-hdrext:ssrc-audio-level', id: AUDIO_LEVEL_ID }] : []),
    ],
    encodings: [{ ssrc: nextSsrc }],
    rtcp: { cname: 'test', reducedSize: true },
  };
}

/** A client that can receive audio only. */
export function audioOnly(capabilities: RtpCapabilities): RtpCapabilities {
  return { ...capabilities, codecs: capabilities.codecs.filter(({ kind }) => kind === 'audio') };
}

/** A well-formed certificate fingerprint; `seed` makes another one. */
export function dtlsParametersOf(seed = 'ab'): DtlsParameters {
  return { role: 'client', fingerprints: [{ algorithm: 'sha-256', value: Array(32).fill(seed).join(':') }] };
}
