import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { useEffect, useState } from 'react';
import { onSessionChange, sessionState, useCurrentUser } from '../../lib/session.ts';
import { linkState, onLinkChange } from '../../lib/socket.ts';
import { createStore, useStore } from '../../lib/store.ts';
import { findConclusion } from './api/get-conclusion.ts';
import { saveConclusion } from './api/save-conclusion.ts';
import { type AutosaveState, ConclusionAutosave } from './conclusion-autosave.ts';
import { createTextKeeper } from './text-keeper.ts';

const LOADING = createStore<AutosaveState>({ kind: 'loading' });

/** The conclusion under one's hands, saved by itself; null until the first render is over. */
export function useConclusionAutosave(requestId: RequestId) {
  const owner = useCurrentUser().id;
  const [autosave, setAutosave] = useState<ConclusionAutosave | null>(null);

  useEffect(() => {
    // Other windows of this browser follow at once instead of meeting at the next save.
    const windows = new BroadcastChannel(`jaqyn.conclusion.${requestId}`);
    const created = ConclusionAutosave.create({
      port: {
        load: () => findConclusion(requestId),
        save: (baseVersion, content) => saveConclusion(requestId, baseVersion, content),
      },
      keeper: createTextKeeper(owner, requestId),
      onSaved: (version) => windows.postMessage(version),
    });
    const refresh = () => void created.refresh();
    const keepNow = () => created.keepNow();
    windows.addEventListener('message', refresh);
    const offLink = onLinkChange(() => linkState().kind === 'connected' && refresh());
    const offSession = onSessionChange(() => {
      if (sessionState().kind === 'signed_in') refresh();
      // The drafts of this device are wiped at sign-out; what is still on the screen must not be written after that.
      else if (sessionState().kind === 'signed_out') created.abandon();
    });
    addEventListener('pagehide', keepNow);
    document.addEventListener('visibilitychange', keepNow);
    void created.open();
    // The effect that ends the live object makes it; there is no earlier moment to show it.
    // oxlint-disable-next-line react/set-state-in-effect
    setAutosave(created);
    return () => {
      offLink();
      offSession();
      removeEventListener('pagehide', keepNow);
      document.removeEventListener('visibilitychange', keepNow);
      created.close();
      windows.close();
    };
  }, [owner, requestId]);

  const state = useStore(autosave?.state ?? LOADING);
  return { autosave, state };
}
