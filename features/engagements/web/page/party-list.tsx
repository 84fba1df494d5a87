import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { useChange } from '#platform/client/use-change.ts';
import { Button, IconButton } from '#platform/ui/button.tsx';
import { Combobox } from '#platform/ui/combobox.tsx';
import { Dialog, SubmitFooter } from '#platform/ui/dialog.tsx';
import { ErrorNotice, errorText } from '#platform/ui/error-notice.tsx';
import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { Input } from '#platform/ui/input.tsx';
import { Section } from '#platform/ui/table.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { useSettled } from '#platform/ui/use-settled.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { capital } from '#features/organisations/web/word-case.ts';
import { alikeQuery, partiesApi, partyListQuery } from '#features/parties/web/party-queries.ts';
import { engagementsApi } from '../engagement-queries.ts';

interface Entry {
  id: string;
  partyId: string;
  name: string;
  email: string | null;
  phone: string | null;
  role: string;
}

/** The people and companies involved, each in a role. */
export function PartyList({ engagementId, parties }: { engagementId: string; parties: readonly Entry[] }) {
  const org = useOrg();
  const toast = useToast();
  const [adding, setAdding] = useState(false);
  const mayWrite = org.can('engagements.write');
  const remove = useChange(org.slug, ['engagement_parties'], (entryId: string) =>
    engagementsApi.removeParty({ org: org.slug, params: { id: engagementId, entryId } }),
  );
  return (
    <Section
      title={capital(org.words.party.many)}
      actions={
        mayWrite && (
          <Button size="sm" onClick={() => setAdding(true)}>
            <Plus aria-hidden /> Add
          </Button>
        )
      }
    >
      {parties.length === 0 && (
        <p className="text-sm text-ink-faint">Nobody yet.{mayWrite && ' Add who asks, who promotes, who supplies.'}</p>
      )}
      <ul className="space-y-2.5">
        {parties.map((entry) => (
          <li key={entry.id} className="flex items-start gap-2 text-sm">
            <div className="min-w-0 flex-1">
              <p className="truncate" title={entry.name}>
                <EntryName entry={entry} /> <span className="text-ink-faint">{entry.role}</span>
              </p>
              <p className="flex flex-wrap gap-x-3 text-ink-soft">
                {entry.email && (
                  <a href={`mailto:${entry.email}`} className="break-all hover:underline">
                    {entry.email}
                  </a>
                )}
                {entry.phone && (
                  <a href={`tel:${entry.phone.replace(/[^\d+]/g, '')}`} className="hover:underline">
                    {entry.phone}
                  </a>
                )}
              </p>
            </div>
            {mayWrite && (
              <IconButton
                size="icon-sm"
                label={`Remove ${entry.name} as ${entry.role}`}
                onClick={() =>
                  remove.mutate(entry.id, {
                    onError: (error) =>
                      toast({ tone: 'danger', title: `${entry.name} stays`, detail: errorText(error) }),
                  })
                }
              >
                <X aria-hidden />
              </IconButton>
            )}
          </li>
        ))}
      </ul>
      <Dialog open={adding} onOpenChange={setAdding} title={`Add ${org.words.party.one}`} size="sm">
        {adding && <AddParty engagementId={engagementId} onDone={() => setAdding(false)} />}
      </Dialog>
    </Section>
  );
}

function EntryName({ entry: { partyId, name } }: { entry: Entry }) {
  const org = useOrg();
  if (!org.can('parties.read')) return <span className="font-medium">{name}</span>;
  return (
    <Link
      to="/o/$org/contacts/$id"
      params={{ org: org.slug, id: partyId }}
      className="font-medium underline-offset-4 hover:underline"
    >
      {name}
    </Link>
  );
}

const asNew = 'new:';

/** An existing contact, or a new one by its name alone. */
function AddParty({ engagementId, onDone }: { engagementId: string; onDone: () => void }) {
  const org = useOrg();
  const [query, setQuery] = useState('');
  const [party, setParty] = useState<{ value: string; label: string } | null>(null);
  const [role, setRole] = useState(org.pack.partyRoles[0] ?? '');
  const q = useSettled(query.trim(), 150);
  const found = useInfiniteQuery({
    ...partyListQuery(org.slug, { q: q || undefined }),
    placeholderData: keepPreviousData,
  });
  const alike = useQuery({
    ...alikeQuery(org.slug, { name: q }),
    enabled: q.length > 1,
    placeholderData: keepPreviousData,
  });
  const add = useChange(
    org.slug,
    ['engagement_parties', 'parties'],
    async ({ value, label }: { value: string; label: string }) => {
      const partyId = value.startsWith(asNew)
        ? (await partiesApi.create({ org: org.slug, body: { name: label } })).id
        : value;
      return engagementsApi.addParty({
        org: org.slug,
        params: { id: engagementId },
        body: { partyId, role: role.trim() },
      });
    },
  );
  const items = (found.data?.pages.flatMap((page) => page.items) ?? []).slice(0, 50);
  const known = items.some(({ name }) => name.toLocaleLowerCase() === q.toLocaleLowerCase());
  // Who makes a new one by its name sees those whose name is nearly the same before it.
  const near = (q.length > 1 && alike.data?.items.map(({ party }) => party)) || [];
  const others = near.filter(({ id }) => !items.some((item) => item.id === id));
  const options = [
    ...[...items, ...others].map(({ id, name, email }) => ({ value: id, label: name, hint: email ?? undefined })),
    ...(q && !known ? [{ value: `${asNew}${q}`, label: q, hint: `New ${org.words.party.one}` }] : []),
  ];
  return (
    <form
      className="contents"
      onSubmit={(event) => {
        event.preventDefault();
        if (party && role.trim()) add.mutate(party, { onSuccess: onDone });
      }}
    >
      <div className="space-y-4 pb-5">
        <FieldFrame label={capital(org.words.party.one)}>
          {(control) => (
            <Combobox
              {...control}
              value={party?.value ?? null}
              valueLabel={party?.label}
              onValue={(value) => setParty(options.find((option) => option.value === value) ?? null)}
              options={options}
              onQuery={setQuery}
              busy={found.isFetching}
              empty="Type a name."
            />
          )}
        </FieldFrame>
        <FieldFrame label="Role">
          {(control) => (
            <>
              <Input
                {...control}
                list="party-roles"
                maxLength={60}
                value={role}
                onChange={(event) => setRole(event.target.value)}
              />
              <datalist id="party-roles">
                {org.pack.partyRoles.map((name) => (
                  <option key={name} value={name} />
                ))}
              </datalist>
            </>
          )}
        </FieldFrame>
        {add.error && <ErrorNotice error={add.error} />}
      </div>
      <SubmitFooter onCancel={onDone} busy={add.isPending} disabled={!party || !role.trim()}>
        Add
      </SubmitFooter>
    </form>
  );
}
