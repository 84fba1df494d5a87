import { useNavigate } from '@tanstack/react-router';
import { Megaphone } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#platform/ui/button.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { StartCalls } from './start-calls.tsx';

interface CallNeedButtonProps {
  need: { id: string; title: string };
  engagement: { id: string; title: string };
}

/** Beside a need that has open seats: starts calling for it, and leads to where that is shown. */
export function CallNeedButton({ need, engagement }: CallNeedButtonProps) {
  const org = useOrg();
  const navigate = useNavigate();
  const [open, setOpen] = useState(false);
  if (!org.can('calls.run')) return null;
  return (
    <>
      <Button size="sm" variant="ghost" aria-label={`Call for ${need.title}`} onClick={() => setOpen(true)}>
        <Megaphone aria-hidden /> Call…
      </Button>
      <StartCalls
        need={open ? { id: need.id, title: need.title, engagement: engagement.title } : null}
        onClose={() => setOpen(false)}
        onStarted={() =>
          void navigate({
            to: '/o/$org/engagements/$id',
            params: { org: org.slug, id: engagement.id },
            search: { tab: 'calls' },
          })
        }
      />
    </>
  );
}
