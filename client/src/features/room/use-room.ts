import { listMessages } from '@jaqyn/shared/consultations/consultation.contract';
import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { call } from '../../lib/api-client.ts';
import { signalling } from '../../lib/signalling.ts';
import { RoomClient } from './room-client.ts';
import { INITIAL_ROOM_STATE, type RoomState } from './room-state.ts';

/**
 * Being in the room of a consultation for as long as the component is on the screen and `isWanted`. `room` is null before the
 * first effect; call its methods from event handlers.
 */
export function useRoom(
  requestId: RequestId,
  { isWanted = true }: { readonly isWanted?: boolean } = {},
): { readonly state: RoomState; readonly room: RoomClient | null } {
  const [room, setRoom] = useState<RoomClient | null>(null);

  useEffect(() => {
    if (!isWanted) return;
    const created = RoomClient.create({
      requestId,
      signalling,
      mediaDevices: navigator.mediaDevices as MediaDevices | undefined,
      loadMessages: async (afterSeq) => {
        const { messages } = await call(listMessages, { params: { requestId }, query: { afterSeq } });
        return messages;
      },
    });
    created.start();
    setRoom(created);
    return () => {
      setRoom(null);
      created.close();
    };
  }, [requestId, isWanted]);

  const state = useSyncExternalStore(room?.subscribe ?? subscribeToNothing, room?.getState ?? getInitialState);
  return { state, room };
}

function subscribeToNothing(): () => void {
  return () => undefined;
}

function getInitialState(): RoomState {
  return INITIAL_ROOM_STATE;
}
