import type { RequestId, UserId } from '@jaqyn/shared/kernel/ids';
import type { Curtain, MainSide, PeerCloseReason, RoomSide } from '@jaqyn/shared/signalling/room';
import type { Actor } from '../../kernel/actor.ts';

/** What rooms ask the consultations. */
export interface RoomAccess {
  /**
   * As what this actor may sit in the room of this consultation now. Throws `consultation.not_found` for a foreign and for a missing
   * one alike, and for one whose state has no room; `participant.consent_missing` for an interpreter or observer whom the patient has not agreed to.
   */
  authorizeRoom(actor: Actor, requestId: RequestId): Promise<{ side: RoomSide }>;
}

export interface RoomParticipant {
  readonly requestId: RequestId;
  readonly userId: UserId;
  readonly side: RoomSide;
}

/**
 * What rooms tell the consultations, synchronously and in order. A participant is a person: a reload, a second tab, a move to
 * another media worker or a socket that blinks is neither a leaving nor a coming.
 */
export interface RoomEvents {
  participantJoined(participant: RoomParticipant): void;
  participantLeft(participant: RoomParticipant, reason: PeerCloseReason): void;
  /** Which of the two sides of the consult are in the room, each time that changes; whoever else is there makes no consult. */
  sidesChanged(requestId: RequestId, sides: readonly MainSide[]): void;
}

/** The curtain of a consultation, kept where the record is: it outlives sockets, pages and the server. */
export interface CurtainKeeper {
  /** As it is now; null: open. */
  findCurtain(requestId: RequestId): Promise<Curtain | null>;
  /** Writes who did it and when. Setting it to what it is changes nothing. Throws `consultation.not_found`. */
  setCurtain(
    actor: Actor,
    requestId: RequestId,
    wanted: { readonly isDrawn: boolean; readonly hidesSound: boolean },
  ): Promise<Curtain | null>;
}
