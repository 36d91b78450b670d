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
import type { DeviceSource } from './room-client-devices.ts';
import { INITIAL_ROOM_STATE, type RoomState } from './room-state.ts';

/** Somebody who was asked in. */
export interface GuestRoom {
  /** What is sent from here to begin with; an observer sends nothing. Always the same object. */
  readonly sources: readonly DeviceSource[];
  /** Messages are for those who may read them. */
  readonly canRead: boolean;
}

/**
 * Being in the room of a consultation for as long as the component is on the screen and `isWanted`. `room` is null before the
 * first effect; call its methods from event handlers. `rejoin` begins anew where the room was left or refused.
 */
export function useRoom(
  requestId: RequestId,
  { isWanted = true, guest }: { readonly isWanted?: boolean; readonly guest?: GuestRoom | undefined } = {},
): { readonly state: RoomState; readonly room: RoomClient | null; readonly rejoin: () => void } {
  const { id: owner, role } = useCurrentUser();
  const hasPatient = role === 'feldsher' && guest === undefined;
  const sources = guest?.sources;
  const canRead = guest?.canRead ?? true;
  const [current] = useState(() => createStore<RoomClient | null>(null));

  const enter = useCallback(() => {
    current.get()?.close();
    const room = createRoom(requestId, owner, { hasPatient, canRead });
    room.start(sources === undefined ? {} : { sources });
    current.set(room);
  }, [current, owner, requestId, hasPatient, canRead, sources]);

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

function createRoom(
  requestId: RequestId,
  owner: string,
  { hasPatient, canRead }: { readonly hasPatient: boolean; readonly canRead: boolean },
): RoomClient {
  return RoomClient.create({
    requestId,
    hasPatient,
    signalling,
    outbox: createChatOutbox(owner, requestId),
    // Missing on an insecure page, whatever the types say.
    mediaDevices: navigator.mediaDevices,
    memory: browserMemory,
    loadMessages: async (afterSeq) => {
      if (!canRead) return [];
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
