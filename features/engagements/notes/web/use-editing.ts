import { useCallback, useEffect, useRef } from 'react';
import { roomLine } from '#platform/client/rooms.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';

/** Tells those who look at the engagement that one is writing, without saying in which note: not everybody reads it. */
export function useEditing(engagementId: string): (focused: boolean) => void {
  const org = useOrg();
  const room = useRef<ReturnType<ReturnType<typeof roomLine>['enter']> | null>(null);
  useEffect(() => {
    const entered = roomLine(org.slug).enter(`engagements/${engagementId}`, {}, {});
    room.current = entered;
    return () => {
      room.current = null;
      entered.leave();
    };
  }, [org.slug, engagementId]);
  return useCallback((focused) => room.current?.say(focused ? { doing: 'writing notes' } : {}), []);
}
