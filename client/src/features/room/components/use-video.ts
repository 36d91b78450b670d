import { type RefObject, useEffect, useRef, useState } from 'react';

interface Video {
  readonly ref: RefObject<HTMLVideoElement | null>;
  /** The browser waits for a press before it lets this be heard. */
  readonly isBlocked: boolean;
  unblock(): void;
}

/** Shows a stream in a video element, and notices when the browser refuses to play it with sound. */
export function useVideo(stream: MediaStream | null): Video {
  const ref = useRef<HTMLVideoElement>(null);
  const [isBlocked, setIsBlocked] = useState(false);

  useEffect(() => {
    const video = ref.current;
    if (!video) return;
    if (video.srcObject !== stream) video.srcObject = stream;
    setIsBlocked(false);
    if (!stream) return;
    let isCurrent = true;
    video.play().catch((error: unknown) => {
      // A newer stream interrupts the older one's start; only a refusal matters.
      if (isCurrent && error instanceof DOMException && error.name === 'NotAllowedError') setIsBlocked(true);
    });
    return () => {
      isCurrent = false;
    };
  }, [stream]);

  return {
    ref,
    isBlocked,
    unblock: () => {
      void ref.current?.play().then(
        () => setIsBlocked(false),
        () => {},
      );
    },
  };
}
