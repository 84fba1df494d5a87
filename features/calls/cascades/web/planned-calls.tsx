import { useChange } from '#platform/client/use-change.ts';
import { errorText } from '#platform/ui/error-notice.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { Call } from '../cascade-contract.ts';
import { callsApi, callTables } from './call-queries.ts';
import { GradeBadge } from './candidate-list.tsx';
import { PersonOrder } from './person-order.tsx';

interface PlannedCallsProps {
  cascadeId: string;
  calls: readonly Call[];
  onCall: (callId: string) => void;
}

/** Who is asked next, and after them; put otherwise by dragging. */
export function PlannedCalls({ cascadeId, calls, onCall }: PlannedCallsProps) {
  const org = useOrg();
  const toast = useToast();
  const refused = (failure: Error) =>
    toast({ tone: 'danger', title: 'The order stays as it was', detail: errorText(failure) });
  const reorder = useChange(org.slug, callTables, (callIds: string[], call) =>
    callsApi.reorder({ org: org.slug, params: { id: cascadeId }, body: { callIds } }, call),
  );
  const remove = useChange(org.slug, callTables, (id: string, call) =>
    callsApi.remove({ org: org.slug, params: { id } }, call),
  );
  const mayRun = org.can('calls.run');
  // What was just dropped stands there at once.
  const order = reorder.isPending ? reorder.variables : null;
  const shown = order ? calls.toSorted((a, b) => order.indexOf(a.id) - order.indexOf(b.id)) : calls;
  return (
    <section aria-label="To be asked" className="border-t border-line bg-sunken px-3 py-3 sm:px-4">
      <h4 className="mb-2 text-xs font-medium text-ink-faint">
        {mayRun ? 'To be asked, in this order' : 'To be asked'}
      </h4>
      <PersonOrder
        label="To be asked, in this order"
        people={shown.map(({ id, name, grade }) => ({ id, name, badge: grade && <GradeBadge grade={grade} /> }))}
        onOrder={mayRun ? (ids) => reorder.mutate(ids, { onError: refused }) : undefined}
        onRemove={mayRun ? (id) => remove.mutate(id, { onError: refused }) : undefined}
        onOpen={onCall}
      />
    </section>
  );
}
