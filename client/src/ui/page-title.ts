import { useEffect } from 'react';

/** Sets the tab's title; a count of what waits stands in front, so that it is seen in a background tab. */
export function usePageTitle(title: string, count = 0): void {
  useEffect(() => {
    document.title = `${count > 0 ? `(${count}) ` : ''}${title} · Jaqyn`;
  }, [title, count]);
}
