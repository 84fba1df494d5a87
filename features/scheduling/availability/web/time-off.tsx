import { useQuery } from '@tanstack/react-query';
import { Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import * as z from 'zod';
import { useChange } from '#platform/client/use-change.ts';
import { formatRange } from '#platform/time/format.ts';
import { fromWallClock, today } from '#platform/time/wall-clock.ts';
import { Button, IconButton } from '#platform/ui/button.tsx';
import { DateTimeField } from '#platform/ui/date-time-field.tsx';
import { Dialog, DialogFooter } from '#platform/ui/dialog.tsx';
import { entityForm } from '#platform/ui/entity-form.tsx';
import { ErrorNotice, errorText } from '#platform/ui/error-notice.tsx';
import { CardList, Section } from '#platform/ui/table.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { timeOff } from '../contract.ts';
import { availabilityApi, timeOffQuery } from './availability-queries.ts';

const { Form, Field } = entityForm(
  z.object(timeOff.fields).refine(({ startsAt, endsAt }) => startsAt < endsAt, {
    error: 'The end must be after the start.',
    path: ['endsAt'],
  }),
);

/** When somebody or something is away, those to come first. */
export function TimeOff({ resourceId, zone }: { resourceId: string; zone: string }) {
  const org = useOrg();
  const toast = useToast();
  const [adding, setAdding] = useState(false);
  const { data, error, refetch } = useQuery(timeOffQuery(org.slug, resourceId));
  const remove = useChange(org.slug, ['time_off'], (id: string, call) =>
    availabilityApi.removeTimeOff({ org: org.slug, params: { id } }, call),
  );
  const [now] = useState(() => new Date().toISOString());
  const items = (data?.items ?? []).filter(({ endsAt }) => endsAt > now);
  // Of others they see nothing: what is shown is theirs.
  const editable = org.can('availability.write', 'own');
  return (
    <Section
      title="Time off"
      description="Searches leave it out, and booking then warns."
      actions={
        editable && (
          <Button size="sm" onClick={() => setAdding(true)}>
            <Plus aria-hidden /> Add time off
          </Button>
        )
      }
    >
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {data && items.length === 0 && <p className="text-sm text-ink-faint">None to come.</p>}
      {items.length > 0 && (
        <CardList label="Time off">
          {items.map(({ id, startsAt, endsAt, reason }) => (
            <li key={id} className="flex items-center gap-3 px-4 py-2 text-sm">
              <div className="min-w-0 flex-1">
                <p className="tabular-nums">{formatRange(startsAt, endsAt, zone)}</p>
                {reason && (
                  <p className="truncate text-xs text-ink-faint" title={reason}>
                    {reason}
                  </p>
                )}
              </div>
              {editable && (
                <IconButton
                  label={`Remove time off of ${formatRange(startsAt, endsAt, zone)}`}
                  size="icon-sm"
                  onClick={() =>
                    remove.mutate(id, {
                      onError: (failure) =>
                        toast({ tone: 'danger', title: 'It couldn’t be removed', detail: errorText(failure) }),
                    })
                  }
                >
                  <Trash2 aria-hidden />
                </IconButton>
              )}
            </li>
          ))}
        </CardList>
      )}
      <AddTimeOff resourceId={resourceId} zone={zone} open={adding} onOpenChange={setAdding} />
    </Section>
  );
}

function AddTimeOff({
  resourceId,
  zone,
  open,
  onOpenChange,
}: {
  resourceId: string;
  zone: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const org = useOrg();
  const add = useChange(
    org.slug,
    ['time_off'],
    (body: { resourceId: string; startsAt: string; endsAt: string; reason: string }, call) =>
      availabilityApi.addTimeOff({ org: org.slug, body }, call),
  );
  const close = () => onOpenChange(false);
  const date = today(zone);
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Add time off">
      <Form
        values={{
          resourceId,
          startsAt: fromWallClock({ date, time: '00:00' }, zone) ?? undefined,
          endsAt: fromWallClock({ date, time: '23:59' }, zone) ?? undefined,
        }}
        onSubmit={async (values) => {
          await add.mutateAsync(values);
          close();
        }}
        onCancel={close}
        action="Add time off"
        footer={DialogFooter}
      >
        <Field name="startsAt" label="From">
          {({ value, onValue, ...control }) => (
            <DateTimeField
              {...control}
              label="From"
              zone={zone}
              value={value || null}
              onValue={(next) => onValue(next ?? '')}
            />
          )}
        </Field>
        <Field name="endsAt" label="To">
          {({ value, onValue, ...control }) => (
            <DateTimeField
              {...control}
              label="To"
              zone={zone}
              value={value || null}
              onValue={(next) => onValue(next ?? '')}
            />
          )}
        </Field>
        <Field name="reason" label="Reason" hint="Members of the organisation see it." />
      </Form>
    </Dialog>
  );
}
