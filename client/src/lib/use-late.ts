import { useEffect, useState } from 'react';

const AGAIN_MS = 5000;

/**
 * A part of a screen that is fetched when it is wanted; undefined until it is here. Where the link is away it is asked for again and again, and
 * nothing else of the screen is hurt, as React's own `lazy` would: a call goes on. `load` is always the same function.
 */
export function useLate<Part>(load: () => Promise<Part>, isWanted = true): Part | undefined {
  const [loaded, setLoaded] = useState<{ readonly part: Part }>();
  useEffect(() => {
    if (!isWanted || loaded) return;
    let isHere = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = () => {
      load().then(
        (part) => isHere && setLoaded({ part }),
        () => {
          if (isHere) timer = setTimeout(ask, AGAIN_MS);
        },
      );
    };
    ask();
    return () => {
      isHere = false;
      clearTimeout(timer);
    };
  }, [load, isWanted, loaded]);
  return loaded?.part;
}
