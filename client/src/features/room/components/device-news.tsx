import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useEffect, useEffectEvent, useState } from 'react';
import { sayAloud } from '../../../lib/speak.ts';
import { StatusBadge, type StatusTone } from '../../../ui/status-badge.tsx';
import type { DeviceNews as News } from '../device-memory.ts';

/** Long enough to be read by whoever was with the patient; what still needs something stays. */
const SHOWN_MS = 30_000;

const TONES: Record<News['kind'], StatusTone> = {
  replaced: 'heed',
  gone: 'act-now',
  back: 'well',
  refused: 'act-now',
  allowed: 'well',
};

/** A device went away or came back in the middle of a call: said in words, to readers, and aloud. */
export function DeviceNews({ news }: { news: News | undefined }) {
  const { t } = useLingui();
  const [hidden, setHidden] = useState(0);
  const number = news?.number ?? 0;
  const words = news === undefined ? '' : t(wordsOf(news));
  const say = useEffectEvent(() => sayAloud(words));
  const stays = news?.kind === 'gone' || news?.kind === 'refused';
  useEffect(() => {
    if (number === 0) return;
    say();
    if (stays) return;
    const timer = setTimeout(() => setHidden(number), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [number, stays]);
  return (
    <div role="status">
      {news !== undefined && hidden !== number && <StatusBadge tone={TONES[news.kind]}>{words}</StatusBadge>}
    </div>
  );
}

function wordsOf({ source, kind, label }: News): MessageDescriptor {
  const isCamera = source === 'camera';
  switch (kind) {
    case 'replaced':
      return isCamera
        ? msg`The camera was pulled out. Another one is used: ${label}.`
        : msg`The microphone was pulled out. Another one is used: ${label}.`;
    case 'gone':
      return isCamera
        ? msg`The camera was pulled out, and there is no other. The voice goes on. It comes back as soon as it is plugged in.`
        : msg`The microphone was pulled out, and there is no other: you are not heard. Plug it in, it comes back by itself.`;
    case 'back':
      return isCamera ? msg`The camera is on again: ${label}.` : msg`The microphone is on again: ${label}.`;
    case 'refused':
      return isCamera
        ? msg`The browser was told not to give the camera any more. The voice goes on. To allow it again press the camera sign in the address bar.`
        : msg`The browser was told not to give the microphone any more: you are not heard. To allow it again press the camera sign in the address bar.`;
    case 'allowed':
      return isCamera ? msg`The camera is allowed again and on.` : msg`The microphone is allowed again and on.`;
  }
}
