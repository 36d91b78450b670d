/** What a screen needs to know of a room. Plain data and pure rules; nothing here knows mediasoup, sockets or React. */
import type { ChatMessage } from '@jaqyn/shared/consultations/consultation.contract';
import type { MessageId, PeerId, UserId } from '@jaqyn/shared/kernel/ids';
import type { Instant } from '@jaqyn/shared/kernel/time';
import type { CallStep, StepState } from '@jaqyn/shared/media/call-step';
import type { WayOut } from '@jaqyn/shared/media/way-out';
import type { PeerCloseReason, RoomPeer, RoomSide } from '@jaqyn/shared/signalling/room';
import type { ProblemError } from '../../lib/problem-error.ts';
import type { DeviceNews } from './device-memory.ts';

/** Instants are milliseconds of `performance.now()`, for counting seconds on the screen. */
export type RoomConnection =
  | { readonly kind: 'idle' }
  /** On the way in, for the first time: reaching the server, being let in, connecting media. */
  | { readonly kind: 'joining'; readonly step: 'server' | 'room' | 'media'; readonly since: number }
  /**
   * In the room. `signallingLostSince`: media go on, but for the moment nothing else does; chat waits and is sent later.
   */
  | { readonly kind: 'live'; readonly since: number; readonly signallingLostSince: number | null }
  /** Was in the room and is coming back by itself. `media`: the server is there, packets do not get through. */
  | { readonly kind: 'reconnecting'; readonly step: 'server' | 'room' | 'media'; readonly since: number }
  | { readonly kind: 'left'; readonly reason: 'by_self' | Exclude<PeerCloseReason, 'left' | 'lost'> }
  /** The server said no, and asking again will not help by itself. */
  | { readonly kind: 'failed'; readonly problem: ProblemError };

/** One of this person's own devices. */
export type LocalTrack =
  | { readonly kind: 'off' }
  | { readonly kind: 'starting' }
  | {
      readonly kind: 'on';
      readonly track: MediaStreamTrack;
      readonly deviceId: string;
      readonly label: string;
      readonly isMuted: boolean;
    }
  /** Refused, missing or in use; the call goes on without it, and it is tried again when a device is plugged in. */
  | { readonly kind: 'unavailable'; readonly problem: ProblemError };

/** A track of somebody else. */
export interface RemoteTrack {
  readonly track: MediaStreamTrack;
  /** The sender has switched it off for the moment. */
  readonly isPaused: boolean;
  /** A picture that the server does not send here for the moment: somebody else's goes before it on this link. */
  readonly isHeld: boolean;
}

export interface RemotePeer {
  readonly peerId: PeerId;
  readonly userId: UserId;
  readonly displayName: string;
  readonly side: RoomSide;
  /** False while their signalling is away. */
  readonly isReachable: boolean;
  /** What they send of a picture, and why no more; null while they have not said. */
  readonly step: RoomPeer['step'];
  readonly microphone: RemoteTrack | null;
  readonly camera: RemoteTrack | null;
  readonly screen: RemoteTrack | null;
  /** A second camera, and sound as it is. */
  readonly examination: RemoteTrack | null;
  readonly stethoscope: RemoteTrack | null;
  /** Microphone and camera together, for one video element; the same object as long as its tracks stay the same. */
  readonly stream: MediaStream;
}

export type ChatEntry =
  | { readonly kind: 'sent'; readonly message: ChatMessage }
  /** Not stored yet; kept and sent as soon as the server can be reached. */
  | { readonly kind: 'sending'; readonly id: MessageId; readonly text: string }
  /** The server said no. */
  | { readonly kind: 'failed'; readonly id: MessageId; readonly text: string; readonly problem: ProblemError };

export interface RoomState {
  readonly connection: RoomConnection;
  readonly peers: readonly RemotePeer[];
  /** Who speaks, among three or more; null while nobody can tell. */
  readonly speaker: PeerId | null;
  readonly microphone: LocalTrack;
  readonly camera: LocalTrack;
  /** What became of a device without anybody having asked; the newest. */
  readonly deviceNews: DeviceNews | undefined;
  /** How sound and picture get out of here; null while they do not. */
  readonly way: WayOut | null;
  readonly messages: readonly ChatEntry[];
  /** No picture either way, so that all of a thin link is the voice's. */
  readonly isVoiceOnly: boolean;
  /** The best step of the picture that the person allows; undefined: whatever fits. */
  readonly hold: CallStep | undefined;
  /** What is sent of a picture from here, and why no more; undefined where this browser cannot tell. */
  readonly step: Pick<StepState, 'step' | 'why'> | undefined;
  /** Drawn: nobody sees the patient. Null: open. */
  readonly curtain: ShownCurtain | null;
  /** Bit/s at which a stethoscope is heard; undefined: off, or the link carries none. */
  readonly stethoscopeBps: number | undefined;
}

/** A curtain as it is shown. `isTold`: false while the server, and with it the other side, does not know of it yet. */
export interface ShownCurtain {
  readonly hidesSound: boolean;
  readonly by: string | null;
  readonly at: Instant | null;
  readonly isTold: boolean;
}

export const INITIAL_ROOM_STATE: RoomState = {
  connection: { kind: 'idle' },
  peers: [],
  speaker: null,
  microphone: { kind: 'off' },
  camera: { kind: 'off' },
  deviceNews: undefined,
  way: null,
  messages: [],
  isVoiceOnly: false,
  hold: undefined,
  step: undefined,
  curtain: null,
  stethoscopeBps: undefined,
};

/** How a session's transports are: nothing to carry yet, on the way, all well, or at least one without packets. */
export type MediaHealth = 'idle' | 'connecting' | 'connected' | 'broken';

/** What is known at a moment; {@link deriveConnection} makes of it what the screen says. */
export interface ConnectionFacts {
  /** What ended it, when it is over. */
  readonly end: Extract<RoomConnection, { kind: 'left' | 'failed' }> | undefined;
  readonly isStarted: boolean;
  readonly isServerReached: boolean;
  /** Undefined: not let in at the moment. */
  readonly media: MediaHealth | undefined;
}

/** The state that follows from the one before and from what is known now; the same object when nothing changed. */
export function deriveConnection(before: RoomConnection, facts: ConnectionFacts, now: number): RoomConnection {
  const next = connectionOf(before, facts, now);
  return isSame(before, next) ? before : next;
}

function connectionOf(before: RoomConnection, facts: ConnectionFacts, now: number): RoomConnection {
  const { end, isStarted, isServerReached, media } = facts;
  if (end !== undefined) return end;
  if (!isStarted) return { kind: 'idle' };
  const step = !isServerReached ? 'server' : media === undefined ? 'room' : 'media';

  if (before.kind === 'live' || before.kind === 'reconnecting') {
    // Media that have yet to begin (the first track of a peer who has just come) do not make a live call a lost one.
    if (media === 'connected' || media === 'idle' || (media === 'connecting' && before.kind === 'live')) {
      return {
        kind: 'live',
        since: startOf(before, 'live', now),
        signallingLostSince: signallingLost(before, facts, now),
      };
    }
    return { kind: 'reconnecting', step, since: startOf(before, 'reconnecting', lostSince(before) ?? now) };
  }
  if (media === 'connected' || media === 'idle') {
    return { kind: 'live', since: now, signallingLostSince: signallingLost(before, facts, now) };
  }
  return { kind: 'joining', step, since: startOf(before, 'joining', now) };
}

function startOf(before: RoomConnection, kind: 'joining' | 'live' | 'reconnecting', otherwise: number): number {
  return before.kind === kind ? before.since : otherwise;
}

function lostSince(before: RoomConnection): number | undefined {
  return before.kind === 'live' ? (before.signallingLostSince ?? undefined) : undefined;
}

function signallingLost(before: RoomConnection, facts: ConnectionFacts, now: number): number | null {
  if (facts.isServerReached) return null;
  return lostSince(before) ?? now;
}

function isSame(a: RoomConnection, b: RoomConnection): boolean {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]) as Set<keyof RoomConnection>;
  return [...keys].every((key) => a[key] === b[key]);
}

/** The line of one of the two sides carries no voice any more: what is left is writing. */
export function isTooThinToTalk({ step, peers }: Pick<RoomState, 'step' | 'peers'>): boolean {
  return step?.why === 'too_thin' || peers.some((peer) => isTalkedTo(peer) && peer.step?.why === 'too_thin');
}

/** Without whom there is no consult; an interpreter with a thin line is listened to by others. */
function isTalkedTo({ side }: RemotePeer): boolean {
  return side === 'station' || side === 'specialist';
}
