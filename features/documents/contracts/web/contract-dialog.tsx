import { useQuery } from '@tanstack/react-query';
import { ExternalLink } from 'lucide-react';
import { useState } from 'react';
import { useChange } from '#platform/client/use-change.ts';
import type { Paper } from '#platform/pdf/document.ts';
import { Button } from '#platform/ui/button.tsx';
import { Dialog, DialogFooter } from '#platform/ui/dialog.tsx';
import { ErrorNotice, errorText } from '#platform/ui/error-notice.tsx';
import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { Select } from '#platform/ui/select.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import type { Engagement } from '#features/engagements/contract.ts';
import { engagementQuery } from '#features/engagements/web/engagement-queries.ts';
import { fileTables } from '#features/files/web/file-queries.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { PartyPicker } from '#features/parties/web/party-picker.tsx';
import { contractsApi, contractTemplatesQuery, contractUrl, draftQuery } from './contract-queries.ts';

interface ContractDialogProps {
  open: boolean;
  onClose: () => void;
  engagement: Engagement;
  paper: Paper;
}

/** Which wording, with whom; what it lacks; then to look at, or into the dossier. */
export function ContractDialog({ open, onClose, ...rest }: ContractDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={(now) => !now && onClose()}
      title="Write a contract"
      description="From a wording, with what stands here. No legal advice: have your wordings looked at once by somebody who knows your law."
    >
      {open && <ContractForm {...rest} onClose={onClose} />}
    </Dialog>
  );
}

function ContractForm({ engagement, paper, onClose }: Omit<ContractDialogProps, 'open'>) {
  const org = useOrg();
  const toast = useToast();
  const { data, error } = useQuery(contractTemplatesQuery(org.slug));
  const dossier = useQuery(engagementQuery(org.slug, engagement.id));
  const [chosenKey, setKey] = useState<string | null>(null);
  const [chosenParty, setParty] = useState<string | null>(null);
  const wordings = (data?.items ?? []).filter(({ pack }) => pack === engagement.pack);
  const key = chosenKey ?? wordings[0]?.key ?? null;
  // Whoever is named on the engagement first, until somebody else is chosen.
  const partyId = chosenParty ?? dossier.data?.parties[0]?.partyId ?? null;
  const wanted = { engagementId: engagement.id, key: key ?? '', partyId: partyId ?? '' };
  const ready = key !== null && partyId !== null;
  const draft = useQuery({ ...draftQuery(org.slug, wanted), enabled: ready });
  const keep = useChange(org.slug, fileTables, (body: { key: string; partyId: string; paper: Paper }, call) =>
    contractsApi.keep({ org: org.slug, params: { id: engagement.id }, body }, call),
  );
  const save = () =>
    keep.mutate(
      { key: wanted.key, partyId: wanted.partyId, paper },
      {
        onSuccess: ({ name }) => {
          toast({ tone: 'good', title: 'Kept in the dossier', detail: name });
          onClose();
        },
        onError: (failure) => toast({ tone: 'danger', title: 'Nothing was kept', detail: errorText(failure) }),
      },
    );
  return (
    <>
      <div className="grid gap-4 pb-5">
        {error && <ErrorNotice error={error} />}
        <FieldFrame label="Wording">
          {(control) => (
            <Select
              {...control}
              value={key}
              onValue={setKey}
              options={wordings.map((each) => ({ value: each.key, label: each.name }))}
            />
          )}
        </FieldFrame>
        <FieldFrame label="With whom">
          {(control) => <PartyPicker {...control} value={partyId} onValue={setParty} />}
        </FieldFrame>
        {draft.error && <ErrorNotice error={draft.error} />}
        {draft.data && <Missing missing={draft.data.missing} />}
      </div>
      <DialogFooter>
        <Button onClick={onClose}>Cancel</Button>
        {ready && (
          <Button asChild>
            <a href={contractUrl(org.slug, wanted, paper)} target="_blank" rel="noreferrer">
              <ExternalLink aria-hidden /> Look at it
            </a>
          </Button>
        )}
        {org.can('files.write') && (
          <Button variant="primary" disabled={!ready} busy={keep.isPending} onClick={save}>
            Keep in the dossier
          </Button>
        )}
      </DialogFooter>
    </>
  );
}

function Missing({ missing }: { missing: readonly { name: string; means: string }[] }) {
  if (missing.length === 0) return <p className="text-sm text-ink-soft">Everything that the wording needs is here.</p>;
  return (
    <div className="rounded-md bg-hold-soft px-3 py-2.5 text-sm text-on-hold-soft">
      <p className="font-medium">Room is left for a pen, as nobody has entered:</p>
      <ul className="mt-1 list-disc pl-5">
        {missing.map(({ name, means }) => (
          <li key={name}>{means}</li>
        ))}
      </ul>
    </div>
  );
}
