import { queryOptions, useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { createClient } from '#platform/client/client.ts';
import { orgKey } from '#platform/client/query-client.ts';
import { formatMoney } from '#platform/text/money.ts';
import { useFormValue } from '#platform/ui/entity-form.tsx';
import { pay } from '#features/calls/pay/contract.ts';
import { useOrg } from '#features/organisations/web/org-context.tsx';

const payApi = createClient(pay);

const estimateQuery = (org: string, needId: string) =>
  queryOptions({
    queryKey: orgKey(org, 'pay_scales', 'need', needId),
    queryFn: ({ signal }) => payApi.estimateNeed({ org, params: { id: needId }, body: {} }, { signal }),
    meta: { alsoOn: ['seats', 'needs', 'schedule_items'] },
  });

/** What one person costs by the scale of pay: the first fee of the form, and a word under it. */
export function FeeEstimate({ needId }: { needId: string }) {
  const org = useOrg();
  const { data } = useQuery(estimateQuery(org.slug, needId));
  const [fee, setFee] = useFormValue('feeMinor');
  const [, setCurrency] = useFormValue('feeCurrency');
  const offered = useRef(false);
  const scale = data?.scale;
  const minor = data?.person.totalMinor ?? 0;
  const take = () => {
    setFee(minor);
    setCurrency(scale?.currency ?? null);
  };
  useEffect(() => {
    // Once, and only into an empty form: what somebody wrote or emptied stays.
    if (!scale || minor === 0 || offered.current) return;
    offered.current = true;
    if (fee === null || fee === undefined) take();
  });
  if (!scale || minor === 0) return 'For all services together. Empty: the call says nothing of a fee.';
  return (
    <>
      By the scale “{scale.name}”, one person costs {formatMoney(minor, scale.currency)}.{' '}
      {fee !== minor && (
        <button type="button" onClick={take} className="text-accent underline-offset-4 hover:underline">
          Offer that
        </button>
      )}
    </>
  );
}
