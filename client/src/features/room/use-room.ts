import { listMessages } from '@jaqyn/shared/consultations/consultation.contract';
import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { call } from '../../lib/api-client.ts';
import { useCurrentUser } from '../../lib/session.ts';
import { signalling } from '../../lib/signalling.ts';
import { createStore, useStore } from '../../lib/store.ts';
import { createChatOutbox } from './chat-outbox.ts';
import { browserMemory } from './device-memory.ts';
import { RoomClient } from './room-client.ts';
import { INITIAL_ROOM_STATE, type RoomState } from './room-state.ts';

/**
 * Being in the room of a consultation for as long as the component is on the screen and `isWanted`. `room` is null before the
 * first effect; call its methods from event handlers. `rejoin` begins anew where the room was left or refused.
 */
export function useRoom(
  requestId: RequestId,
  { isWanted = true }: { readonly isWanted?: boolean } = {},
): { readonly state: RoomState; readonly room: RoomClient | null; readonly rejoin: () => void } {
  const { id: owner, role } = useCurrentUser();
  const hasPatient = role === 'feldsher';
  const [current] = useState(() => createStore<RoomClient | null>(null));

  const enter = useCallback(() => {
    current.get()?.close();
    const room = createRoom(requestId, owner, hasPatient);
    room.start();
    current.set(room);
  }, [current, owner, requestId, hasPatient]);

  useEffect(() => {
    if (!isWanted) return;
    enter();
    return () => {
      current.get()?.close();
      current.set(null);
    };
  }, [current, enter, isWanted]);

  const room = useStore(current);
  const state = useSyncExternalStore(room?.subscribe ?? subscribeToNothing, room?.getState ?? getInitialState);
  return { state, room, rejoin: enter };
}

function createRoom(requestId: RequestId, owner: string, hasPatient: boolean): RoomClient {
  return RoomClient.create({
    requestId,
    hasPatient,
    signalling,
    outbox: createChatOutbox(owner, requestId),
    // Missing on an insecure page, whatever the types say.
    mediaDevices: navigator.mediaDevices,
    memory: browserMemory,
    loadMessages: async (afterSeq) => {
      const { messages } = await call(listMessages, { params: { requestId }, query: { afterSeq } });
      return messages;
    },
  });
}

function subscribeToNothing(): () => void {
  return () => undefined;
}

function getInitialState(): RoomState {
  return INITIAL_ROOM_STATE;
}
