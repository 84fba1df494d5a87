import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { FormQuestions } from '../filling/form-questions.tsx';
import { placesQuery } from './places-query.ts';
import type { Draft } from './use-draft.ts';

const none: ReadonlyMap<string, string> = new Map();

/** The draft as people will see it; answers can be tried, and go nowhere. */
export function Preview({ draft }: { draft: Draft }) {
  const org = useOrg();
  const { data } = useQuery(placesQuery(org.slug));
  const [answers, setAnswers] = useState<Readonly<Record<string, unknown>>>({});
  return (
    <section aria-label="Preview" className="relative rounded-xl border border-line bg-canvas p-4 sm:p-6">
      <FormQuestions
        {...draft}
        level={2}
        places={data?.items ?? []}
        answers={answers}
        errors={none}
        today="1900-01-01"
        currency={org.currency}
        onAnswer={(key, value) => setAnswers((before) => ({ ...before, [key]: value }))}
      />
    </section>
  );
}
