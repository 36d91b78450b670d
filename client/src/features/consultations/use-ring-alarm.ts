import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { useEffect, useRef, useState } from 'react';
import { playBlip, startRing } from '../../lib/sounds.ts';

interface RingAlarm {
  readonly ringing: readonly RequestId[];
  /** In a call of one's own a loop would drown the patient: one soft tone for each new call instead. */
  readonly isInCall: boolean;
  /** For the system's notice when the page is not in front: no names and nothing clinical, other people see the screen. */
  readonly notice: { readonly title: string; readonly body: string };
}

/** Sounds until nothing rings any more, also in a background tab, where the system's notice is shown too. */
export function useRingAlarm({ ringing, isInCall, notice }: RingAlarm): void {
  const isRinging = ringing.length > 0;
  const key = ringing.join(' ');
  const words = useRef(notice);
  useEffect(() => {
    words.current = notice;
  });

  useEffect(() => {
    if (isRinging && !isInCall) return startRing();
    return undefined;
  }, [isRinging, isInCall]);

  useEffect(() => {
    if (isInCall && key !== '') playBlip();
  }, [isInCall, key]);

  useEffect(() => {
    if (key === '') return;
    return showNotice(words.current);
  }, [key]);
}

/** Returns a function that takes the notice away. */
function showNotice({ title, body }: RingAlarm['notice']): () => void {
  if (!canNotify() || Notification.permission !== 'granted' || document.visibilityState === 'visible') return () => {};
  try {
    const shown = new Notification(title, { body, tag: 'jaqyn.ring', requireInteraction: true });
    shown.addEventListener('click', () => {
      window.focus();
      shown.close();
    });
    return () => shown.close();
  } catch {
    // Some browsers know the name and allow it only to service workers; the sound and the title are there anyway.
    return () => {};
  }
}

function canNotify(): boolean {
  return 'Notification' in globalThis;
}

/** Whether the browser has not been asked yet, and the question. */
export function useNotificationQuestion() {
  const [permission, setPermission] = useState(() => (canNotify() ? Notification.permission : 'denied'));
  return {
    isOpen: permission === 'default',
    ask: () => void Notification.requestPermission().then(setPermission),
  };
}
