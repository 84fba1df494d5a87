import { useCallback, useLayoutEffect } from 'react';
import type { TimelineView } from './use-timeline-view.ts';

/** For an element whose words stay in sight: where it begins and ends, in pixels of the axis. */
export function edgeWords(left: number, width: number) {
  return { 'data-edge': `${left},${left + width}` };
}

/**
 * Keeps the words of whatever reaches out of sight at the left beside the column of names. Not by sticky
 * positioning: each sticky element is a layer of its own, and two hundred of them halved the frame rate.
 */
export function useEdgeWords(view: TimelineView): () => void {
  const { scroller } = view;
  const place = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    const edge = element.scrollLeft;
    for (const words of element.querySelectorAll<HTMLElement>('[data-edge]')) {
      const [from = 0, to = 0] = (words.dataset['edge'] ?? '').split(',').map(Number);
      const hidden = from < edge && edge < to ? `${Math.round(edge - from)}px` : '';
      if (words.style.textIndent !== hidden) words.style.textIndent = hidden;
    }
  }, [scroller]);
  // Every drawing may bring new words.
  useLayoutEffect(place);
  return place;
}
