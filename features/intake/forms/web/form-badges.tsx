import { Badge } from '#platform/ui/badge.tsx';
import type { FormInList } from '../contract.ts';

/** What people see of a form at present. */
export function FormBadges({
  form: { published, changed, open, archivedAt },
}: {
  form: Pick<FormInList, 'published' | 'changed' | 'open' | 'archivedAt'>;
}) {
  if (archivedAt !== null) return <Badge>Archived</Badge>;
  if (published === null) return <Badge tone="outline">Draft</Badge>;
  return (
    <>
      <Badge tone={open ? 'good' : 'neutral'}>{open ? 'Open' : 'Closed'}</Badge>
      {changed && <Badge tone="hold">Changes not published</Badge>}
    </>
  );
}
