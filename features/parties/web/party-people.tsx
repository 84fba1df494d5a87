import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { useChange } from '#platform/client/use-change.ts';
import { Button, IconButton } from '#platform/ui/button.tsx';
import { Dialog, SubmitFooter } from '#platform/ui/dialog.tsx';
import { ErrorNotice, errorText } from '#platform/ui/error-notice.tsx';
import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { Input } from '#platform/ui/input.tsx';
import { Section } from '#platform/ui/table.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import type { Belonging, Party } from '../contract.ts';
import { PartyPicker } from './party-picker.tsx';
import { belongingsQuery, partiesApi } from './party-queries.ts';

/** The people of a company; of a person, their companies. */
export function PartyPeople({ party }: { party: Party }) {
  const org = useOrg();
  const [adding, setAdding] = useState(false);
  const { data, error, refetch } = useQuery(belongingsQuery(org.slug, party.id));
  const company = party.kind === 'company';
  const items = data?.items ?? [];
  return (
    <Section
      title={company ? 'People' : 'Companies'}
      actions={
        org.can('parties.write') && (
          <Button size="sm" onClick={() => setAdding(true)}>
            <Plus aria-hidden /> Add
          </Button>
        )
      }
    >
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {data && items.length === 0 && (
        <p className="text-sm text-ink-faint">
          {company ? 'Nobody yet. Add whom you talk to there.' : 'None yet. Add whom they work for.'}
        </p>
      )}
      <ul className="space-y-2.5">
        {items.map((item) => (
          <Row key={item.id} partyId={party.id} item={item} />
        ))}
      </ul>
      <Dialog
        open={adding}
        onOpenChange={setAdding}
        title={company ? `Add a person of ${party.name}` : `Add a company of ${party.name}`}
        size="sm"
      >
        {adding && (
          <AddBelonging party={party} known={items.map(({ partyId }) => partyId)} onDone={() => setAdding(false)} />
        )}
      </Dialog>
    </Section>
  );
}

function Row({ partyId, item }: { partyId: string; item: Belonging }) {
  const org = useOrg();
  const toast = useToast();
  const remove = useChange(org.slug, ['party_people'], () =>
    partiesApi.removeBelonging({ org: org.slug, params: { id: partyId, belongingId: item.id } }),
  );
  const reach = [item.email, item.phone].filter(Boolean).join(' · ');
  return (
    <li className="flex items-start gap-2 text-sm">
      <div className="min-w-0 flex-1">
        <p className="truncate" title={item.name}>
          <Link
            to="/o/$org/contacts/$id"
            params={{ org: org.slug, id: item.partyId }}
            className="font-medium underline-offset-4 hover:underline"
          >
            {item.name}
          </Link>{' '}
          <span className="text-ink-faint">{item.position}</span>
        </p>
        {reach && <p className="break-all text-ink-soft">{reach}</p>}
      </div>
      {org.can('parties.write') && (
        <IconButton
          size="icon-sm"
          label={`Take ${item.name} away`}
          onClick={() =>
            remove.mutate(undefined, {
              onError: (failure) => toast({ tone: 'danger', title: `${item.name} stays`, detail: errorText(failure) }),
            })
          }
        >
          <X aria-hidden />
        </IconButton>
      )}
    </li>
  );
}

function AddBelonging({ party, known, onDone }: { party: Party; known: readonly string[]; onDone: () => void }) {
  const org = useOrg();
  const [other, setOther] = useState<string | null>(null);
  const [position, setPosition] = useState('');
  const add = useChange(org.slug, ['party_people'], (body: { partyId: string; position: string }, call) =>
    partiesApi.addBelonging({ org: org.slug, params: { id: party.id }, body }, call),
  );
  return (
    <form
      className="contents"
      onSubmit={(event) => {
        event.preventDefault();
        if (other) add.mutate({ partyId: other, position }, { onSuccess: onDone });
      }}
    >
      <div className="space-y-4 pb-5">
        <FieldFrame label={party.kind === 'company' ? 'Person' : 'Company'}>
          {(control) => (
            <PartyPicker
              {...control}
              kind={party.kind === 'company' ? 'person' : 'company'}
              except={known}
              value={other}
              onValue={setOther}
            />
          )}
        </FieldFrame>
        <FieldFrame label="As" optional hint="Booking, accounts, production …">
          {(control) => (
            <Input
              {...control}
              maxLength={120}
              value={position}
              onChange={(event) => setPosition(event.target.value)}
            />
          )}
        </FieldFrame>
        {add.error && <ErrorNotice error={add.error} />}
      </div>
      <SubmitFooter onCancel={onDone} busy={add.isPending} disabled={!other}>
        Add
      </SubmitFooter>
    </form>
  );
}
