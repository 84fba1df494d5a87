import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ActivityFilter } from '#features/history/web/activity-queries.ts';
import { packs } from '#features/organisations/packs/packs.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { engagementQuery } from '../engagement-queries.ts';
import { ActivityStream } from './activity-stream.tsx';
import { AsOfPicker } from './as-of-picker.tsx';

interface HistoryListProps {
  engagementId: string;
  zone: string;
  /** The instant that is looked at, when it isn't now. */
  at?: string;
}

/** All that happened in an engagement's dossier, newest first; each a way back to that time, for who may read it. */
export function HistoryList({ engagementId, zone, at }: HistoryListProps) {
  const org = useOrg();
  const [filter, setFilter] = useState<ActivityFilter>({});
  const one = useQuery(engagementQuery(org.slug, engagementId));
  return (
    <ActivityStream
      filter={{ ...filter, engagementId }}
      onFilter={setFilter}
      pack={one.data ? packs[one.data.engagement.pack] : org.pack}
      zone={zone}
      at={at}
    >
      {org.can('history.read') && <AsOfPicker engagementId={engagementId} zone={zone} at={at} />}
    </ActivityStream>
  );
}
