import { useQuery } from '@tanstack/react-query';
import { BellOff, BellRing } from 'lucide-react';
import { useChange } from '#platform/client/use-change.ts';
import { IconButton } from '#platform/ui/button.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { inquiriesApi, watchingQuery } from './inquiry-queries.ts';

/** Whether new ones ring the reader’s bell. */
export function WatchButton() {
  const org = useOrg();
  const { data } = useQuery(watchingQuery(org.slug));
  const watch = useChange(org.slug, ['inquiry_watchers'], (watching: boolean, call) =>
    inquiriesApi.setWatching({ org: org.slug, body: { watching } }, call),
  );
  if (!data) return null;
  const { watching } = data;
  return (
    <IconButton
      label={watching ? `I’m told of new ${org.words.inquiry.many}` : `I’m not told of new ${org.words.inquiry.many}`}
      aria-pressed={watching}
      aria-disabled={watch.isPending}
      onClick={() => watch.mutate(!watching)}
    >
      {watching ? <BellRing aria-hidden /> : <BellOff aria-hidden />}
    </IconButton>
  );
}
