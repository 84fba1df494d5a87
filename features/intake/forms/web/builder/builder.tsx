import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Share2 } from 'lucide-react';
import { useState } from 'react';
import { ApiError } from '#platform/client/client.ts';
import { useChange } from '#platform/client/use-change.ts';
import { Button } from '#platform/ui/button.tsx';
import { cn } from '#platform/ui/class-names.ts';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { PageHeader } from '#platform/ui/page-header.tsx';
import { Segmented } from '#platform/ui/segmented.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { Form } from '../../contract.ts';
import { draftFaults } from '../../draft-rules.ts';
import { FormBadges } from '../form-badges.tsx';
import { formsApi } from '../form-queries.ts';
import { FieldList } from './field-list.tsx';
import { FormMenu } from './form-menu.tsx';
import { placesQuery } from './places-query.ts';
import { Preview } from './preview.tsx';
import { ShareDialog } from './share-dialog.tsx';
import { FormTexts } from './form-texts.tsx';
import { useArchiving } from './use-archiving.ts';
import { useDraft } from './use-draft.ts';

/** Writes a form: its draft saves itself; people see it once it is published. */
export function Builder({ form }: { form: Form }) {
  const org = useOrg();
  const toast = useToast();
  const { draft, change, unsaved, error, flush, adopt, takeTheirs } = useDraft(org.slug, form);
  const { data: places } = useQuery(placesQuery(org.slug));
  const [tried, setTried] = useState(false);
  const [sharing, setSharing] = useState(false);
  const [side, setSide] = useState<'edit' | 'preview'>('edit');
  const publish = useChange(org.slug, ['forms', 'form_revisions'], async (_: null, call) => {
    const version = await flush();
    return formsApi.publish({ org: org.slug, params: { id: form.id }, body: { version } }, call);
  });
  const archiving = useArchiving(form, adopt);
  const faults = tried ? draftFaults(draft.fields) : [];
  const general = faults.find(({ at }) => at === null);
  const tryToPublish = () => {
    setTried(true);
    if (draftFaults(draft.fields).length > 0) return setSide('edit');
    publish.mutate(null, {
      onSuccess: (published) => {
        adopt(published);
        setTried(false);
        toast({ tone: 'good', title: 'Published' });
      },
    });
  };
  const conflict = error instanceof ApiError && error.code === 'version_conflict';
  const isNew = form.published === null || form.changed || unsaved;
  return (
    <>
      <PageHeader
        title={draft.title || 'A form without a title'}
        crumb={
          <Link to="/o/$org/forms" params={{ org: org.slug }} className="hover:text-ink">
            Forms
          </Link>
        }
        aside={<FormBadges form={{ ...form, changed: form.changed || unsaved }} />}
        actions={
          <>
            <span role="status" className="text-xs text-ink-faint">
              {error ? 'Not saved' : unsaved ? 'Saving…' : 'Saved'}
            </span>
            <Button onClick={() => setSharing(true)}>
              <Share2 aria-hidden /> Share
            </Button>
            <FormMenu form={form} archiving={archiving} onSaved={adopt} />
            {form.archivedAt === null ? (
              <Button variant="primary" disabled={!isNew} busy={publish.isPending} onClick={tryToPublish}>
                Publish
              </Button>
            ) : (
              <Button variant="primary" busy={archiving.isPending} onClick={() => archiving.set(false)}>
                Take back into use
              </Button>
            )}
          </>
        }
      >
        <Segmented
          label="What to show"
          value={side}
          onValue={setSide}
          options={[
            { value: 'edit', label: 'Fields' },
            { value: 'preview', label: 'Preview' },
          ]}
          className="lg:hidden"
        />
      </PageHeader>
      <div className="grid grid-cols-1 gap-8 px-4 pb-16 sm:px-6 lg:grid-cols-2 xl:grid-cols-[minmax(0,1fr)_minmax(0,32rem)]">
        <div className={cn('grid content-start gap-5', side === 'preview' && 'hidden lg:grid')}>
          {(error ?? publish.error) !== null && (error ?? publish.error) !== undefined && (
            <ErrorNotice error={error ?? publish.error} {...(conflict && { onRetry: () => void takeTheirs() })}>
              {conflict && ' Trying again shows theirs in place of yours.'}
            </ErrorNotice>
          )}
          {faults.length > 0 && (
            <p role="alert" className="rounded-md bg-danger-soft px-3 py-2.5 text-sm text-on-danger-soft">
              {general?.message ?? 'It can’t be published yet. What is missing is said where it belongs.'}
            </p>
          )}
          <FormTexts draft={draft} onChange={change} />
          <FieldList
            fields={draft.fields}
            faults={faults}
            placeName={(id) => places?.items.find((place) => place.id === id)?.name ?? 'A place that is gone'}
            onChange={(fields) => change({ fields })}
          />
        </div>
        <div className={cn(side === 'edit' && 'hidden lg:block')}>
          <div className="rounded-xl lg:sticky lg:top-4 lg:max-h-[calc(100dvh-7rem)] lg:overflow-y-auto">
            <Preview draft={draft} />
          </div>
        </div>
      </div>
      <ShareDialog form={form} open={sharing} onClose={() => setSharing(false)} onSaved={adopt} />
    </>
  );
}
