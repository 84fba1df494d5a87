import { useNavigate } from '@tanstack/react-router';
import { DoorClosed, DoorOpen, MoreHorizontal, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useChange } from '#platform/client/use-change.ts';
import { Button, IconButton } from '#platform/ui/button.tsx';
import { Dialog, DialogFooter } from '#platform/ui/dialog.tsx';
import { ErrorNotice, errorText } from '#platform/ui/error-notice.tsx';
import { Menu, MenuItem } from '#platform/ui/menu.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { Form } from '../../contract.ts';
import { formsApi } from '../form-queries.ts';

/** Opens and closes a form, and removes one that nobody used. */
export function FormMenu({ form, onSaved }: { form: Form; onSaved: (form: Form) => void }) {
  const org = useOrg();
  const toast = useToast();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const params = { id: form.id };
  const setOpen = useChange(org.slug, ['forms'], (open: boolean, call) =>
    formsApi.change({ org: org.slug, params, body: { version: form.version, open } }, call),
  );
  const remove = useChange(org.slug, ['forms'], (_: null, call) => formsApi.remove({ org: org.slug, params }, call));
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
        <MenuItem onSelect={() => turn(!form.open)}>
          {form.open ? <DoorClosed aria-hidden /> : <DoorOpen aria-hidden />}
          {form.open ? 'Close the form' : 'Open the form again'}
        </MenuItem>
        <MenuItem tone="danger" onSelect={() => setAsking(true)}>
          <Trash2 aria-hidden /> Remove…
        </MenuItem>
      </Menu>
      <Dialog
        open={asking}
        onOpenChange={setAsking}
        title={`Remove “${form.title}”?`}
        description="Its address then leads nowhere. A form to which something came in can only be closed."
        size="sm"
      >
        {remove.error && <ErrorNotice error={remove.error} className="mb-4" />}
        <DialogFooter>
          <Button onClick={() => setAsking(false)}>Keep it</Button>
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
        </DialogFooter>
      </Dialog>
    </>
  );
}
