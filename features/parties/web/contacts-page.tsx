import { useNavigate, useSearch } from '@tanstack/react-router';
import { Download, Plus } from 'lucide-react';
import { useState } from 'react';
import { saveFile } from '#features/history/web/save-file.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { capital } from '#features/organisations/web/word-case.ts';
import { MyFollowUps } from '#features/parties/follow-ups/web/my-follow-ups.tsx';
import { DuplicatesBanner } from '#features/parties/merges/web/duplicates-banner.tsx';
import { Button, IconButton } from '#platform/ui/button.tsx';
import { errorText } from '#platform/ui/error-notice.tsx';
import { PageHeader } from '#platform/ui/page-header.tsx';
import { Segmented } from '#platform/ui/segmented.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { ContactFilters } from './contact-filters.tsx';
import { ContactList, useContacts } from './contact-list.tsx';
import type { ContactsSearch } from './contacts-search.ts';
import { PartyPanel } from './party-panel.tsx';
import { partiesApi } from './party-queries.ts';

/** People and companies one deals with, and whom to get back to. */
export function ContactsPage() {
  const org = useOrg();
  const navigate = useNavigate();
  const search = useSearch({ from: '/o/$org/contacts' });
  const [adding, setAdding] = useState(false);
  const contacts = useContacts(search);
  const word = org.words.party;
  const change = (part: ContactsSearch) => void navigate({ to: '.', search: { ...search, ...part }, replace: true });
  const add = org.can('parties.write') && (
    <Button variant="primary" onClick={() => setAdding(true)}>
      <Plus aria-hidden /> New {word.one}
    </Button>
  );
  return (
    <>
      <PageHeader
        title={capital(word.many)}
        aside={!search.show && contacts.list.data?.pages[0]?.total.toLocaleString()}
        actions={
          <>
            <SaveAsCsv />
            {add}
          </>
        }
      >
        {org.can('follow_ups.read') && (
          <Segmented
            label="Show"
            value={search.show ?? 'contacts'}
            onValue={(show) => change({ show: show === 'follow-ups' ? show : undefined })}
            options={[
              { value: 'contacts', label: capital(word.many) },
              { value: 'follow-ups', label: 'Follow-ups' },
            ]}
          />
        )}
        {search.show && (
          <Segmented
            label="Whose"
            value={search.whose ?? 'mine'}
            onValue={(whose) => change({ whose: whose === 'all' ? whose : undefined })}
            options={[
              { value: 'mine', label: 'Mine' },
              { value: 'all', label: 'Everybody’s' },
            ]}
          />
        )}
        {!search.show && <ContactFilters search={search} onChange={change} />}
      </PageHeader>
      {search.show === 'follow-ups' ? (
        <MyFollowUps whose={search.whose ?? 'mine'} />
      ) : (
        <>
          {org.can('parties.merge') && <DuplicatesBanner />}
          <ContactList {...contacts} add={add} />
        </>
      )}
      <PartyPanel party={null} open={adding} onClose={() => setAdding(false)} />
    </>
  );
}

function SaveAsCsv() {
  const org = useOrg();
  const toast = useToast();
  const save = () =>
    partiesApi.export({ org: org.slug }).then(
      (csv) => saveFile(`${org.name} ${org.words.party.many}.csv`, csv, 'text/csv'),
      (failure: unknown) => toast({ tone: 'danger', title: 'No file was made', detail: errorText(failure) }),
    );
  return (
    <IconButton label="Save as CSV" variant="secondary" onClick={() => void save()}>
      <Download aria-hidden />
    </IconButton>
  );
}
