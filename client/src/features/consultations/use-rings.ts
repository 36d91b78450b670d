import type { Consultation } from '@jaqyn/shared/consultations/consultation.contract';
import type { RequestId } from '@jaqyn/shared/kernel/ids';
import type { NotificationData } from '@jaqyn/shared/signalling/events';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { onSessionChange, sessionState, useCurrentUser } from '../../lib/session.ts';
import { signalling } from '../../lib/signalling.ts';
import { createStore, useStore } from '../../lib/store.ts';
import { useWorklist } from './api/list-worklist.ts';
import { NO_RINGS, nextMoment, noteList, noteStarted, noteStopped, type RingMemory } from './ring-memory.ts';
import { listRinging } from './worklist.ts';

/** `unknown`: the word of it was missed, because the connection was away. */
export interface RingStop {
  readonly requestId: RequestId;
  readonly why: NotificationData<'ring:stopped'>['why'] | 'unknown';
}

/** Outlives the screens: a call that was declined on one must not ring again on the next. */
const memory = createStore<RingMemory>(NO_RINGS);
/** A call that fell silent without this page's doing, told until it is dismissed. */
const missed = createStore<RingStop | null>(null);

onSessionChange(() => {
  if (sessionState().kind === 'signed_out') {
    memory.set(NO_RINGS);
    missed.set(null);
  }
});

/** This page has answered or declined: silent at once, and nothing to tell about it afterwards. */
export function silenceRing(requestId: RequestId): void {
  memory.set(noteStopped(memory.get(), requestId, nextMoment()));
}

export function dismissMissedRing(): void {
  missed.set(null);
}

const NONE: readonly Consultation[] = [];

/** The specialist's open consultations and which of them ring, from the socket and the list together. */
export function useRings() {
  const queryClient = useQueryClient();
  const me = useCurrentUser().practitioner?.id;
  const { rings } = useStore(memory);
  const missedRing = useStore(missed);
  const worklist = useWorklist({ isRinging: rings.size > 0, isEnabled: me !== undefined });

  useEffect(() => {
    const reload = () => void queryClient.invalidateQueries({ queryKey: ['consultations', 'list'] });
    const offs = [
      signalling.on('ring:started', (start) => {
        memory.set(noteStarted(memory.get(), start, nextMoment()));
        missed.set(null);
        reload();
      }),
      signalling.on('ring:stopped', (stop) => {
        // The list may have been faster; the word of the socket knows why.
        if (memory.get().rings.has(stop.requestId) || missed.get()?.requestId === stop.requestId) missed.set(stop);
        memory.set(noteStopped(memory.get(), stop.requestId, nextMoment()));
        reload();
      }),
    ];
    return () => {
      for (const off of offs) off();
    };
  }, [queryClient]);

  const answer = worklist.data;
  useEffect(() => {
    if (!answer || !me) return;
    const before = memory.get();
    const after = noteList(before, listRinging(answer.consultations, me), answer.askedAt);
    memory.set(after);
    const gone = [...before.rings.keys()].find((id) => !after.rings.has(id));
    if (gone) missed.set({ requestId: gone, why: 'unknown' });
  }, [answer, me]);

  return { rings, missedRing, worklist, consultations: answer?.consultations ?? NONE };
}
