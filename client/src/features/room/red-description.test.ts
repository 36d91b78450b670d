import { describe, expect, it } from 'vitest';
import { toNativeRedAnswer, toRedOffer, withPtime } from './red-description.ts';

const lines = (...all: string[]): string => all.map((line) => `${line}\r\n`).join('');

const VIDEO = lines('m=video 7 UDP/TLS/RTP/SAVPF 101 102', 'a=rtpmap:101 VP8/90000', 'a=fmtp:102 apt=101');
const OFFER = lines(
  'v=0',
  'm=audio 7 UDP/TLS/RTP/SAVPF 63',
  'a=mid:0',
  'a=rtpmap:63 opus/48000/2',
  'a=fmtp:63 minptime=10;useinbandfec=1',
);
const ANSWER = lines(
  'v=0',
  'm=audio 7 UDP/TLS/RTP/SAVPF 111',
  'a=rtpmap:111 opus/48000/2',
  'a=fmtp:111 ptime=60;stereo=0;usedtx=0',
);

describe('the description of redundant sound', () => {
  it('tells a receiver that 63 is RED around 111, with the settings of Opus where Opus is', () => {
    expect(toRedOffer(OFFER + VIDEO)).toBe(
      lines(
        'v=0',
        'm=audio 7 UDP/TLS/RTP/SAVPF 63 111',
        'a=mid:0',
        'a=rtpmap:63 red/48000/2',
        'a=fmtp:63 111/111',
        'a=rtpmap:111 opus/48000/2',
        'a=fmtp:111 minptime=10;useinbandfec=1',
      ) + VIDEO,
    );
  });

  it('does so for every person’s sound, and changes nothing else', () => {
    const both = toRedOffer(OFFER + VIDEO + OFFER.replace('v=0\r\n', ''));
    expect(both.match(/red\/48000\/2/g)).toHaveLength(2);
    expect(toRedOffer(VIDEO)).toBe(VIDEO);
    // A second look at the same description.
    expect(toRedOffer(toRedOffer(OFFER))).toBe(toRedOffer(OFFER));
  });

  it('lets a browser that makes its own copies send RED first', () => {
    expect(toNativeRedAnswer(ANSWER + VIDEO)).toBe(
      lines(
        'v=0',
        'm=audio 7 UDP/TLS/RTP/SAVPF 63 111',
        'a=rtpmap:63 red/48000/2',
        'a=fmtp:63 111/111',
        'a=rtpmap:111 opus/48000/2',
        'a=fmtp:111 ptime=60;stereo=0;usedtx=0',
      ) + VIDEO,
    );
  });

  it('says once how much sound a packet holds, and never touches the least of it', () => {
    const changed = withPtime(ANSWER + VIDEO, 20);
    expect(changed).toBe(
      lines(
        'v=0',
        'm=audio 7 UDP/TLS/RTP/SAVPF 111',
        'a=rtpmap:111 opus/48000/2',
        'a=ptime:20',
        'a=fmtp:111 stereo=0;usedtx=0',
      ) + VIDEO,
    );
    expect(withPtime(changed, 60)).toBe(changed.replace('a=ptime:20', 'a=ptime:60'));
    const least = lines(
      'm=audio 7 X 111',
      'a=rtpmap:111 opus/48000/2',
      'a=fmtp:111 minptime=10;useinbandfec=1;ptime=60',
    );
    expect(withPtime(least, 20)).toContain('a=fmtp:111 minptime=10;useinbandfec=1\r\n');
  });
});
