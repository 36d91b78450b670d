import { useEffect, useRef } from 'react';
import type { RemotePeer } from '../room-state.ts';

/** The sound of everybody whose picture may come and go: nobody falls silent because somebody else is shown. */
export function OtherVoices({ peers }: { peers: readonly RemotePeer[] }) {
  return peers.flatMap(({ peerId, microphone }) =>
    microphone === null ? [] : [<Voice key={peerId} track={microphone.track} />],
  );
}

function Voice({ track }: { track: MediaStreamTrack }) {
  const ref = useRef<HTMLAudioElement>(null);
  useEffect(() => {
    const audio = ref.current;
    if (!audio) return;
    audio.srcObject = new MediaStream([track]);
    const play = () => {
      if (audio.paused) audio.play().catch(() => undefined);
    };
    play();
    // A browser that wants a press first is content with any.
    document.addEventListener('pointerdown', play);
    return () => {
      document.removeEventListener('pointerdown', play);
      audio.srcObject = null;
    };
  }, [track]);
  // oxlint-disable-next-line jsx-a11y/media-has-caption -- a live call has no captions
  return <audio ref={ref} />;
}
