/**
 * What browsers and the media server tell each other about RTP (the ORTC shape that mediasoup uses). Both ends validate
 * the meaning themselves; these schemas bound size and type, so that nothing unexpected reaches them.
 */
import * as z from 'zod/mini';
import { MediaKind } from './source.ts';

const uint = (max: number) => z.number().check(z.int(), z.minimum(0), z.maximum(max));
const text = (max: number) => z.string().check(z.minLength(1), z.maxLength(max));
const list = <S extends z.core.$ZodType>(item: S, max: number) => z.array(item).check(z.maxLength(max));

const PayloadType = uint(127);
const Ssrc = uint(0xffff_ffff);
const MimeType = z.string().check(z.regex(/^(audio|video)\/[\w.+-]{1,32}$/i));

/** fmtp parameters: `{ 'packetization-mode': 1, 'profile-level-id': '42e01f' }`. */
const CodecSettings = z
  .record(text(64), z.union([z.string().check(z.maxLength(256)), z.number(), z.boolean(), z.null()]))
  .check(z.refine((settings) => Object.keys(settings).length <= 32));

const RtcpFeedback = z.object({ type: text(32), parameter: z.optional(z.string().check(z.maxLength(32))) });
const Codec = {
  mimeType: MimeType,
  clockRate: uint(1_000_000),
  channels: z.optional(uint(8)),
  parameters: z.optional(CodecSettings),
  rtcpFeedback: z.optional(list(RtcpFeedback, 16)),
};

/** What an end can receive. */
export const RtpCapabilities = z.object({
  codecs: list(z.object({ kind: MediaKind, preferredPayloadType: PayloadType, ...Codec }), 64),
  headerExtensions: list(
    z.object({
      kind: MediaKind,
      uri: text(256),
      preferredId: uint(255),
      preferredEncrypt: z.optional(z.boolean()),
      direction: z.optional(z.enum(['sendrecv', 'sendonly', 'recvonly', 'inactive'])),
    }),
    64,
  ),
});
export type RtpCapabilities = z.infer<typeof RtpCapabilities>;

/** One encoding of a track; bit rates in bit/s. */
const Encoding = z.object({
  ssrc: z.optional(Ssrc),
  rid: z.optional(z.string().check(z.regex(/^[\w-]{1,16}$/))),
  codecPayloadType: z.optional(PayloadType),
  rtx: z.optional(z.object({ ssrc: Ssrc })),
  dtx: z.optional(z.boolean()),
  scalabilityMode: z.optional(z.string().check(z.regex(/^[LS]\dT\d[\w]{0,12}$/))),
  maxBitrate: z.optional(z.number().check(z.minimum(0), z.maximum(100_000_000))),
});

/** How one track is sent. */
export const RtpParameters = z.object({
  mid: z.optional(text(32)),
  codecs: list(z.object({ payloadType: PayloadType, ...Codec }), 16).check(z.minLength(1)),
  headerExtensions: z.optional(
    list(
      z.object({
        uri: text(256),
        id: uint(255),
        encrypt: z.optional(z.boolean()),
        parameters: z.optional(CodecSettings),
      }),
      32,
    ),
  ),
  encodings: z.optional(list(Encoding, 8)),
  rtcp: z.optional(
    z.object({
      cname: z.optional(z.string().check(z.maxLength(256))),
      reducedSize: z.optional(z.boolean()),
    }),
  ),
  msid: z.optional(z.string().check(z.maxLength(256))),
});
export type RtpParameters = z.infer<typeof RtpParameters>;
