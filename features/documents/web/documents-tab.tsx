import { useQuery } from '@tanstack/react-query';
import { BookOpen, Download, ExternalLink, Mail } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#platform/ui/button.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { Segmented } from '#platform/ui/segmented.tsx';
import { Select } from '#platform/ui/select.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { Section } from '#platform/ui/table.tsx';
import type { RouteOutput } from '#platform/contract/contract.ts';
import type { Engagement } from '#features/engagements/contract.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { useMediaQuery } from '#features/scheduling/claims/web/use-media-query.ts';
import type { documents } from '../contract.ts';
import { dayText } from '../day-words.ts';
import { documentKinds, documentUrl, tourBookUrl, usualPaper, type ChosenDocument } from './document-kinds.ts';
import { DocumentPreview } from './document-preview.tsx';
import { documentsQuery } from './document-queries.ts';
import { MailSheets } from './mail-sheets.tsx';

type Printable = RouteOutput<typeof documents.routes.list>;

/** What can be printed of an engagement: chosen, looked at, saved, mailed. */
export function DocumentsTab({ engagement }: { engagement: Engagement }) {
  const org = useOrg();
  const { data, error, refetch } = useQuery(documentsQuery(org.slug, engagement.id));
  return (
    <Section title="Documents" description="As of this moment, with what you may see.">
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {!data && !error && <SkeletonRows rows={4} />}
      {data && <Documents engagement={engagement} printable={data} />}
    </Section>
  );
}

function Documents({ engagement, printable }: { engagement: Engagement; printable: Printable }) {
  const org = useOrg();
  const [choice, setChoice] = useState<ChosenDocument>(() => firstChoice(printable));
  const [mailing, setMailing] = useState(false);
  // A phone opens it in a program of its own: nothing is made before that.
  const roomy = useMediaQuery('(min-width: 640px)');
  const chosen = possible(choice, printable);
  const choose = (more: Partial<ChosenDocument>) => setChoice({ ...chosen, ...more });
  const address = documentUrl(org.slug, engagement.id, chosen);
  const label = documentKinds.find(({ value }) => value === chosen.kind)?.label ?? '';
  const { paper } = chosen;
  return (
    <div className="grid gap-5 lg:grid-cols-[17rem_minmax(0,1fr)]">
      <div className="grid content-start gap-4">
        <DocumentChoice chosen={chosen} printable={printable} onChoose={choose} />
        {address && (
          <div className="grid grid-cols-2 gap-2">
            <Button asChild variant="primary">
              <a href={address} target="_blank" rel="noreferrer">
                <ExternalLink aria-hidden /> Open
              </a>
            </Button>
            <Button asChild>
              <a href={documentUrl(org.slug, engagement.id, chosen, true) ?? ''} download>
                <Download aria-hidden /> Download
              </a>
            </Button>
          </div>
        )}
        {org.can('documents.send') && printable.people.length > 0 && (
          <Button onClick={() => setMailing(true)}>
            <Mail aria-hidden /> Mail day sheets…
          </Button>
        )}
        {engagement.seriesId && org.can('documents.read') && (
          <Button asChild variant="ghost">
            <a
              href={tourBookUrl(org.slug, engagement.seriesId, paper)}
              download
              title={`Book of ${engagement.seriesName ?? ''}`}
            >
              <BookOpen aria-hidden />
              <span className="truncate">Book of the {org.words.series.one}</span>
            </a>
          </Button>
        )}
      </div>
      {roomy && (
        <DocumentPreview url={address} title={`${label} of ${engagement.title}`} className="h-[min(75dvh,56rem)]" />
      )}
      <MailSheets
        open={mailing}
        onClose={() => setMailing(false)}
        engagement={engagement}
        printable={printable}
        day={chosen.day ?? nearestDay(printable)}
        paper={paper}
      />
    </div>
  );
}

function DocumentChoice({
  chosen,
  printable: { days, people },
  onChoose,
}: {
  chosen: ChosenDocument;
  printable: Printable;
  onChoose: (more: Partial<ChosenDocument>) => void;
}) {
  const kinds = documentKinds.filter(({ value }) => value !== 'person' || people.length > 0);
  const everyDay = 'every';
  return (
    <>
      <FieldFrame label="Document">
        {(aria) => <Select {...aria} value={chosen.kind} onValue={(kind) => onChoose({ kind })} options={kinds} />}
      </FieldFrame>
      {chosen.kind === 'person' && (
        <FieldFrame label="Person">
          {(aria) => (
            <Select
              {...aria}
              value={chosen.resourceId}
              onValue={(resourceId) => onChoose({ resourceId, day: null })}
              options={people.map(({ resourceId, name }) => ({ value: resourceId, label: name }))}
            />
          )}
        </FieldFrame>
      )}
      <FieldFrame label="Day">
        {(aria) => (
          <Select
            {...aria}
            value={chosen.day ?? everyDay}
            onValue={(day) => onChoose({ day: day === everyDay ? null : day })}
            options={[
              ...(days.length > 1 || chosen.day === null ? [{ value: everyDay, label: 'Every day' }] : []),
              ...daysFor(chosen, { days, people }).map((day) => ({ value: day, label: dayText(day) })),
            ]}
          />
        )}
      </FieldFrame>
      <FieldFrame label="Paper" group hint={chosen.paper === 'letter' ? 'Times read 7:30 PM.' : 'Times read 19:30.'}>
        {() => (
          <Segmented
            label="Paper"
            value={chosen.paper}
            onValue={(paper) => onChoose({ paper })}
            options={[
              { value: 'a4', label: 'A4' },
              { value: 'letter', label: 'Letter' },
            ]}
          />
        )}
      </FieldFrame>
    </>
  );
}

function firstChoice(printable: Printable): ChosenDocument {
  return { kind: 'day-sheet', day: nearestDay(printable), paper: usualPaper(), resourceId: null };
}

/** Today, else the next day, else the last one. */
function nearestDay({ days, today }: Printable): string {
  return days.find((day) => day >= today) ?? days.at(-1) ?? today;
}

function daysFor({ kind, resourceId }: ChosenDocument, { days, people }: Pick<Printable, 'days' | 'people'>): string[] {
  const person = kind === 'person' && people.find((one) => one.resourceId === resourceId);
  return person ? person.days : days;
}

/** What was chosen, as far as it is there still: others change the schedule meanwhile. */
function possible(chosen: ChosenDocument, printable: Printable): ChosenDocument {
  const { people } = printable;
  const known = people.some(({ resourceId }) => resourceId === chosen.resourceId);
  const resourceId = known ? chosen.resourceId : (people[0]?.resourceId ?? null);
  const kind = chosen.kind === 'person' && !resourceId ? 'day-sheet' : chosen.kind;
  const days = daysFor({ ...chosen, kind, resourceId }, printable);
  return {
    ...chosen,
    kind,
    resourceId,
    day: chosen.day && days.includes(chosen.day) ? chosen.day : days.length === 1 ? (days[0] ?? null) : null,
  };
}
