import { useNavigate } from '@tanstack/react-router';
import { Archive, ArchiveRestore, DoorClosed, DoorOpen, MoreHorizontal, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { ApiError } from '#platform/client/client.ts';
import { useChange } from '#platform/client/use-change.ts';
import { Button, IconButton } from '#platform/ui/button.tsx';
import { Dialog, DialogFooter } from '#platform/ui/dialog.tsx';
import { ErrorNotice, errorText } from '#platform/ui/error-notice.tsx';
import { Menu, MenuItem } from '#platform/ui/menu.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { Form } from '../../contract.ts';
import { formsApi } from '../form-queries.ts';
import type { useArchiving } from './use-archiving.ts';

interface FormMenuProps {
  form: Form;
  archiving: ReturnType<typeof useArchiving>;
  onSaved: (form: Form) => void;
}

/** Opens and closes a form, puts it away, and removes one that nobody used. */
export function FormMenu({ form, archiving, onSaved }: FormMenuProps) {
  const org = useOrg();
  const toast = useToast();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const params = { id: form.id };
  const archived = form.archivedAt !== null;
  const setOpen = useChange(org.slug, ['forms'], (open: boolean, call) =>
    formsApi.change({ org: org.slug, params, body: { version: form.version, open } }, call),
  );
  const remove = useChange(org.slug, ['forms'], (_: null, call) => formsApi.remove({ org: org.slug, params }, call));
  const used = remove.error instanceof ApiError && remove.error.code === 'in_use';
  const turn = (open: boolean) =>
    setOpen.mutate(open, {
      onSuccess: (saved) => {
        onSaved(saved);
        toast({ tone: 'good', title: open ? 'The form is open' : 'The form is closed' });
      },
      onError: (error) => toast({ tone: 'danger', title: errorText(error) }),
    });
  return (
    <>
      <Menu
        trigger={
          <IconButton label="More" variant="secondary">
            <MoreHorizontal aria-hidden />
          </IconButton>
        }
      >
        {!archived && (
          <MenuItem onSelect={() => turn(!form.open)}>
            {form.open ? <DoorClosed aria-hidden /> : <DoorOpen aria-hidden />}
            {form.open ? 'Close the form' : 'Open the form again'}
          </MenuItem>
        )}
        <MenuItem onSelect={() => archiving.set(!archived)}>
          {archived ? <ArchiveRestore aria-hidden /> : <Archive aria-hidden />}
          {archived ? 'Take back into use' : form.open ? 'Close and archive' : 'Archive'}
        </MenuItem>
        <MenuItem tone="danger" onSelect={() => setAsking(true)}>
          <Trash2 aria-hidden /> Remove…
        </MenuItem>
      </Menu>
      <Dialog
        open={asking}
        onOpenChange={setAsking}
        title={`Remove “${form.title}”?`}
        description="Its address then leads nowhere. A form to which something came in can only be archived."
        size="sm"
      >
        {remove.error && <ErrorNotice error={remove.error} className="mb-4" />}
        <DialogFooter>
          <Button onClick={() => setAsking(false)}>Keep it</Button>
          {used ? (
            !archived && (
              <Button
                variant="primary"
                onClick={() => {
                  setAsking(false);
                  archiving.set(true);
                }}
              >
                Archive it
              </Button>
            )
          ) : (
            <Button
              variant="danger"
              busy={remove.isPending}
              onClick={() =>
                remove.mutate(null, {
                  onSuccess: () => void navigate({ to: '/o/$org/forms', params: { org: org.slug }, replace: true }),
                })
              }
            >
              Remove
            </Button>
          )}
        </DialogFooter>
      </Dialog>
    </>
  );
}
