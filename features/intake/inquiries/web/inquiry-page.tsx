import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { ArrowLeft, Inbox } from 'lucide-react';
import { ApiError } from '#platform/client/client.ts';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { Section } from '#platform/ui/table.tsx';
import { usePageTitle } from '#platform/ui/use-page-title.ts';
import { AnswerFile } from '#features/intake/forms/web/answer-file.tsx';
import { AnswerList } from '#features/intake/forms/web/answer-list.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { capital } from '#features/organisations/web/word-case.ts';
import { FollowUpSection } from '#features/parties/follow-ups/web/follow-up-section.tsx';
import type { InquiryDetail } from '../inquiry-contract.ts';
import { InquiryActions } from './inquiry-actions.tsx';
import { InquiryFacts } from './inquiry-facts.tsx';
import { InquiryHolds } from './inquiry-holds.tsx';
import { inquiryQuery } from './inquiry-queries.ts';
import { InquiryTalk } from './inquiry-talk.tsx';
import { StateBadge } from './state-badge.tsx';

/** One inquiry: what was asked, who asks, what is held, what was said, and what was decided. */
export function InquiryPage() {
  const org = useOrg();
  const { id } = useParams({ from: '/o/$org/inquiries/$id' });
  const { data, error, refetch } = useQuery(inquiryQuery(org.slug, id));
  usePageTitle(data?.inquiry.title ?? capital(org.words.inquiry.one));
  if (error instanceof ApiError && error.status === 404) {
    return (
      <EmptyState icon={Inbox} title="It isn’t here">
        Spam is removed after thirty days. <BackLink />
      </EmptyState>
    );
  }
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} className="m-4 sm:m-6" />;
  if (!data) return <SkeletonRows />;
  return <Detail key={id} detail={data} />;
}

function BackLink() {
  const org = useOrg();
  return (
    <Link to="/o/$org/inquiries" params={{ org: org.slug }} search={true} className="text-accent hover:underline">
      All {org.words.inquiry.many}
    </Link>
  );
}

function Detail({ detail }: { detail: InquiryDetail }) {
  const org = useOrg();
  const { inquiry, fields, answers, placeNames } = detail;
  return (
    <article aria-label={inquiry.title} className="px-4 pb-12 sm:px-6">
      <header className="grid gap-3 py-4 sm:py-5">
        <Link
          to="/o/$org/inquiries"
          params={{ org: org.slug }}
          search={true}
          className="flex w-fit items-center gap-1.5 text-sm text-ink-soft hover:text-ink lg:hidden"
        >
          <ArrowLeft aria-hidden className="size-4" /> All {org.words.inquiry.many}
        </Link>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
          <h2 className="min-w-0 text-xl font-semibold tracking-tight break-words">{inquiry.title}</h2>
          <StateBadge state={inquiry.state} />
        </div>
        <InquiryActions detail={detail} />
      </header>
      <div className="grid gap-x-8 xl:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="min-w-0 divide-y divide-line">
          {inquiry.message && fields.length === 0 && (
            <Section title="What they say">
              <p className="text-sm break-words whitespace-pre-wrap">{inquiry.message}</p>
            </Section>
          )}
          {fields.length > 0 && (
            <Section title="What they sent" description={inquiry.formTitle ?? undefined}>
              <AnswerList
                fields={fields}
                answers={answers}
                placeNames={placeNames}
                renderFile={(id) => <AnswerFile id={id} />}
              />
            </Section>
          )}
          <InquiryHolds detail={detail} />
          <InquiryTalk detail={detail} />
          {org.can('follow_ups.read') && <FollowUpSection about={{ inquiryId: inquiry.id }} />}
        </div>
        <aside className="min-w-0 max-xl:order-first max-xl:mb-5 max-xl:border-b max-xl:border-line max-xl:pb-5">
          <InquiryFacts detail={detail} />
        </aside>
      </div>
    </article>
  );
}
