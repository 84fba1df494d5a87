import { queryOptions, useQuery } from '@tanstack/react-query';
import { KeyRound, Plus } from 'lucide-react';
import { useState } from 'react';
import type * as z from 'zod';
import { orgKey } from '#platform/client/query-client.ts';
import { useChange } from '#platform/client/use-change.ts';
import { formatTime } from '#platform/time/format.ts';
import { Badge } from '#platform/ui/badge.tsx';
import { Button } from '#platform/ui/button.tsx';
import { ConfirmDialog, Dialog, DialogFooter } from '#platform/ui/dialog.tsx';
import { entityForm, useFormValue } from '#platform/ui/entity-form.tsx';
import { ErrorNotice, errorText } from '#platform/ui/error-notice.tsx';
import { SecretDialog } from '#platform/ui/secret-dialog.tsx';
import { CardList, Section } from '#platform/ui/table.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { RolePicker } from '#features/organisations/web/role-picker.tsx';
import { apiKey, identity } from '../contract.ts';
import { identityApi } from './session.ts';

type ApiKey = z.output<typeof apiKey>;
type NewKey = z.output<typeof identity.routes.createApiKey.body>;

const form = entityForm(identity.routes.createApiKey.body);
const keyRoles = ['owner', 'manager', 'staff'] as const;

const keysQuery = (org: string) =>
  queryOptions({
    queryKey: orgKey(org, 'api_keys'),
    queryFn: ({ signal }) => identityApi.listApiKeys({ org }, { signal }),
  });

/** Keys for programs. Each is shown once, when it is made. */
export function ApiKeys() {
  const org = useOrg();
  const [making, setMaking] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const { data, error, refetch } = useQuery({ ...keysQuery(org.slug), enabled: org.can('apiKeys.manage') });
  if (!org.can('apiKeys.manage')) return null;
  return (
    <Section
      title="API keys"
      description={
        <>
          For programs that work with this organisation. They send{' '}
          <code className="text-xs">Authorization: Bearer …</code>; the{' '}
          <a href="/api/docs" className="text-accent underline underline-offset-2">
            API’s documentation
          </a>{' '}
          says what they may ask.
        </>
      }
      actions={
        <Button size="sm" onClick={() => setMaking(true)}>
          <Plus aria-hidden /> New key
        </Button>
      }
    >
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {data?.items.length === 0 && <p className="text-sm text-ink-faint">None yet.</p>}
      {data && data.items.length > 0 && (
        <CardList label="API keys">
          {data.items.map((key) => (
            <KeyRow key={key.id} apiKey={key} />
          ))}
        </CardList>
      )}
      <NewKeyDialog open={making} onOpenChange={setMaking} onMade={setSecret} />
      <SecretDialog
        title="Your new key"
        description="Copy it now and keep it safe: it isn’t shown again."
        secret={secret}
        onClose={() => setSecret(null)}
      />
    </Section>
  );
}

function KeyRow({ apiKey: key }: { apiKey: ApiKey }) {
  const org = useOrg();
  const toast = useToast();
  const [revoking, setRevoking] = useState(false);
  const revoke = useChange(org.slug, ['api_keys'], (_: void, call) =>
    identityApi.revokeApiKey({ org: org.slug, params: { id: key.id } }, call),
  );
  return (
    <li className="flex items-center gap-3 px-4 py-2 text-sm">
      <KeyRound aria-hidden className="size-4 shrink-0 text-ink-faint" />
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium" title={key.name}>
          {key.name}
        </p>
        <p className="truncate text-xs text-ink-faint">
          <span className="font-mono">{key.prefix}…</span>, {key.roleName}, made{' '}
          {formatTime(key.createdAt, org.zone, 'date')}
        </p>
      </div>
      {key.revokedAt ? (
        <Badge>Revoked</Badge>
      ) : (
        <Button size="sm" variant="danger-ghost" aria-label={`Revoke ${key.name}`} onClick={() => setRevoking(true)}>
          Revoke
        </Button>
      )}
      <ConfirmDialog
        open={revoking}
        onOpenChange={setRevoking}
        title={`Revoke ${key.name}?`}
        description="Programs that use it are refused within five seconds. This can’t be undone."
        action="Revoke key"
        onConfirm={() =>
          revoke
            .mutateAsync(undefined)
            .catch((failure: unknown) =>
              toast({ tone: 'danger', title: 'The key still works', detail: errorText(failure) }),
            )
        }
      />
    </li>
  );
}

function NewKeyDialog({
  open,
  onOpenChange,
  onMade,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onMade: (key: string) => void;
}) {
  const org = useOrg();
  const create = useChange(org.slug, ['api_keys'], (body: NewKey, call) =>
    identityApi.createApiKey({ org: org.slug, body }, call),
  );
  const close = () => onOpenChange(false);
  const submit = async (body: NewKey) => {
    const { key } = await create.mutateAsync(body);
    close();
    onMade(key);
  };
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="New API key">
      <form.Form values={{ role: 'staff' }} onSubmit={submit} onCancel={close} action="Make key" footer={DialogFooter}>
        <form.Field name="name" label="Name" hint="What will use it." autoFocus />
        <RoleField />
      </form.Form>
    </Dialog>
  );
}

/** A key works for the organisation: it is nobody whose own things it could see. */
function RoleField() {
  const [customRoleId, setCustomRoleId] = useFormValue('customRoleId');
  return (
    <form.Field name="role" label="Role">
      {({ value, onValue, ...control }) => (
        <RolePicker
          {...control}
          among={keyRoles}
          value={{ role: value, customRoleId: typeof customRoleId === 'string' ? customRoleId : null }}
          onValue={({ role, customRoleId: chosen }) => {
            const held = [...keyRoles, 'custom' as const].find((candidate) => candidate === role);
            if (!held) return;
            onValue(held);
            setCustomRoleId(chosen);
          }}
        />
      )}
    </form.Field>
  );
}
