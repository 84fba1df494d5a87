import { useEffect, useRef, type RefObject } from 'react';

/**
 * In a frame: tells the page around it how tall the form is, in pixels, as often as that changes. The height is no
 * secret, and the sites that may frame it were listed; so any page hears it.
 * @param framed false: says nothing
 */
export function useFrameHeight(framed: boolean): RefObject<HTMLDivElement | null> {
  const content = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = content.current;
    if (!framed || !element || window.parent === window) return;
    const observer = new ResizeObserver(() => {
      const { height } = element.getBoundingClientRect();
      window.parent.postMessage({ holdfastHeight: Math.ceil(height) }, '*');
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [framed]);
  return content;
}
