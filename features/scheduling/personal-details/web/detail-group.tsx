import { useQuery } from '@tanstack/react-query';
import { Eye, EyeOff, Lock, Pencil } from 'lucide-react';
import { useState } from 'react';
import { ApiError } from '#platform/client/client.ts';
import { Button, IconButton } from '#platform/ui/button.tsx';
import { ErrorNotice, errorText } from '#platform/ui/error-notice.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { CardList, Section } from '#platform/ui/table.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { Group } from '../contract.ts';
import { labels, readable } from './detail-words.ts';
import { EditDetails, type Editing } from './edit-details.tsx';
import { maskedQuery } from './personal-queries.ts';
import { useRevealed } from './use-revealed.ts';

interface DetailGroupProps {
  resourceId: string;
  group: Group;
  title: string;
  description: string;
  /** Said to those who may see it of themselves only. */
  refused: string;
}

/** One group of a person's restricted data, value by value. */
export function DetailGroup({ resourceId, group, title, description, refused }: DetailGroupProps) {
  const org = useOrg();
  const toast = useToast();
  const { data, error, refetch } = useQuery(maskedQuery(org.slug, resourceId, group));
  const revealed = useRevealed(org.slug, resourceId, group, data?.updatedAt);
  const [editing, setEditing] = useState<Editing | null>(null);
  const known = labels[group].map(([field]) => field).filter((field) => typeof data?.fields[field] === 'string');
  const shown = known.some((field) => revealed.values[field] !== undefined);

  const fail = (failure: unknown) => toast({ tone: 'danger', title: 'It can’t be shown', detail: errorText(failure) });
  const show = (fields: string[]) => revealed.show(fields).catch(fail);
  const edit = async () => {
    if (known.length === 0) return setEditing({ version: data?.version ?? 0, values: {} });
    const answer = await show(known);
    if (answer) setEditing({ version: answer.version, values: answer.fields });
  };

  if (error instanceof ApiError && (error.code === 'not_found' || error.code === 'forbidden'))
    return (
      <Section title={title}>
        <p className="flex items-center gap-2 text-sm text-ink-soft">
          <Lock aria-hidden className="size-4 shrink-0 text-ink-faint" /> {refused}
        </p>
      </Section>
    );
  return (
    <Section
      title={title}
      description={description}
      actions={
        data && (
          <div className="flex gap-2">
            {(known.length > 1 || shown) && (
              <Button size="sm" busy={revealed.busy} onClick={() => (shown ? revealed.hide() : void show(known))}>
                {shown ? <EyeOff aria-hidden /> : <Eye aria-hidden />} {shown ? 'Hide' : 'Show all'}
              </Button>
            )}
            <Button size="sm" aria-label={`Edit ${title}`} disabled={revealed.busy} onClick={() => void edit()}>
              <Pencil aria-hidden /> {known.length === 0 ? 'Add' : 'Edit'}
            </Button>
          </div>
        )
      }
    >
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {!data && !error && <SkeletonRows rows={3} />}
      {data && known.length === 0 && <p className="text-sm text-ink-faint">Nothing is known.</p>}
      {known.length > 0 && (
        <CardList label={title}>
          {labels[group].map(([field, label]) => (
            <DetailRow
              key={field}
              label={label}
              masked={data?.fields[field] ?? null}
              value={revealed.values[field] ? readable(field, revealed.values[field]) : null}
              onShow={() => void show([field])}
            />
          ))}
        </CardList>
      )}
      <EditDetails
        resourceId={resourceId}
        group={group}
        title={title}
        editing={editing}
        onClose={() => setEditing(null)}
        onSaved={revealed.hide}
      />
    </Section>
  );
}

interface DetailRowProps {
  label: string;
  masked: string | null;
  value: string | null;
  onShow: () => void;
}

function DetailRow({ label, masked, value, onShow }: DetailRowProps) {
  return (
    <li className="flex min-h-11 items-center gap-3 px-4 py-1.5 text-sm">
      <div className="grid min-w-0 flex-1 gap-x-3 sm:grid-cols-[11rem_minmax(0,1fr)] sm:items-baseline">
        <span className="text-ink-faint">{label}</span>
        {value === null ? (
          <span className={masked === null ? 'text-ink-faint' : 'tabular-nums'}>{masked ?? '–'}</span>
        ) : (
          <span className="break-words whitespace-pre-wrap tabular-nums">{value}</span>
        )}
      </div>
      {masked !== null && value === null && (
        <IconButton label={`Show ${label}`} size="icon-sm" onClick={onShow}>
          <Eye aria-hidden />
        </IconButton>
      )}
    </li>
  );
}
