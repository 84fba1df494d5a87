import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { ApiError, createClient } from '#platform/client/client.ts';
import { leaveFor } from '#platform/client/who-asks.ts';
import { Button } from '#platform/ui/button.tsx';
import { Dialog, DialogFooter } from '#platform/ui/dialog.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { Input } from '#platform/ui/input.tsx';
import { meQuery } from '#features/identity/web/session.ts';
import { privacy } from '../contract.ts';

const privacyApi = createClient(privacy);

interface EraseAccountProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Asks for the address to be typed: this can't be taken back, and a button alone is pressed too easily. */
export function EraseAccount({ open, onOpenChange }: EraseAccountProps) {
  const { data } = useQuery(meQuery);
  const [typed, setTyped] = useState('');
  const erase = useMutation({
    mutationFn: () => privacyApi.erase({}),
    onSuccess: () => leaveFor('/sign-in?why=erased'),
  });
  const email = data?.user?.email ?? '';
  const close = (next: boolean) => {
    setTyped('');
    erase.reset();
    onOpenChange(next);
  };
  return (
    <Dialog open={open} onOpenChange={close} title="Erase your account?">
      <form
        className="flex flex-1 flex-col"
        onSubmit={(event) => {
          event.preventDefault();
          erase.mutate();
        }}
      >
        <div className="grid gap-4 pb-5 text-sm">
          <WhatHappens />
          <FieldFrame label="Type your e-mail address to confirm" hint={email}>
            {(control) => (
              <Input
                {...control}
                type="email"
                autoComplete="off"
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
              />
            )}
          </FieldFrame>
          {erase.error && (
            <ErrorNotice error={erase.error}>
              <OwnedAlone error={erase.error} />
            </ErrorNotice>
          )}
        </div>
        <DialogFooter>
          <Button onClick={() => close(false)}>Keep my account</Button>
          <Button
            type="submit"
            variant="danger"
            busy={erase.isPending || erase.isSuccess}
            disabled={email === '' || typed.trim().toLowerCase() !== email}
          >
            Erase account
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  );
}

function WhatHappens() {
  return (
    <dl className="grid gap-3 text-ink-soft [&_dt]:font-medium [&_dt]:text-ink">
      <div>
        <dt>What goes</dt>
        <dd>
          Your sign-in, devices, passkeys and codes, your memberships and the invitations to you. Your name and address
          are forgotten; history says “A former user”.
        </dd>
      </div>
      <div>
        <dt>What stays</dt>
        <dd>
          What an organisation wrote down about you itself: an entry among its people or contacts, past bookings. It
          belongs to the organisation; ask there to have it erased.
        </dd>
      </div>
    </dl>
  );
}

/** Where somebody else must become an owner first. */
function OwnedAlone({ error }: { error: Error }) {
  const listed = error instanceof ApiError && error.code === 'last_owner' ? error.problem['organisations'] : undefined;
  if (!Array.isArray(listed)) return null;
  const slugs = listed.flatMap((entry: unknown) =>
    typeof entry === 'object' && entry !== null && 'slug' in entry && 'name' in entry
      ? [{ slug: String(entry.slug), name: String(entry.name) }]
      : [],
  );
  return (
    <ul className="mt-1.5 grid gap-1">
      {slugs.map(({ slug, name }) => (
        <li key={slug}>
          <Link to="/o/$org/settings" params={{ org: slug }} className="font-medium underline underline-offset-2">
            Open the settings of {name}
          </Link>
        </li>
      ))}
    </ul>
  );
}
