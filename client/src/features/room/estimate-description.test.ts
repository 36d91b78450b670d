import { expect, it } from 'vitest';
import { withoutEstimate } from './estimate-description.ts';

const lines = (...all: string[]): string => all.map((line) => `${line}\r\n`).join('');

const AUDIO = lines(
  'v=0',
  'm=audio 7 UDP/TLS/RTP/SAVPF 111',
  'a=extmap:4 http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time',
);
const MID = 'a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid';
const AGAIN = 'a=fmtp:97 apt=96';

it('leaves nothing to estimate a way of pictures by, and does not hold back what the governor allows', () => {
  const before = lines(
    'm=video 7 UDP/TLS/RTP/SAVPF 96 97',
    'a=fmtp:96 x-google-start-bitrate=50',
    AGAIN,
    MID,
    'a=extmap:4 http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time',
    'a=extmap:5 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01',
    'a=extmap:14 urn:ietf:params:rtp-hdrext:toffset',
  );
  const after = lines(
    'm=video 7 UDP/TLS/RTP/SAVPF 96 97',
    'a=fmtp:96 x-google-min-bitrate=900;x-google-start-bitrate=50',
    AGAIN,
    MID,
  );
  expect(withoutEstimate(AUDIO + before + before)).toBe(AUDIO + after + after);
});

it('leaves a description without pictures as it is', () => {
  expect(withoutEstimate(AUDIO)).toBe(AUDIO);
});
