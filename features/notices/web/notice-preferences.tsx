import { queryOptions, useQuery } from '@tanstack/react-query';
import { orgKey } from '#platform/client/query-client.ts';
import { useChange } from '#platform/client/use-change.ts';
import { ErrorNotice, errorText } from '#platform/ui/error-notice.tsx';
import { Select } from '#platform/ui/select.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { CardList, Section } from '#platform/ui/table.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { NoticePreferences as Preferences } from '../contract.ts';
import { noticeKinds, wordsOf } from '../kinds.ts';
import { noticesApi } from './notice-queries.ts';

const times = [
  { value: 'never', label: 'In the app only' },
  { value: 'daily', label: 'Mail once a day' },
  { value: 'now', label: 'Mail at once' },
] as const;

const preferencesQuery = (org: string) =>
  queryOptions({
    queryKey: orgKey(org, 'notice_preferences'),
    queryFn: ({ signal }) => noticesApi.getPreferences({ org }, { signal }),
  });

/** Which of one's own notices also come by mail. Each choice is saved as it is made. */
export function NoticePreferences() {
  const org = useOrg();
  const toast = useToast();
  const { data, error, refetch } = useQuery(preferencesQuery(org.slug));
  const save = useChange(org.slug, ['notice_preferences'], (mail: Preferences, call) =>
    noticesApi.setPreferences({ org: org.slug, body: { mail } }, call),
  );
  const choose = (mail: Preferences) =>
    void save
      .mutateAsync(mail)
      .catch((failure: unknown) => toast({ tone: 'danger', title: 'It was not saved', detail: errorText(failure) }));
  const mail = save.isPending ? save.variables : data?.mail;
  return (
    <Section
      title="My notifications"
      description="All of them stand under the bell. Choose which also come by mail; the daily one holds what you have not read by seven in the morning."
    >
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {!data && !error && <SkeletonRows rows={noticeKinds.length} />}
      {mail && (
        <CardList label="Notifications">
          {noticeKinds.map((kind) => (
            <li key={kind} className="flex flex-wrap items-center gap-x-3 gap-y-1.5 px-4 py-2 text-sm">
              <span className="min-w-0 flex-1 basis-56 font-medium">{wordsOf(kind)}</span>
              <Select
                aria-label={wordsOf(kind)}
                value={mail[kind]}
                options={times}
                disabled={save.isPending}
                onValue={(value) => choose({ ...mail, [kind]: value })}
                className="w-full sm:w-44"
              />
            </li>
          ))}
        </CardList>
      )}
    </Section>
  );
}
