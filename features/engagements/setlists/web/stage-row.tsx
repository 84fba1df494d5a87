import { Check, SkipForward } from 'lucide-react';
import { useChange } from '#platform/client/use-change.ts';
import { Badge } from '#platform/ui/badge.tsx';
import { Button } from '#platform/ui/button.tsx';
import { cn } from '#platform/ui/class-names.ts';
import { errorText } from '#platform/ui/error-notice.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { SetlistEntry } from '../contract.ts';
import { setlistsApi } from './setlist-queries.ts';

type Played = SetlistEntry['played'];

/** One song on stage: its key in sight, played or skipped by one press, taken back by the same. */
export function StageRow({ entry }: { entry: SetlistEntry }) {
  const org = useOrg();
  const toast = useToast();
  const say = useChange(org.slug, ['setlist_entries'], (played: Played, call) =>
    setlistsApi.setPlayed({ org: org.slug, params: { id: entry.id }, body: { played } }, call),
  );
  const played = say.isPending ? say.variables : entry.played;
  const press = (wanted: 'played' | 'skipped') =>
    say.mutate(played === wanted ? null : wanted, {
      onError: (error) => toast({ tone: 'danger', title: 'It was not saved', detail: errorText(error) }),
    });
  return (
    <li
      className={cn(
        'mx-2 flex min-h-16 items-center gap-2 rounded-lg px-2 py-1.5 break-inside-avoid print:min-h-0 print:py-0.5',
        played === 'played' && 'bg-good-soft/60 print:bg-transparent',
      )}
    >
      <div className="min-w-0 flex-1">
        <p
          className={cn(
            'flex flex-wrap items-baseline gap-x-2 text-lg leading-tight break-words print:text-3xl print:font-semibold',
            entry.kind === 'song' ? 'font-semibold' : 'text-ink-soft italic',
            played === 'skipped' && 'text-ink-faint line-through print:hidden',
          )}
        >
          <span className="min-w-0 break-words">{entry.name}</span>
          {entry.inKey && (
            <span className="text-base font-medium text-accent print:text-2xl print:text-ink">{entry.inKey}</span>
          )}
        </p>
        <p className="flex flex-wrap items-center gap-x-2 text-sm text-ink-soft">
          {!entry.planned && (
            <Badge tone="accent" className="print:hidden">
              On stage
            </Badge>
          )}
          {[entry.versionName, entry.bpm && `${entry.bpm} BPM`, entry.notes].filter(Boolean).join(' · ')}
        </p>
      </div>
      {entry.kind === 'song' && org.can('setlists.play', 'own') && (
        <div className="flex shrink-0 gap-2 print:hidden">
          <Button
            aria-label={`Skipped: ${entry.name}`}
            aria-pressed={played === 'skipped'}
            onClick={() => press('skipped')}
            className="size-12 px-0 aria-pressed:bg-hold-soft aria-pressed:text-on-hold-soft"
          >
            <SkipForward aria-hidden />
          </Button>
          <Button
            aria-label={`Played: ${entry.name}`}
            aria-pressed={played === 'played'}
            onClick={() => press('played')}
            className="size-12 px-0 aria-pressed:border-accent aria-pressed:bg-accent aria-pressed:text-on-accent"
          >
            <Check aria-hidden />
          </Button>
        </div>
      )}
    </li>
  );
}
