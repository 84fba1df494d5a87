import { useQuery } from '@tanstack/react-query';
import { Link, Navigate, useNavigate, useParams } from '@tanstack/react-router';
import { Building2, ChevronRight, Merge, Pencil, UserRound } from 'lucide-react';
import { useState } from 'react';
import { PartyDealings } from '#features/engagements/web/party-dealings.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { capital } from '#features/organisations/web/word-case.ts';
import type { Party } from '#features/parties/contract.ts';
import { FollowUpSection } from '#features/parties/follow-ups/web/follow-up-section.tsx';
import { MergeDialog } from '#features/parties/merges/web/merge-dialog.tsx';
import { MergeHistory } from '#features/parties/merges/web/merge-history.tsx';
import { PartyFacts } from '#features/parties/web/party-facts.tsx';
import { PartyPanel } from '#features/parties/web/party-panel.tsx';
import { PartyPeople } from '#features/parties/web/party-people.tsx';
import { PartyPicker } from '#features/parties/web/party-picker.tsx';
import { partyQuery } from '#features/parties/web/party-queries.ts';
import { ApiError } from '#platform/client/client.ts';
import { Button } from '#platform/ui/button.tsx';
import { Dialog, DialogFooter } from '#platform/ui/dialog.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { PageHeader } from '#platform/ui/page-header.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { NothingHere } from '../shell/route-error.tsx';
import { PartyInquiries } from './party-inquiries.tsx';
import { PartyMails } from './party-mails.tsx';

/** A contact: how to reach them, who belongs to them, what there was with them, and when to get back to them. */
export function PartyPage() {
  const org = useOrg();
  const { id } = useParams({ from: '/o/$org/contacts/$id' });
  const { data: party, error, refetch } = useQuery(partyQuery(org.slug, id));
  if (error instanceof ApiError && error.code === 'not_found') return <NothingHere />;
  const into = error instanceof ApiError && error.code === 'merged' ? error.problem['into'] : undefined;
  if (typeof into === 'string')
    return <Navigate to="/o/$org/contacts/$id" params={{ org: org.slug, id: into }} replace />;
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} className="m-4 sm:m-6" />;
  if (!party) return <SkeletonRows />;
  return <Page key={id} party={party} />;
}

function Page({ party }: { party: Party }) {
  const org = useOrg();
  const Icon = party.kind === 'company' ? Building2 : UserRound;
  return (
    <>
      <PageHeader
        title={party.name}
        crumb={
          <>
            <Link to="/o/$org/contacts" params={{ org: org.slug }} className="hover:text-ink hover:underline">
              {capital(org.words.party.many)}
            </Link>
            <ChevronRight aria-hidden className="size-3" />
            <Icon aria-hidden className="size-3.5" /> {party.kind === 'company' ? 'Company' : 'Person'}
          </>
        }
        actions={<Actions party={party} />}
      />
      <div className="grid gap-x-10 gap-y-2 px-4 pt-2 pb-12 sm:px-6 xl:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="min-w-0 divide-y divide-line">
          {org.can('follow_ups.read') && <FollowUpSection about={{ partyId: party.id }} />}
          {org.can('engagements.read') && <PartyDealings partyId={party.id} />}
          {org.can('intake.read') && <PartyInquiries partyId={party.id} />}
          {org.can('messages.read') && party.email && <PartyMails email={party.email} />}
        </div>
        <aside className="order-first min-w-0 divide-y divide-line xl:order-last">
          <PartyFacts party={party} />
          <PartyPeople party={party} />
          {org.can('parties.merge') && <MergeHistory partyId={party.id} />}
        </aside>
      </div>
    </>
  );
}

function Actions({ party }: { party: Party }) {
  const org = useOrg();
  const navigate = useNavigate();
  const [editing, setEditing] = useState(false);
  const [choosing, setChoosing] = useState(false);
  const [pair, setPair] = useState<readonly [string, string] | null>(null);
  const open = (id: string) => void navigate({ to: '/o/$org/contacts/$id', params: { org: org.slug, id } });
  return (
    <>
      {org.can('parties.merge') && (
        <Button onClick={() => setChoosing(true)}>
          <Merge aria-hidden /> Merge…
        </Button>
      )}
      {org.can('parties.write') && (
        <Button onClick={() => setEditing(true)}>
          <Pencil aria-hidden /> Edit
        </Button>
      )}
      <PartyPanel
        party={party}
        open={editing}
        onClose={() => setEditing(false)}
        onRemoved={() => void navigate({ to: '/o/$org/contacts', params: { org: org.slug } })}
      />
      <ChooseOther
        party={party}
        open={choosing}
        onClose={() => setChoosing(false)}
        onChosen={(other) => {
          setChoosing(false);
          setPair([party.id, other]);
        }}
      />
      <MergeDialog
        pair={pair}
        onClose={() => setPair(null)}
        onMerged={({ id }) => {
          setPair(null);
          open(id);
        }}
      />
    </>
  );
}

interface ChooseOtherProps {
  party: Party;
  open: boolean;
  onClose: () => void;
  onChosen: (id: string) => void;
}

function ChooseOther({ party, open, onClose, onChosen }: ChooseOtherProps) {
  const [other, setOther] = useState<string | null>(null);
  return (
    <Dialog open={open} onOpenChange={(next) => !next && onClose()} title={`Merge ${party.name} with…`} size="sm">
      <div className="pb-5">
        <FieldFrame label={party.kind === 'company' ? 'The other company' : 'The other person'}>
          {(control) => (
            <PartyPicker {...control} kind={party.kind} except={[party.id]} value={other} onValue={setOther} />
          )}
        </FieldFrame>
      </div>
      <DialogFooter>
        <Button onClick={onClose}>Cancel</Button>
        <Button variant="primary" disabled={!other} onClick={() => other && onChosen(other)}>
          Compare
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
