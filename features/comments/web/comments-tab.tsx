import type { Engagement } from '#features/engagements/contract.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { Comments } from './comments.tsx';

/** What the team says about the engagement as a whole. */
export function CommentsTab({ engagement }: { engagement: Engagement }) {
  const org = useOrg();
  return (
    <Comments
      subject="engagements"
      subjectId={engagement.id}
      empty={`Ask and decide here, where the ${org.words.engagement.one} is. An @ and a name tells somebody.`}
      className="max-w-3xl"
    />
  );
}
