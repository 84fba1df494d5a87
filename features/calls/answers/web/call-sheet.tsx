import { useMutation } from '@tanstack/react-query';
import { CalendarPlus, CircleCheck, Clock, Info } from 'lucide-react';
import { useRef, useState, type Ref } from 'react';
import { ApiError } from '#platform/client/client.ts';
import { formatMoney } from '#platform/text/money.ts';
import { Badge } from '#platform/ui/badge.tsx';
import { Button } from '#platform/ui/button.tsx';
import { cn } from '#platform/ui/class-names.ts';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { useMinute } from '#platform/ui/use-minute.ts';
import type { PersonCall } from '#features/calls/cascades/person-call-contract.ts';
import { positionWords } from '#features/calls/instruments/skill-rules.ts';
import { allWords, standingOf, type Standing } from '../answer-words.ts';
import { AnswerBar } from './answer-bar.tsx';
import type { Act } from './answer-queries.ts';
import { CallQuestions } from './call-questions.tsx';
import { CallServices } from './call-services.tsx';
import { PlaceLink, type ServicePlace } from './place-link.tsx';

interface CallSheetProps {
  call: PersonCall;
  organisation: string;
  /** Rejects with what went wrong; the call is read anew by then. */
  onAct: (act: Act) => Promise<unknown>;
  /** Where the calendar file is, once accepted. */
  calendar: string;
  /** It is a page of its own, not a part of one. */
  asPage?: boolean;
}

/** Who asks for what, when, where and for how much, and the answer: on the page from the mail and among one’s calls. */
export function CallSheet({ call, organisation, onAct, calendar, asPage = false }: CallSheetProps) {
  const now = useMinute();
  // What is left of services that were taken out since: a choice names no others.
  const [left, setLeft] = useState<readonly string[]>([]);
  const acting = useMutation({ mutationFn: onAct });
  const standing = standingOf(call, organisation, ownZone(), now);
  const choosing = call.partial && call.services.length > 1 && call.can.includes('accept');
  const chosen = call.services.map(({ id }) => id).filter((id) => !left.includes(id));
  const place = commonPlace(call.services);
  const notice = useRef<HTMLDivElement>(null);
  const act = async (what: Act) => {
    try {
      await acting.mutateAsync(what);
    } catch (error) {
      if (isLate(error)) notice.current?.focus();
      throw error;
    }
    // The button that was pressed is gone, and what is true now stands above what is in sight.
    if (what.kind !== 'ask') notice.current?.focus();
  };
  return (
    <>
      <Head call={call} organisation={organisation} asPage={asPage} />
      <StandingNotice ref={notice} standing={standing} />
      <div className="grid grid-cols-1 gap-6 pb-8">
        {call.state === 'accepted' && (
          <Button asChild size="lg" className="justify-self-start">
            <a href={calendar} download="services.ics">
              <CalendarPlus aria-hidden /> Add to my calendar
            </a>
          </Button>
        )}
        {call.message && (
          <blockquote className="border-l-2 border-line-strong pl-3 text-base break-words whitespace-pre-line text-ink-soft">
            {call.message}
          </blockquote>
        )}
        <Facts call={call} place={place} part={choosing ? chosen.length < call.services.length : isPart(call)} />
        <CallServices
          services={call.services}
          zone={ownZone()}
          placed={place !== null}
          booked={call.state === 'accepted'}
          choice={
            choosing
              ? {
                  chosen,
                  onChange: (id, wanted) => setLeft(wanted ? left.filter((each) => each !== id) : [...left, id]),
                }
              : null
          }
        />
        <CallQuestions call={call} organisation={organisation} onAsk={(body) => act({ kind: 'ask', body })} />
      </div>
      {acting.error && acting.variables.kind !== 'ask' && !isTold(acting.error, call) && (
        <ErrorNotice error={acting.error} className="mb-3" />
      )}
      <AnswerBar
        key={call.state}
        sticky={asPage}
        call={call}
        chosen={choosing ? chosen : null}
        busy={acting.isPending}
        onAct={act}
      />
    </>
  );
}

/** A click that came too late: the notice at the top says by now how the call stands. */
function isTold(error: Error, { state }: PersonCall): boolean {
  return isLate(error) && state !== 'open';
}

function isLate(error: unknown): boolean {
  return error instanceof ApiError && error.status === 410;
}

function ownZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

function Head({ call, organisation, asPage }: { call: PersonCall; organisation: string; asPage: boolean }) {
  const Title = asPage ? 'h1' : 'h2';
  return (
    <header className="mb-5">
      {asPage && (
        <p className="mb-4 text-sm text-ink-soft">
          <span className="font-semibold text-ink">{organisation}</span> asks {call.person}
        </p>
      )}
      <Title className="text-xl font-semibold tracking-tight text-balance break-words">{call.engagement.title}</Title>
      <p className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-1 text-base break-words text-ink-soft">
        {positionWords(call.need.title, call.need.doubles)}
        {call.need.kind === 'principal' && !/principal|concertmaster/i.test(call.need.title) && (
          <Badge tone="outline">principal</Badge>
        )}
      </p>
    </header>
  );
}

const looks = {
  open: { box: 'bg-hold-soft text-on-hold-soft', Icon: Clock },
  good: { box: 'bg-good-soft text-on-good-soft', Icon: CircleCheck },
  quiet: { box: 'bg-pencil-soft text-on-pencil-soft', Icon: Info },
} as const;

function StandingNotice({ ref, standing }: { ref: Ref<HTMLDivElement>; standing: Standing }) {
  const { box, Icon } = looks[standing.tone];
  return (
    <div
      ref={ref}
      role="status"
      tabIndex={-1}
      className={cn('mb-6 scroll-my-6 flex items-start gap-2.5 rounded-lg px-3.5 py-3', box)}
    >
      <Icon aria-hidden className="mt-0.5 size-4.5 shrink-0" />
      <div className="min-w-0 break-words">
        <p className="text-base font-medium text-balance">{standing.title}</p>
        <p className="text-sm text-pretty">{standing.detail}</p>
      </div>
    </div>
  );
}

/** What goes for all services: where they are, and for how much. */
function Facts({ call, place, part }: { call: PersonCall; place: ServicePlace | null; part: boolean }) {
  const { feeMinor, feeCurrency, services } = call;
  const fee = feeMinor !== null && feeCurrency !== null ? formatMoney(feeMinor, feeCurrency) : null;
  if (!fee && !place) return null;
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-2 text-base">
      {fee && (
        <>
          <dt className="text-ink-faint">Fee</dt>
          <dd>
            <span className="font-semibold tabular-nums">{fee}</span>
            {services.length > 1 && (
              <span className="text-ink-soft">
                {' '}
                for {allWords(services.length)} services together{part && '; ask what it is for a part of them'}
              </span>
            )}
          </dd>
        </>
      )}
      {place && (
        <>
          <dt className="text-ink-faint">Where</dt>
          <dd className="break-words">
            <PlaceLink place={place} />
          </dd>
        </>
      )}
    </dl>
  );
}

/** They come to some of the services. */
function isPart({ state, services }: PersonCall): boolean {
  return state === 'accepted' && services.some(({ answer }) => answer !== 'accepted');
}

/** The place, where all services are at one. */
function commonPlace(services: PersonCall['services']): ServicePlace | null {
  const [first] = services;
  const same = services.every(({ place }) => JSON.stringify(place) === JSON.stringify(first?.place));
  return services.length > 1 && same ? (first?.place ?? null) : null;
}
