import { useMemo } from 'react';
import { cn } from '#platform/ui/class-names.ts';
import { pageNonce } from '#platform/ui/nonce.ts';

/**
 * A mail as its reader sees it, in a frame of its own: no script runs there, no form is sent, and its links lead nowhere.
 * The page's policy reaches into the frame and forbids style attributes, so they become rules of one style with the nonce.
 */
export function MailFrame({ html, title, className }: { html: string; title: string; className?: string }) {
  const shown = useMemo(() => framed(html), [html]);
  return (
    <iframe
      title={title}
      sandbox=""
      srcDoc={shown}
      className={cn('h-[30rem] w-full rounded-lg border border-line bg-surface', className)}
    />
  );
}

/** The layout escapes every quote and angle bracket of what people wrote, so its own attributes can be told by their text. */
function framed(html: string): string {
  const rules = [...html.matchAll(/<style>(.*?)<\/style>/gs)].map(([, rule]) => rule ?? '');
  const unstyled = html.replaceAll(/<style>.*?<\/style>/gs, '').replaceAll(' style="', ' data-look="');
  const mail = new DOMParser().parseFromString(unstyled, 'text/html');
  for (const [index, element] of mail.querySelectorAll('[data-look]').entries()) {
    element.classList.add(`mail-${index}`);
    rules.unshift(`.mail-${index} { ${element.getAttribute('data-look') ?? ''} }`);
    element.removeAttribute('data-look');
  }
  for (const link of mail.querySelectorAll('a')) link.removeAttribute('href');
  const style = mail.createElement('style');
  style.setAttribute('nonce', pageNonce() ?? '');
  style.textContent = rules.join('\n');
  mail.head.append(style);
  return `<!doctype html>${mail.documentElement.outerHTML}`;
}
