import { RoomClient } from '../../features/room/room-client.ts';
import { signalling } from '../../lib/signalling.ts';

/** Asks what this server carries while nothing else happens: a call begins with the join then. Never throws. */
export function learnServer(): void {
  RoomClient.learn(signalling);
}
