import { useEffect, useEffectEvent, type RefObject } from 'react';

/** Pixels from the edge within which a drag scrolls, and how many it scrolls per frame. */
const edge = 32;
const speed = 14;

interface EdgeScroll {
  /** A drag by pointer is under way. */
  active: boolean;
  pointer: { x: number; y: number };
  scroller: RefObject<HTMLElement | null>;
  /** Covered at the left and the top: names and dates. */
  inset: { left: number; top: number };
  onScrolled: () => void;
}

/** Scrolls the board while something is dragged to its edge. */
export function useEdgeScroll({ active, pointer, scroller, inset, onScrolled }: EdgeScroll): void {
  const step = useEffectEvent(() => {
    const element = scroller.current;
    if (!element) return;
    const box = element.getBoundingClientRect();
    const across = towards(pointer.x, box.left + inset.left, box.right);
    const down = towards(pointer.y, box.top + inset.top, box.bottom);
    if (across === 0 && down === 0) return;
    element.scrollBy(across * speed, down * speed);
    onScrolled();
  });
  useEffect(() => {
    if (!active) return undefined;
    let frame = requestAnimationFrame(function loop() {
      step();
      frame = requestAnimationFrame(loop);
    });
    return () => cancelAnimationFrame(frame);
  }, [active]);
}

function towards(at: number, from: number, to: number): -1 | 0 | 1 {
  if (at < from + edge) return -1;
  return at > to - edge ? 1 : 0;
}
