import { useNavigate } from '@tanstack/react-router';
import { useEffect, useEffectEvent } from 'react';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { Inquiry } from '../inquiry-contract.ts';

/** j and k open the next and the one before, as in a mail program. */
export function useInboxKeys(rows: readonly Inquiry[], current: string | undefined): void {
  const org = useOrg();
  const navigate = useNavigate();
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || busy(event.target)) return;
    const at = rows.findIndex(({ id }) => id === current);
    const next = event.key === 'j' ? rows[at + 1] : event.key === 'k' ? rows[Math.max(0, at - 1)] : undefined;
    if (!next) return;
    event.preventDefault();
    void navigate({ to: '/o/$org/inquiries/$id', params: { org: org.slug, id: next.id }, search: true });
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => press(event);
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}

/** Where letters are typed, or something lies over the page. */
function busy(target: EventTarget | null): boolean {
  if (document.querySelector('[role=dialog], [role=menu], [role=listbox]')) return true;
  return target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable=true]') !== null;
}
