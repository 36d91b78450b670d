import type { RequestId, UserId } from '../kernel/ids.ts';

/**
 * The room in which somebody tries the call with nobody but themselves: what they send comes back to them. It belongs to no
 * consultation and to nobody else, so its id is their own.
 */
export function practiceRoomOf(userId: UserId): RequestId {
  return userId as string as RequestId;
}
