import * as z from 'zod/mini';
import { MediaId } from '../kernel/ids.ts';

const text = (max: number) => z.string().check(z.minLength(1), z.maxLength(max));

export const IceParameters = z.object({
  usernameFragment: text(256),
  password: text(256),
  iceLite: z.optional(z.boolean()),
});
export type IceParameters = z.infer<typeof IceParameters>;

export const IceCandidate = z.object({
  foundation: text(64),
  priority: z.number().check(z.int(), z.minimum(0), z.maximum(0xffff_ffff)),
  /** The same as `address`; older browsers' libraries read this one. */
  ip: text(255),
  address: text(255),
  protocol: z.enum(['udp', 'tcp']),
  port: z.number().check(z.int(), z.minimum(1), z.maximum(65535)),
  type: z.enum(['host', 'srflx', 'prflx', 'relay']),
  tcpType: z.optional(z.enum(['active', 'passive', 'so'])),
});
export type IceCandidate = z.infer<typeof IceCandidate>;

export const DtlsParameters = z.object({
  role: z.optional(z.enum(['auto', 'client', 'server'])),
  fingerprints: z
    .array(
      z.object({
        algorithm: z.enum(['sha-1', 'sha-224', 'sha-256', 'sha-384', 'sha-512']),
        value: z.string().check(z.regex(/^[0-9a-f]{2}(:[0-9a-f]{2}){19,63}$/i)),
      }),
    )
    .check(z.minLength(1), z.maxLength(8)),
});
export type DtlsParameters = z.infer<typeof DtlsParameters>;

/** Of a transport that carries messages beside the media. */
export const SctpParameters = z.object({
  port: z.number().check(z.int(), z.minimum(1), z.maximum(65535)),
  maxSendMessageSize: z.number().check(z.int(), z.minimum(0)),
  maxReceiveMessageSize: z.number().check(z.int(), z.minimum(0)),
});
export type SctpParameters = z.infer<typeof SctpParameters>;

/** Everything a browser needs to connect one direction of media. */
export const TransportParameters = z.object({
  id: MediaId,
  iceParameters: IceParameters,
  iceCandidates: z.array(IceCandidate).check(z.maxLength(32)),
  dtlsParameters: DtlsParameters,
  sctpParameters: z.optional(SctpParameters),
  /** The ones after `iceParameters`. The server takes them already: a lost path is made anew with them, and nobody has to be asked. */
  spareIceParameters: z.optional(IceParameters),
});
export type TransportParameters = z.infer<typeof TransportParameters>;

/** STUN or TURN, in the shape RTCPeerConnection takes. */
export const IceServer = z.object({
  urls: z.array(text(256)).check(z.minLength(1), z.maxLength(8)),
  username: z.optional(text(256)),
  credential: z.optional(text(256)),
});
export type IceServer = z.infer<typeof IceServer>;
