import { useQuery } from '@tanstack/react-query';
import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { orgKey } from '#platform/client/query-client.ts';
import { Button } from '#platform/ui/button.tsx';
import { DateTimeField } from '#platform/ui/date-time-field.tsx';
import { Dialog, DialogFooter } from '#platform/ui/dialog.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { Skeleton } from '#platform/ui/skeleton.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { claimsApi } from './claim-queries.ts';

interface HoldsTextProps {
  /** The time on the board when it was asked for; null when closed. */
  span: { from: number; to: number } | null;
  /** Only these; all when empty. */
  resourceIds: readonly string[];
  onClose: () => void;
}

/** Who holds what, as text to paste into a mail. */
export function HoldsTextDialog({ span, resourceIds, onClose }: HoldsTextProps) {
  const { words } = useOrg();
  return (
    <Dialog
      open={span !== null}
      onOpenChange={(open) => !open && onClose()}
      title={`Who has which ${words.hold.one}`}
      size="lg"
    >
      {span && <HoldsText span={span} resourceIds={resourceIds} />}
    </Dialog>
  );
}

function HoldsText({
  span,
  resourceIds,
}: Pick<HoldsTextProps, 'resourceIds'> & { span: { from: number; to: number } }) {
  const org = useOrg();
  const [from, setFrom] = useState<string | null>(new Date(Math.round(span.from)).toISOString());
  const [to, setTo] = useState<string | null>(new Date(Math.round(span.to)).toISOString());
  const [copied, setCopied] = useState(false);
  const valid = from !== null && to !== null && from < to;
  const { data, error, isPending } = useQuery({
    queryKey: orgKey(org.slug, 'claims', 'text', from, to, resourceIds),
    queryFn: ({ signal }) => {
      const ids = resourceIds.length > 0 ? { resourceIds: [...resourceIds] } : {};
      return claimsApi.holdsText({ org: org.slug, query: { from: from ?? '', to: to ?? '', ...ids } }, { signal });
    },
    enabled: valid,
  });
  const copy = async () => {
    await navigator.clipboard.writeText(data ?? '');
    setCopied(true);
  };
  return (
    <>
      <div className="space-y-3 pb-5">
        <div className="grid gap-3 sm:grid-cols-2">
          <DateTimeField label="From" zone={org.zone} value={from} onValue={setFrom} />
          <DateTimeField label="To" zone={org.zone} value={to} onValue={setTo} />
        </div>
        {!valid && <p className="text-sm text-danger">The end must be after the start.</p>}
        {error && <ErrorNotice error={error} />}
        {valid && isPending && <Skeleton className="h-40 w-full" />}
        {data !== undefined && (
          <pre
            tabIndex={0}
            aria-label="Text"
            className="max-h-[50dvh] overflow-auto rounded-md border border-line bg-sunken p-3 font-mono text-xs whitespace-pre-wrap select-text"
          >
            {data.trim() === '' ? `There is no ${org.words.hold.one} in this time.` : data}
          </pre>
        )}
      </div>
      <DialogFooter>
        <Button variant="primary" disabled={!data} onClick={() => void copy()}>
          {copied ? <Check aria-hidden /> : <Copy aria-hidden />}
          {copied ? 'Copied' : 'Copy'}
        </Button>
      </DialogFooter>
    </>
  );
}
