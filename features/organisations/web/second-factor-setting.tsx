import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { ApiError } from '#platform/client/client.ts';
import { useChange } from '#platform/client/use-change.ts';
import { Button } from '#platform/ui/button.tsx';
import { ConfirmDialog } from '#platform/ui/dialog.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { Section } from '#platform/ui/table.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { useOrg } from './org-context.tsx';
import { membersQuery, organisationQuery, organisationsApi } from './organisation-queries.ts';
import { countOf } from './word-case.ts';

/** Whether everybody needs a second factor. */
export function SecondFactorSetting() {
  const org = useOrg();
  const [asking, setAsking] = useState(false);
  const { data, error, refetch } = useQuery(organisationQuery(org.slug));
  const { data: members } = useQuery({ ...membersQuery(org.slug), enabled: org.can('members.manage') });
  const set = useChange(org.slug, ['organisations'], (required: boolean) =>
    organisationsApi.requireSecondFactor({ org: org.slug, body: { required } }),
  );
  const without = members?.items.filter(({ secondFactor }) => secondFactor === false).length ?? 0;
  const required = data?.requiresSecondFactor ?? false;
  const lacking = set.error instanceof ApiError && set.error.code === 'factor_missing';
  return (
    <Section
      title="Second factor"
      description="A password alone can be guessed or stolen. With a second factor, an authenticator app or a passkey, it isn’t enough."
      actions={
        data && (
          <Button
            size="sm"
            variant={required ? undefined : 'primary'}
            busy={set.isPending}
            onClick={() => (required ? set.mutate(false) : setAsking(true))}
          >
            {required ? 'No longer require it' : 'Require it of everybody'}
          </Button>
        )
      }
    >
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {!data && !error && <SkeletonRows rows={1} />}
      {data && (
        <p className="text-sm text-ink-soft">
          {required
            ? 'Every member needs one. Whoever has none is asked to add it before going on.'
            : 'Members choose for themselves.'}
          {without > 0 && ` ${countOf(without, { one: 'member has', many: 'members have' })} none.`}
        </p>
      )}
      {set.error && (
        <ErrorNotice error={set.error} className="mt-3">
          {lacking && (
            <Link to="/account" className="ml-1 underline underline-offset-2">
              Your account
            </Link>
          )}
        </ErrorNotice>
      )}
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title="Require a second factor?"
        description={
          without > 0
            ? `${countOf(without, { one: 'member has', many: 'members have' })} none and must add one before going on. API keys work as before.`
            : 'Every member has one already. Who joins later must add one. API keys work as before.'
        }
        action="Require it"
        tone="primary"
        onConfirm={() => set.mutateAsync(true).catch(() => undefined)}
      />
    </Section>
  );
}
