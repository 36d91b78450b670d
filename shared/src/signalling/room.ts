/** What a room looks like on the wire. */
import * as z from 'zod/mini';
import { MediaId, PeerId, UserId } from '../kernel/ids.ts';
import { Instant } from '../kernel/time.ts';
import { CALL_STEPS, STEP_REASONS } from '../media/call-step.ts';
import { RtpParameters } from '../media/rtp.ts';
import { MediaKind, MediaSource } from '../media/source.ts';
import { MAX_PEERS } from './limits.ts';

/**
 * As what somebody sits in the room. A consult is between `station` and `specialist`; the others were asked in: a further specialist,
 * an interpreter, and an observer, who sends nothing.
 */
export const ROOM_SIDES = ['station', 'specialist', 'consultant', 'interpreter', 'observer'] as const;
export const RoomSide = z.enum(ROOM_SIDES);
export type RoomSide = z.infer<typeof RoomSide>;

/** The two without whom there is no consult. */
export const MAIN_SIDES = ['station', 'specialist'] as const satisfies readonly RoomSide[];
export type MainSide = (typeof MAIN_SIDES)[number];

export function isMainSide(side: RoomSide): side is MainSide {
  return (MAIN_SIDES as readonly RoomSide[]).includes(side);
}

/** Who examines, decides and advises. The other two listen, and one of them speaks for others. */
export function isClinicalSide(side: RoomSide): boolean {
  return isMainSide(side) || side === 'consultant';
}

/** What somebody sends of a picture; `why` no more, null for the best. */
export const SentStep = z.object({ step: z.enum(CALL_STEPS), why: z.nullable(z.enum(STEP_REASONS)) });
export type SentStep = z.infer<typeof SentStep>;

/** Somebody else in the room. */
export const RoomPeer = z.object({
  peerId: PeerId,
  userId: UserId,
  displayName: z.string(),
  side: RoomSide,
  /** False while their signalling is away; their media may still flow. */
  isReachable: z.boolean(),
  /** Null while they have not said. */
  step: z.nullable(SentStep),
});
export type RoomPeer = z.infer<typeof RoomPeer>;

/** A track of another peer, on its way to this one. */
export const RoomConsumer = z.object({
  consumerId: MediaId,
  peerId: PeerId,
  producerId: MediaId,
  kind: MediaKind,
  source: MediaSource,
  rtpParameters: RtpParameters,
  /** The sender has muted it. */
  isPaused: z.boolean(),
  /** False until the receiver has said `consumer:resume`; nothing is sent before. */
  isFlowing: z.boolean(),
  /** A picture that the server does not send here now: somebody else's goes before it on this link. */
  isHeld: z.boolean(),
});
export type RoomConsumer = z.infer<typeof RoomConsumer>;

/** A curtain that is drawn: nobody sees the patient, and nobody hears them where `hidesSound`. */
export const Curtain = z.object({
  hidesSound: z.boolean(),
  /** Who drew it, and when. */
  by: z.string(),
  at: Instant,
});
export type Curtain = z.infer<typeof Curtain>;

/** Everything in the room but oneself. */
export const RoomContent = z.object({
  /** Null: it is open. */
  curtain: z.nullable(Curtain),
  peers: z.array(RoomPeer).check(z.maxLength(MAX_PEERS)),
  consumers: z.array(RoomConsumer).check(z.maxLength(64)),
  /** Who speaks, among three or more; null while nobody can tell. */
  speaker: z.nullable(PeerId),
});
export type RoomContent = z.infer<typeof RoomContent>;

/** Why a peer is no longer in the room. */
export const PEER_CLOSE_REASONS = ['left', 'replaced', 'lost', 'session_ended', 'access_ended', 'room_closed'] as const;
export const PeerCloseReason = z.enum(PEER_CLOSE_REASONS);
export type PeerCloseReason = z.infer<typeof PeerCloseReason>;

const measure = (max: number) => z.number().check(z.minimum(0), z.maximum(max));

/** What a receiver sees of the way from a sender; see shared/src/media/link-witness.ts. Times in ms. */
export const WayReport = z.object({
  queueMs: measure(600_000),
  jitterMs: measure(600_000),
  lostPercent: measure(100),
  burstMs: measure(600_000),
  /** Everything that arrived at the receiver lately, bit/s with headers. */
  receivedBps: measure(10_000_000_000),
  /** Between the receiver and the server. */
  rttMs: measure(600_000),
  /** Modulo 2¹⁶, by who sees it: what was overtaken is known for old. */
  sequence: z.optional(z.number().check(z.int(), z.minimum(0), z.maximum(0xffff))),
});
export type WayReport = z.infer<typeof WayReport>;
