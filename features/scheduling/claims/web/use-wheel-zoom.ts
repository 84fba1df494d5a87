import { useEffect, useRef } from 'react';
import type { TimelineView } from './use-timeline-view.ts';

/** Wheel travel of one zoom level: a notch of a mouse is 100, a pinch on a touch pad sends many small ones. */
const travel = 60;

/** Ctrl and the wheel (or a pinch) zoom around the pointer. React listens passively, which couldn't stop the page's own zoom. */
export function useWheelZoom(view: TimelineView): void {
  const latest = useRef(view);
  latest.current = view;
  useEffect(() => {
    const element = view.scroller.current;
    if (!element) return undefined;
    let sum = 0;
    const onWheel = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      sum += event.deltaY;
      if (Math.abs(sum) < travel) return;
      const { left } = element.getBoundingClientRect();
      latest.current.step(sum < 0 ? 1 : -1, Math.max(0, event.clientX - left - latest.current.labelWidth));
      sum = 0;
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [view.scroller]);
}
