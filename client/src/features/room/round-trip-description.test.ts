import { expect, it } from 'vitest';
import { withRoundTrip } from './round-trip-description.ts';

const lines = (...all: string[]): string => all.map((line) => `${line}\r\n`).join('');

const AUDIO = lines('v=0', 'm=audio 7 UDP/TLS/RTP/SAVPF 63', 'a=rtpmap:63 opus/48000/2');
const DATA = lines('m=application 7 UDP/DTLS/SCTP webrtc-datachannel', 'a=sctp-port:5000');

it('asks for round trips with every codec of pictures, and with nothing else', () => {
  const video = ['m=video 7 UDP/TLS/RTP/SAVPF 101 102', 'a=rtpmap:101 VP8/90000', 'a=rtcp-fb:101 nack'] as const;
  const again = ['a=rtpmap:102 rtx/90000', 'a=fmtp:102 apt=101'] as const;
  expect(withRoundTrip(AUDIO + lines(...video, ...again) + DATA)).toBe(
    AUDIO + lines(video[0], video[1], 'a=rtcp-fb:101 rrtr', video[2], ...again) + DATA,
  );
});

it('leaves a description without pictures as it is', () => {
  expect(withRoundTrip(AUDIO + DATA)).toBe(AUDIO + DATA);
});
