import { useMutation, useQuery } from '@tanstack/react-query';
import { Download, ShieldAlert, ShieldCheck } from 'lucide-react';
import { formatAgo } from '#platform/time/format.ts';
import { Button } from '#platform/ui/button.tsx';
import { cn } from '#platform/ui/class-names.ts';
import { errorText } from '#platform/ui/error-notice.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { countOf } from '#features/organisations/web/word-case.ts';
import type { AuditHead, Verification } from '../contract.ts';
import { headQuery, historyApi } from './history-queries.ts';
import { saveFile } from './save-file.ts';

const change = { one: 'change', many: 'changes' };

/** Up to where the trail is sealed; verifies it, and hands out its newest seal to be kept elsewhere. */
export function SealStatus() {
  const org = useOrg();
  const toast = useToast();
  const { data } = useQuery(headQuery(org.slug));
  const verify = useMutation({
    mutationFn: () => historyApi.verify({ org: org.slug, body: {} }),
    onError: (error) => toast({ tone: 'danger', title: 'Not verified', detail: errorText(error) }),
  });
  if (!data) return null;
  const { head, unsealed } = data;
  const broken = verify.data?.sound === false;
  const Icon = broken ? ShieldAlert : ShieldCheck;
  return (
    <section
      aria-label="Seals"
      className={cn('border-y border-line bg-surface px-4 py-2.5 text-sm sm:px-6', broken && 'bg-danger-soft')}
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Icon aria-hidden className={cn('size-4 shrink-0', broken ? 'text-danger' : 'text-good')} />
        <p className="min-w-0 flex-1 basis-64 text-ink-soft" role="status">
          {verify.data ? resultText(verify.data) : head ? sealText(head, unsealed) : waitingText(unsealed)}
        </p>
        <div className="flex gap-2">
          <Button size="sm" busy={verify.isPending} disabled={!head} onClick={() => verify.mutate()}>
            {verify.data ? 'Verify again' : 'Verify'}
          </Button>
          <Button
            size="sm"
            variant="ghost"
            disabled={!head}
            title="Keep it elsewhere: it proves later that nothing before it was changed."
            onClick={() =>
              head && saveFile(`${org.slug}-seal-${head.seal}.json`, JSON.stringify(head), 'application/json')
            }
          >
            <Download aria-hidden /> Newest seal
          </Button>
        </div>
      </div>
      {verify.data && broken && <Faults found={verify.data} />}
    </section>
  );
}

function sealText(head: AuditHead, unsealed: number): string {
  const rest =
    unsealed > 0 ? ` ${countOf(unsealed, change)} since ${unsealed === 1 ? 'waits' : 'wait'} for the next.` : '';
  return `${countOf(head.changes, change)} sealed, the last seal ${formatAgo(head.sealedAt)}.${rest}`;
}

function waitingText(unsealed: number): string {
  return unsealed === 0
    ? 'Nothing to seal yet.'
    : `${countOf(unsealed, change)} ${unsealed === 1 ? 'waits' : 'wait'} for the first seal; one is made each minute.`;
}

function resultText({ sound, changes, faultCount }: Verification): string {
  if (sound) return `Verified: ${countOf(changes, change)} are as they were written, and none is missing.`;
  return `${countOf(faultCount, { one: 'fault', many: 'faults' })}: this trail was tampered with. Keep the database as it is, and tell whoever runs this installation.`;
}

function Faults({ found }: { found: Verification }) {
  return (
    <ul className="mt-2 list-disc space-y-0.5 pl-9 text-on-danger-soft">
      {found.faults.slice(0, 20).map((fault, index) => (
        <li key={index} className="break-words">
          {fault.message}
        </li>
      ))}
      {found.faultCount > 20 && <li>And {(found.faultCount - 20).toLocaleString()} more.</li>}
    </ul>
  );
}
