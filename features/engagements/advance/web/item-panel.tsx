import { Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { formatAgo } from '#platform/time/format.ts';
import { Button } from '#platform/ui/button.tsx';
import { Dialog } from '#platform/ui/dialog.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { RemoveButton } from '#features/organisations/web/remove-button.tsx';
import type { AdvanceItem } from '../contract.ts';
import { advanceApi, advanceTables } from './advance-queries.ts';
import { CommentForm, CommentThread } from './comment-thread.tsx';
import { ItemForm } from './item-form.tsx';
import { OwnAnswer, ReadAnswer } from './item-row.tsx';
import { StateBadge } from './state-badge.tsx';
import { useItemActs } from './use-item-acts.ts';

interface ItemPanelProps {
  item: AdvanceItem | null;
  sections: readonly string[];
  onClose: () => void;
}

/** One item beside the list: its answer for whichever side, what was said about it, and what is asked. */
export function ItemPanel({ item, sections, onClose }: ItemPanelProps) {
  const [editing, setEditing] = useState(false);
  const close = () => {
    setEditing(false);
    onClose();
  };
  return (
    <Dialog
      as="panel"
      open={item !== null}
      onOpenChange={(open) => !open && close()}
      title={item?.title ?? ''}
      description={item ? item.section || undefined : undefined}
    >
      {item && editing && (
        <ItemForm item={item} engagementId={item.engagementId} sections={sections} onDone={() => setEditing(false)} />
      )}
      {item && !editing && <Details key={item.id} item={item} onEdit={() => setEditing(true)} onGone={close} />}
    </Dialog>
  );
}

interface DetailsProps {
  item: AdvanceItem;
  onEdit: () => void;
  onGone: () => void;
}

function Details({ item, onEdit, onGone }: DetailsProps) {
  const org = useOrg();
  const acts = useItemActs(item);
  const writes = org.can('advance.write');
  const { hint, side, state, answer, answeredBy, answeredAt, comments, title } = item;
  return (
    <div className="grid gap-5">
      {hint && <p className="text-sm text-pretty break-words text-ink-soft">{hint}</p>}
      <section aria-label="Answer" className="grid gap-2">
        <div className="flex items-center justify-between gap-2">
          <h3 className="text-sm font-medium">{side === 'us' ? 'Our answer' : 'Answer of the other side'}</h3>
          <StateBadge state={state} />
        </div>
        {writes ? <OwnAnswer item={item} /> : <ReadAnswer item={item} />}
        {answeredBy && answeredAt && (
          <p className="text-xs text-ink-faint">
            {answeredBy.name}, {formatAgo(answeredAt)}
          </p>
        )}
        {writes && (
          <div className="flex flex-wrap gap-2 pt-1">
            {state !== 'agreed' && (
              <Button
                size="sm"
                variant={answer === '' ? 'secondary' : 'primary'}
                disabled={acts.marking}
                onClick={() => acts.mark('agreed')}
              >
                {answer === '' ? 'Agreed without an answer' : 'Agreed'}
              </Button>
            )}
            {state !== 'problem' && (
              <Button size="sm" disabled={acts.marking} onClick={() => acts.mark('problem')}>
                There’s a problem
              </Button>
            )}
            {(state === 'agreed' || state === 'problem') && (
              <Button size="sm" variant="ghost" disabled={acts.marking} onClick={() => acts.mark('open')}>
                Take that back
              </Button>
            )}
          </div>
        )}
      </section>
      <section aria-label="Comments" className="grid gap-3">
        <h3 className="text-sm font-medium">Comments</h3>
        <CommentThread comments={comments} mine="us" />
        {writes && (
          <CommentForm
            title={title}
            action="Comment"
            placeholder="The other side reads it, unless you keep it for us."
            mayBeInternal
            onSend={acts.comment}
          />
        )}
      </section>
      {writes && (
        <div className="flex flex-wrap gap-2 border-t border-line pt-4">
          <Button size="sm" onClick={onEdit}>
            <Pencil aria-hidden /> Change what is asked
          </Button>
          <RemoveButton
            size="sm"
            id={item.id}
            tables={advanceTables}
            send={advanceApi.removeItem}
            refused="The item stays"
            onDone={onGone}
          >
            <Trash2 aria-hidden /> Remove
          </RemoveButton>
        </div>
      )}
    </div>
  );
}
