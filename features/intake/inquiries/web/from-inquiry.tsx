import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { withArticle } from '#features/organisations/web/word-case.ts';
import { orgKey } from '#platform/client/query-client.ts';
import { formatTime } from '#platform/time/format.ts';
import { Section } from '#platform/ui/table.tsx';
import { inquiriesApi } from './inquiry-queries.ts';

/** The inquiry that an engagement was made of; nothing when there was none. */
export function FromInquiry({ engagementId }: { engagementId: string }) {
  const org = useOrg();
  const { data } = useQuery({
    queryKey: orgKey(org.slug, 'inquiries', 'engagement', engagementId),
    queryFn: ({ signal }) => inquiriesApi.list({ org: org.slug, query: { engagementId, limit: 1 } }, { signal }),
  });
  const inquiry = data?.items[0];
  if (!inquiry) return null;
  return (
    <Section title={`Made of ${withArticle(org.words.inquiry.one)}`}>
      <p className="text-sm">
        <Link
          to="/o/$org/inquiries/$id"
          params={{ org: org.slug, id: inquiry.id }}
          className="text-accent break-words hover:underline"
        >
          {inquiry.title}
        </Link>
        <span className="block text-ink-faint">
          {[inquiry.contactName || inquiry.company, formatTime(inquiry.receivedAt, org.zone, 'date')]
            .filter(Boolean)
            .join(', ')}
        </span>
      </p>
    </Section>
  );
}
