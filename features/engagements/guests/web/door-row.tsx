import { Check, Minus, Plus, Undo2 } from 'lucide-react';
import { useRef } from 'react';
import { useChange } from '#platform/client/use-change.ts';
import { formatTime } from '#platform/time/format.ts';
import { Badge } from '#platform/ui/badge.tsx';
import { Button } from '#platform/ui/button.tsx';
import { cn } from '#platform/ui/class-names.ts';
import { errorText } from '#platform/ui/error-notice.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { DoorGuest } from '../contract.ts';
import { isSamePress, listName, placesOf } from '../rules.ts';
import { guestsApi } from './guest-queries.ts';
import { passWords } from './guest-words.ts';

/** One party at the door. @param letter that begins with it */
export function DoorRow({ guest, letter }: { guest: DoorGuest; letter: string | null }) {
  const places = placesOf(guest);
  const count = useCounting(guest);
  const whole = count.arrived >= places;
  const pressedAt = useRef(-Infinity);
  const name = listName(guest);
  const about = [guest.allotmentName, guest.pickup].filter(Boolean).join(' · ');
  return (
    <>
      {letter && (
        <li aria-hidden className="px-4 pt-4 pb-1 text-xs font-semibold text-ink-faint">
          {letter}
        </li>
      )}
      <li
        className={cn(
          'mx-2 flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg px-2 py-2.5 break-inside-avoid sm:mx-4',
          whole && 'bg-good-soft/60 print:bg-transparent',
        )}
      >
        <PaperBoxes places={places} />
        <div className="min-w-0 flex-1 basis-40">
          <p className="text-base font-medium break-words">
            {name}
            {guest.plus > 0 && <span className="ml-1.5 font-semibold text-accent tabular-nums">+{guest.plus}</span>}
          </p>
          <p className="flex flex-wrap items-center gap-x-2 text-xs text-ink-soft">
            {guest.passType !== 'guest' && <Badge tone="accent">{passWords[guest.passType]}</Badge>}
            {about && <span className="min-w-0 break-words">{about}</span>}
            <Since guest={guest} />
          </p>
          {guest.note && (
            <p className="mt-0.5 text-sm break-words whitespace-pre-line text-on-hold-soft">{guest.note}</p>
          )}
        </div>
        <div className="ml-auto flex items-center gap-2 print:hidden">
          {guest.plus > 0 && (
            <Stepper name={name} arrived={count.arrived} places={places} busy={count.busy} onCount={count.set} />
          )}
          <Button
            size="lg"
            variant={whole ? 'ghost' : 'primary'}
            busy={count.busy}
            aria-label={whole ? `Undo, ${name}` : `Check in ${name}`}
            onClick={({ timeStamp }) => {
              const again = isSamePress(pressedAt.current, timeStamp);
              pressedAt.current = timeStamp;
              if (!again) count.set(whole ? 0 : places);
            }}
            className="h-12 min-w-24 text-base"
          >
            {whole ? (
              <>{!count.busy && <Undo2 aria-hidden />} Undo</>
            ) : (
              <>
                {!count.busy && <Check aria-hidden />} {guest.plus > 0 ? `All ${places}` : 'In'}
              </>
            )}
          </Button>
        </div>
      </li>
    </>
  );
}

/** On paper: one to tick for each who may come. */
function PaperBoxes({ places }: { places: number }) {
  return (
    <span aria-hidden className="hidden w-24 flex-wrap gap-1 print:flex">
      {Array.from({ length: places }, (_, index) => (
        <span key={index} className="size-4 border border-ink" />
      ))}
    </span>
  );
}

function Since({ guest: { arrivedAt, arrived, plus } }: { guest: DoorGuest }) {
  const org = useOrg();
  if (!arrivedAt) return null;
  return (
    <span className="font-medium text-on-good-soft tabular-nums">
      {plus > 0 ? `${arrived} of ${plus + 1} in, since ` : 'In since '}
      {formatTime(arrivedAt, org.zone)}
    </span>
  );
}

interface StepperProps {
  name: string;
  arrived: number;
  places: number;
  busy: boolean;
  onCount: (arrived: number) => void;
}

/** One more, one less: parties come in bits. */
function Stepper({ name, arrived, places, busy, onCount }: StepperProps) {
  const step = 'h-12 w-11 px-0';
  return (
    <div role="group" aria-label={`In, of ${name}`} className="flex items-center">
      <Button
        className={cn(step, 'rounded-r-none')}
        aria-disabled={busy || arrived === 0}
        aria-label={`One less, ${name}`}
        onClick={() => onCount(arrived - 1)}
      >
        <Minus aria-hidden />
      </Button>
      <span className="grid h-12 min-w-12 place-items-center border-y border-line bg-surface px-1 text-sm tabular-nums">
        {arrived}/{places}
      </span>
      <Button
        className={cn(step, 'rounded-l-none')}
        aria-disabled={busy || arrived >= places}
        aria-label={`One more, ${name}`}
        onClick={() => onCount(arrived + 1)}
      >
        <Plus aria-hidden />
      </Button>
    </div>
  );
}

/** Counts from what is seen here; another door that was faster is told of, and its count shown. */
function useCounting(guest: DoorGuest) {
  const org = useOrg();
  const toast = useToast();
  const arrive = useChange(org.slug, ['guests'], (body: { seen: number; arrived: number }, call) =>
    guestsApi.arrive({ org: org.slug, params: { id: guest.id }, body }, call),
  );
  return {
    arrived: arrive.isPending ? arrive.variables.arrived : guest.arrived,
    busy: arrive.isPending,
    set: (arrived: number) =>
      arrive.mutate(
        { seen: guest.arrived, arrived },
        { onError: (error) => toast({ tone: 'danger', title: 'Not counted', detail: errorText(error) }) },
      ),
  };
}
