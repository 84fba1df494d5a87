import type { ReactNode } from 'react';
import { useChange, type ChangeCall } from '#platform/client/use-change.ts';
import { Button } from '#platform/ui/button.tsx';
import { errorText } from '#platform/ui/error-notice.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { useOrg } from './org-context.tsx';

interface RemoveButtonProps {
  id: string;
  /** That this touches. */
  tables: readonly string[];
  send: (request: { org: string; params: { id: string } }, call: ChangeCall) => Promise<unknown>;
  /** What is said when it failed: “The leg stays”. */
  refused: string;
  onDone: () => void;
  size?: 'sm';
  children?: ReactNode;
}

/** Removes at once what a form or a panel shows. */
export function RemoveButton({ id, tables, send, refused, onDone, size, children = 'Remove' }: RemoveButtonProps) {
  const org = useOrg();
  const toast = useToast();
  const remove = useChange(org.slug, tables, (_: void, call) => send({ org: org.slug, params: { id } }, call));
  return (
    <Button
      size={size}
      variant="danger-ghost"
      busy={remove.isPending}
      onClick={() =>
        remove.mutate(undefined, {
          onSuccess: onDone,
          onError: (error) => toast({ tone: 'danger', title: refused, detail: errorText(error) }),
        })
      }
    >
      {children}
    </Button>
  );
}
