import { useNavigate } from '@tanstack/react-router';
import { History } from 'lucide-react';
import { useState } from 'react';
import { zoneNote } from '#platform/time/format.ts';
import { Button } from '#platform/ui/button.tsx';
import { DateTimeField } from '#platform/ui/date-time-field.tsx';
import { Popover } from '#platform/ui/popover.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';

/** Chooses an instant of the past to look at. */
export function AsOfPicker({
  engagementId,
  zone,
  at,
}: {
  engagementId: string;
  zone: string;
  at?: string | undefined;
}) {
  const org = useOrg();
  const navigate = useNavigate();
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState<string | null>(at ?? null);
  const future = chosen !== null && Date.parse(chosen) > Date.now();
  const show = () => {
    if (!chosen || future) return;
    setOpen(false);
    void navigate({
      to: '/o/$org/engagements/$id',
      params: { org: org.slug, id: engagementId },
      search: { at: chosen },
    });
  };
  return (
    <div>
      <Popover
        label="As of a time"
        className="w-80"
        open={open}
        onOpenChange={setOpen}
        trigger={
          <Button size="sm">
            <History aria-hidden /> As of a time…
          </Button>
        }
      >
        <form
          className="grid gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            show();
          }}
        >
          <DateTimeField
            label="As of"
            value={chosen}
            onValue={setChosen}
            zone={zone}
            aria-invalid={future || undefined}
          />
          <p className="text-xs text-pretty text-ink-faint">
            {future
              ? 'That is still to come. Choose a time that has passed.'
              : `Shows how everything stood then. ${zoneNote(zone, org.zone)}`}
          </p>
          <Button type="submit" variant="primary" size="sm" disabled={!chosen || future}>
            Show
          </Button>
        </form>
      </Popover>
    </div>
  );
}
