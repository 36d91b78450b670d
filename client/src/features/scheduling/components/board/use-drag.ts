import { type PointerEvent as ReactPointerEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';

/** A mouse that moved this far means to drag. */
const LIFT_PX = 6;
/** A finger that rests this long means to lift; one that moves before means to scroll. */
const LIFT_MS = 350;
const STILL_PX = 10;
/** This near an edge the board scrolls along. */
const EDGE_PX = 56;
const SCROLL_PX = 14;

interface DragOptions {
  /** The id in `data-carry` of what is under the pointer; false: it cannot be lifted. */
  onLift(id: string): boolean;
  /** The `data-cell` under the pointer, or none. */
  onAim(key: string | null): void;
  /** The same id as was lifted: on a slow PC the page may not have been drawn again since. */
  onDrop(id: string, key: string | null): void;
  onGiveUp(): void;
}

/**
 * Drag by pointer events, so that mouse, pen and finger do the same. The ghost is moved by its style, never by a style sheet. Keys
 * and clicks have ways of their own.
 */
export function useDrag(options: DragOptions) {
  const latest = useRef(options);
  useLayoutEffect(() => {
    latest.current = options;
  });
  const ghost = useRef<HTMLDivElement>(null);
  const stop = useRef<(() => void) | undefined>(undefined);
  const [isDragging, setIsDragging] = useState(false);
  const isHeld = useRef(false);
  useEffect(() => {
    // There from the first touch on: Chromium settles then whether a finger's moves may be held back.
    const hold = (event: TouchEvent) => {
      if (isHeld.current) event.preventDefault();
    };
    addEventListener('touchmove', hold, { passive: false });
    return () => {
      removeEventListener('touchmove', hold);
      stop.current?.();
    };
  }, []);

  function onPointerDown(down: ReactPointerEvent<HTMLElement>) {
    const source = down.target instanceof Element ? down.target.closest<HTMLElement>('[data-carry]') : null;
    const id = source?.dataset['carry'];
    if (source === null || id === undefined || down.button !== 0 || !down.isPrimary) return;
    if (down.target instanceof Element && down.target.closest('button, a, input') !== null) return;
    const start = { x: down.clientX, y: down.clientY };
    let at = start;
    let isLifted = false;
    let frame = 0;
    const timer = down.pointerType === 'touch' ? setTimeout(lift, LIFT_MS) : undefined;

    function lift() {
      if (isLifted || id === undefined) return;
      if (!latest.current.onLift(id)) return end();
      isLifted = true;
      isHeld.current = true;
      setIsDragging(true);
      getSelection()?.removeAllRanges();
      frame = requestAnimationFrame(scrollAlong);
      follow();
    }
    function follow() {
      const element = ghost.current;
      if (element) element.style.transform = `translate(${at.x + 12}px, ${at.y + 12}px)`;
      latest.current.onAim(cellAt(at));
    }
    function scrollAlong() {
      const scroller = document.elementFromPoint(at.x, at.y)?.closest<HTMLElement>('[data-board-scroller]');
      const box = scroller?.getBoundingClientRect();
      if (scroller && box) scroller.scrollBy(step(at.x, box, 'x'), step(at.y, box, 'y'));
      scrollBy(0, step(at.y, { top: 0, bottom: innerHeight, left: 0, right: 0 }, 'y'));
      frame = requestAnimationFrame(scrollAlong);
    }
    function onMove(event: PointerEvent) {
      if (event.pointerId !== down.pointerId) return;
      at = { x: event.clientX, y: event.clientY };
      const distance = Math.hypot(at.x - start.x, at.y - start.y);
      if (isLifted) follow();
      else if (event.pointerType !== 'touch' && distance > LIFT_PX) lift();
      else if (event.pointerType === 'touch' && distance > STILL_PX) end();
    }
    function onUp(event: PointerEvent) {
      if (event.pointerId !== down.pointerId) return;
      const wasLifted = isLifted;
      end();
      if (!wasLifted || id === undefined) return;
      swallowClick();
      latest.current.onDrop(id, cellAt({ x: event.clientX, y: event.clientY }));
    }
    function onCancel(event: PointerEvent) {
      if (event.pointerId === down.pointerId) giveUp();
    }
    function onKey(event: KeyboardEvent) {
      if (event.key !== 'Escape' || !isLifted) return;
      event.preventDefault();
      event.stopPropagation();
      giveUp();
    }
    function giveUp() {
      const wasLifted = isLifted;
      end();
      if (wasLifted) latest.current.onGiveUp();
    }
    /** A lifted finger opens no menu. */
    function hold(event: Event) {
      if (isLifted) event.preventDefault();
    }
    function end() {
      clearTimeout(timer);
      cancelAnimationFrame(frame);
      isLifted = false;
      isHeld.current = false;
      setIsDragging(false);
      removeEventListener('pointermove', onMove);
      removeEventListener('pointerup', onUp);
      removeEventListener('pointercancel', onCancel);
      removeEventListener('keydown', onKey, true);
      removeEventListener('contextmenu', hold);
      stop.current = undefined;
    }
    stop.current?.();
    stop.current = end;
    addEventListener('pointermove', onMove);
    addEventListener('pointerup', onUp);
    addEventListener('pointercancel', onCancel);
    addEventListener('keydown', onKey, true);
    addEventListener('contextmenu', hold);
  }

  return { onPointerDown, ghost, isDragging };
}

function cellAt({ x, y }: { x: number; y: number }): string | null {
  return document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-cell]')?.dataset['cell'] ?? null;
}

function step(at: number, box: { left: number; right: number; top: number; bottom: number }, axis: 'x' | 'y'): number {
  const [from, to] = axis === 'x' ? [box.left, box.right] : [box.top, box.bottom];
  if (at < from + EDGE_PX) return -SCROLL_PX;
  return at > to - EDGE_PX ? SCROLL_PX : 0;
}

/** The click that ends a drag is none. */
function swallowClick(): void {
  const swallow = (event: Event) => {
    event.stopPropagation();
    event.preventDefault();
  };
  addEventListener('click', swallow, { capture: true, once: true });
  setTimeout(() => removeEventListener('click', swallow, { capture: true }), 0);
}
