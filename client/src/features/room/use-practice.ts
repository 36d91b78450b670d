import { useEffect, useState, useSyncExternalStore } from 'react';
import { useCurrentUser } from '../../lib/session.ts';
import { signalling } from '../../lib/signalling.ts';
import { createStore, useStore } from '../../lib/store.ts';
import { NO_PRACTICE, PracticeCall, type PracticeState } from './practice-call.ts';

/** One practice call at a time, for as long as the component is on the screen. `begin` starts a new one. */
export function usePractice(): { readonly state: PracticeState; readonly begin: () => void; readonly end: () => void } {
  const { id: userId } = useCurrentUser();
  const [current] = useState(() => createStore<PracticeCall | null>(null));
  const practice = useStore(current);
  const state = useSyncExternalStore(practice?.subscribe ?? subscribeToNothing, practice?.getState ?? getIdle);

  const end = () => {
    current.get()?.close();
    current.set(null);
  };
  useEffect(() => () => current.get()?.close(), [current]);

  return {
    state,
    end,
    begin: () => {
      end();
      // Missing on an insecure page, whatever the types say.
      const next = PracticeCall.create({ userId, signalling, mediaDevices: navigator.mediaDevices });
      current.set(next);
      void next.start();
    },
  };
}

function subscribeToNothing(): () => void {
  return () => undefined;
}

function getIdle(): PracticeState {
  return NO_PRACTICE;
}
