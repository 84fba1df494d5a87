import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { FormInput } from 'lucide-react';
import { ApiError } from '#platform/client/client.ts';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { SkeletonRows } from '#platform/ui/skeleton.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { formQuery } from '../form-queries.ts';
import { Builder } from './builder.tsx';

/** One form: what it asks, beside how it looks. */
export function BuilderPage() {
  const org = useOrg();
  const { id } = useParams({ from: '/o/$org/forms/$id' });
  const { data, error, refetch } = useQuery(formQuery(org.slug, id));
  if (error instanceof ApiError && error.status === 404) {
    return (
      <EmptyState icon={FormInput} title="This form is gone">
        Somebody removed it. The others stand under Forms.
      </EmptyState>
    );
  }
  if (error && !data) return <ErrorNotice error={error} onRetry={() => void refetch()} className="m-4 sm:m-6" />;
  if (!data) return <SkeletonRows />;
  return <Builder key={data.id} form={data} />;
}
