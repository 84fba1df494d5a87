import { useEffect } from 'react';

/** Names the page in the browser's tab and history, and to screen readers. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = `${title.charAt(0).toUpperCase()}${title.slice(1)} – Holdfast`;
  }, [title]);
}
