import { RATE } from '@jaqyn/shared/media/send-rate';

/**
 * Session descriptions by which Chromium stops estimating the way that it sends pictures by (docs/decisions/056): without any header that
 * it would estimate by it fills nothing with padding, and what is left of its control never goes below what the governor may ask for. Pure.
 */
export function withoutEstimate(sdp: string): string {
  return sdp
    .split(/(?=^m=)/m)
    .map((section) =>
      section.startsWith('m=video') ? section.replace(OF_ESTIMATE, '').replace(CODEC_SETTINGS, LEAST) : section,
    )
    .join('');
}

const OF_ESTIMATE = /^a=extmap:\d+\S* \S*(?:transport-wide-cc|abs-send-time|toffset).*\r\n/gim;

/** Of the codec; what is sent again has settings of another kind. */
const CODEC_SETTINGS = /^(a=fmtp:\d+ )(?=\S*x-google-start-bitrate)/gim;
const LEAST = `$1x-google-min-bitrate=${RATE.ceilingBps / 1000};`;
