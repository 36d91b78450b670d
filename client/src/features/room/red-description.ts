/**
 * Session descriptions for redundant sound. The media server knows Opus only, under payload type 63, and forwards what is in it
 * unread; the browser is told that 63 is RED and that Opus is inside. Pure.
 */
import { OPUS_PAYLOAD_TYPE as OPUS, RED_PAYLOAD_TYPE as RED } from '@jaqyn/shared/media/red';

/** The offer of a receiving transport: what comes as 63 is RED around Opus. */
export function toRedOffer(sdp: string): string {
  return mapAudio(sdp, (section) => {
    if (!new RegExp(`^a=rtpmap:${RED} opus/48000/2`, 'm').test(section)) return section;
    const settings = new RegExp(`^a=fmtp:${RED} (.*)$`, 'm').exec(section)?.[1]?.trim() ?? 'minptime=10';
    return section
      .replace(new RegExp(`^(m=audio \\S+ \\S+) ${RED}\\b`, 'm'), `$1 ${RED} ${OPUS}`)
      .replace(new RegExp(`^a=fmtp:${RED} .*\r\n`, 'm'), '')
      .replace(
        new RegExp(`^a=rtpmap:${RED} opus/48000/2`, 'm'),
        `a=rtpmap:${RED} red/48000/2\r\na=fmtp:${RED} ${OPUS}/${OPUS}\r\na=rtpmap:${OPUS} opus/48000/2\r\na=fmtp:${OPUS} ${settings}`,
      );
  });
}

/** The answer to a sending transport in which the browser makes the copies by itself: one, of the packet before. */
export function toNativeRedAnswer(sdp: string): string {
  return mapAudio(sdp, (section) => {
    if (!new RegExp(`^m=audio \\S+ \\S+ ${OPUS}\\b`, 'm').test(section)) return section;
    return section
      .replace(new RegExp(`^(m=audio \\S+ \\S+) ${OPUS}\\b`, 'm'), `$1 ${RED} ${OPUS}`)
      .replace(
        new RegExp(`^(a=rtpmap:${OPUS} )`, 'm'),
        `a=rtpmap:${RED} red/48000/2\r\na=fmtp:${RED} ${OPUS}/${OPUS}\r\n$1`,
      );
  });
}

/** The answer to a sending transport: so many ms of sound a packet. */
export function withPtime(sdp: string, ptimeMs: number): string {
  return mapAudio(sdp, (section) =>
    section
      .replace(/^a=ptime:.*\r\n/gm, '')
      .replace(/^(a=fmtp:\d+ )ptime=\d+;?/gm, '$1')
      .replace(/;ptime=\d+/g, '')
      .replace(/^a=fmtp:\d+ \r\n/gm, '')
      .replace(/^(a=rtpmap:\d+ opus\/48000\/2\r\n)/m, `$1a=ptime:${ptimeMs}\r\n`),
  );
}

function mapAudio(sdp: string, change: (section: string) => string): string {
  return sdp
    .split(/(?=^m=)/m)
    .map((section) => (section.startsWith('m=audio') ? change(section) : section))
    .join('');
}
