import { type ComponentPropsWithoutRef, useEffect, useRef } from 'react';

/**
 * The heading of what has taken the place of a list: it has the focus when it comes, and when it goes the page's own heading has it, so
 * that a keyboard and a reader are not thrown back to the top of the window.
 */
export function OpenedHeading({ children, ...rest }: ComponentPropsWithoutRef<'h2'>) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
    return () => {
      requestAnimationFrame(() => {
        const title = document.querySelector<HTMLElement>('main h1');
        if (!title || (document.activeElement !== null && document.activeElement !== document.body)) return;
        title.tabIndex = -1;
        title.focus();
      });
    };
  }, []);
  return (
    <h2 ref={heading} tabIndex={-1} {...rest}>
      {children}
    </h2>
  );
}
