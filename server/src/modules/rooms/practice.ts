import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { practiceRoomOf } from '@jaqyn/shared/signalling/practice';
import type { RoomSide } from '@jaqyn/shared/signalling/room';
import type { Actor } from '../../kernel/actor.ts';
import type { RoomAccess, RoomEvents } from './room-ports.ts';

/** Enough for a check on the worst link; a page that was forgotten does not carry its picture round all day. */
export const PRACTICE_MS = 180_000;

/** Nobody hears of it: it is no part of any consult, its evidence or its record. */
export const NO_EVENTS: RoomEvents = {
  participantJoined: () => undefined,
  participantLeft: () => undefined,
  sidesChanged: () => undefined,
};

/** Of one's own practice room, where nobody has to be asked. */
export function isPracticeOf({ userId }: Actor, requestId: RequestId): boolean {
  return practiceRoomOf(userId) === requestId;
}

/** Lets everybody into their own practice room, and leaves all others to the consultations. */
export function withPractice(access: RoomAccess): RoomAccess {
  return {
    authorizeRoom: async (actor, requestId) =>
      isPracticeOf(actor, requestId) ? { side: sideOf(actor) } : access.authorizeRoom(actor, requestId),
  };
}

function sideOf({ role }: Actor): RoomSide {
  return role === 'specialist' ? 'specialist' : 'station';
}
