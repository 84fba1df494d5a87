import { useQuery } from '@tanstack/react-query';
import { BookOpen, Download, ExternalLink, FileSignature, Mail } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#platform/ui/button.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { Section } from '#platform/ui/table.tsx';
import type { Engagement } from '#features/engagements/contract.ts';
import { ContractDialog } from '#features/documents/contracts/web/contract-dialog.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { useMediaQuery } from '#features/scheduling/claims/web/use-media-query.ts';
import { DocumentChoice, firstChoice, nearestDay, possibleChoice, type Printable } from './document-choice.tsx';
import { documentKinds, documentUrl, tourBookUrl, type ChosenDocument } from './document-kinds.ts';
import { DocumentPreview } from './document-preview.tsx';
import { documentsQuery } from './document-queries.ts';
import { MailSheets } from './mail-sheets.tsx';

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
  const [writing, setWriting] = useState(false);
  // A phone opens it in a program of its own: nothing is made before that.
  const roomy = useMediaQuery('(min-width: 640px)');
  const chosen = possibleChoice(choice, printable);
  const choose = (more: Partial<ChosenDocument>) => setChoice({ ...chosen, ...more });
  const address = documentUrl(org.slug, engagement.id, chosen);
  const label = documentKinds.find(({ value }) => value === chosen.kind)?.label ?? '';
  const { paper } = chosen;
  return (
    <div className="grid gap-5 lg:grid-cols-[17rem_minmax(0,1fr)]">
      <div className="grid content-start gap-4">
        <DocumentChoice engagementId={engagement.id} chosen={chosen} printable={printable} onChoose={choose} />
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
        {org.can('documents.contracts') && (
          <Button onClick={() => setWriting(true)}>
            <FileSignature aria-hidden /> Write a contract…
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
      <ContractDialog open={writing} onClose={() => setWriting(false)} engagement={engagement} paper={paper} />
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
