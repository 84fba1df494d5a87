import { useQuery } from '@tanstack/react-query';
import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { withArticle } from '#features/organisations/web/word-case.ts';
import { rangeText } from '#features/scheduling/claims/claim-words.ts';
import type { Claim } from '#features/scheduling/claims/contract.ts';
import { StatusBadge } from '#features/scheduling/claims/web/claim-card.tsx';
import { boardResourcesQuery } from '#features/scheduling/claims/web/claim-queries.ts';

interface ApproveHoldsProps {
  claims: readonly Claim[];
  keep: readonly string[];
  onKeep: (ids: string[]) => void;
  confirm: boolean;
  onConfirm: (confirm: boolean) => void;
}

/** Which of the held times become the engagement’s; the others are let go. */
export function ApproveHolds({ claims, keep, onKeep, confirm, onConfirm }: ApproveHoldsProps) {
  const org = useOrg();
  const { data: resources } = useQuery(boardResourcesQuery(org.slug));
  if (claims.length === 0) return null;
  const { commit, hold } = org.words;
  return (
    <FieldFrame label="Keep of what is held" hint="What isn’t kept is released." group>
      {() => (
        <div className="grid gap-1">
          {claims.map((claim) => (
            <label key={claim.id} className="flex min-h-9 items-center gap-2 text-sm">
              <input
                type="checkbox"
                className="size-4 shrink-0 accent-accent"
                checked={keep.includes(claim.id)}
                onChange={({ target }) =>
                  onKeep(target.checked ? [...keep, claim.id] : keep.filter((one) => one !== claim.id))
                }
              />
              <span className="min-w-0 flex-1">
                <span className="block truncate font-medium">
                  {resources?.find(({ id }) => id === claim.resourceId)?.name ?? '…'}
                </span>
                <span className="block truncate text-xs text-ink-soft tabular-nums">
                  {rangeText(claim.startsAt, claim.endsAt, claim.zone, org.zone)}
                </span>
              </span>
              <StatusBadge claim={claim} />
            </label>
          ))}
          {org.can('claims.commit') && keep.length > 0 && (
            <label className="mt-1 flex min-h-9 items-center gap-2 border-t border-line pt-2 text-sm">
              <input
                type="checkbox"
                className="size-4 shrink-0 accent-accent"
                checked={confirm}
                onChange={({ target }) => onConfirm(target.checked)}
              />
              Confirm at once: each {hold.one} becomes {withArticle(commit.one)}
            </label>
          )}
        </div>
      )}
    </FieldFrame>
  );
}
