import { useState } from 'react';
import { ApiError } from '#platform/client/client.ts';
import { useChange } from '#platform/client/use-change.ts';
import { Button } from '#platform/ui/button.tsx';
import { Dialog, DialogFooter } from '#platform/ui/dialog.tsx';
import { errorText } from '#platform/ui/error-notice.tsx';
import { Input } from '#platform/ui/input.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { Engagement } from '../../contract.ts';
import { engagementsApi } from '../engagement-queries.ts';

interface Clash {
  yours: string;
  theirs: string;
  version: number;
}

/** The title, changed in place: Enter or leaving saves, Escape takes back. */
export function TitleEditor({ engagement }: { engagement: Engagement }) {
  const org = useOrg();
  const toast = useToast();
  const [draft, setDraft] = useState<{ title: string; version: number } | null>(null);
  const [clash, setClash] = useState<Clash | null>(null);
  const change = useChange(org.slug, ['engagements', 'claims'], (body: { title: string; version: number }) =>
    engagementsApi.change({ org: org.slug, params: { id: engagement.id }, body }),
  );
  const save = async (body: { title: string; version: number }) => {
    setDraft(null);
    setClash(null);
    if (body.title === '' || body.title === engagement.title) return;
    try {
      await change.mutateAsync(body);
    } catch (error) {
      const theirs = clashOf(error);
      if (theirs) setClash({ ...theirs, yours: body.title });
      else toast({ tone: 'danger', title: 'The title stays as it was', detail: errorText(error) });
    }
  };
  if (draft) {
    return (
      <Input
        autoFocus
        aria-label="Title"
        maxLength={300}
        className="h-9 max-w-2xl text-lg font-semibold"
        value={draft.title}
        onChange={(event) => setDraft({ ...draft, title: event.target.value })}
        onBlur={() => void save({ ...draft, title: draft.title.trim() })}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.currentTarget.blur();
          if (event.key === 'Escape') setDraft(null);
        }}
      />
    );
  }
  return (
    <>
      <h1 className="text-xl font-semibold tracking-tight break-words">
        {org.can('engagements.write') ? (
          <button
            type="button"
            title="Change the title"
            onClick={() => setDraft({ title: engagement.title, version: engagement.version })}
            className="-mx-1.5 max-w-full rounded-md px-1.5 text-left hover:bg-hover"
          >
            {change.isPending ? change.variables.title : engagement.title}
          </button>
        ) : (
          engagement.title
        )}
      </h1>
      <ClashDialog
        clash={clash}
        onMine={(mine) => void save({ title: mine.yours, version: mine.version })}
        onTheirs={() => setClash(null)}
      />
    </>
  );
}

function ClashDialog({
  clash,
  onMine,
  onTheirs,
}: {
  clash: Clash | null;
  onMine: (clash: Clash) => void;
  onTheirs: () => void;
}) {
  return (
    <Dialog
      open={clash !== null}
      onOpenChange={(open) => !open && onTheirs()}
      title="Two titles"
      description="Somebody else changed it while you were writing. Nothing is lost: choose."
    >
      {clash && (
        <>
          <dl className="grid gap-3 pb-5 text-sm sm:grid-cols-2">
            <Version heading="Yours" title={clash.yours} />
            <Version heading="Theirs" title={clash.theirs} />
          </dl>
          <DialogFooter>
            <Button onClick={onTheirs}>Keep theirs</Button>
            <Button variant="primary" onClick={() => onMine(clash)}>
              Keep mine
            </Button>
          </DialogFooter>
        </>
      )}
    </Dialog>
  );
}

function Version({ heading, title }: { heading: string; title: string }) {
  return (
    <div className="min-w-0 rounded-md border border-line px-3 py-2">
      <dt className="text-xs text-ink-faint">{heading}</dt>
      <dd className="font-medium break-words">{title}</dd>
    </div>
  );
}

/** What the server has, when it refused because both changed the title. */
function clashOf(error: unknown): Omit<Clash, 'yours'> | null {
  if (!(error instanceof ApiError) || error.code !== 'version_conflict') return null;
  const { version, conflicts } = error.problem;
  if (typeof version !== 'number' || typeof conflicts !== 'object' || conflicts === null || !('title' in conflicts))
    return null;
  const both = conflicts.title;
  if (typeof both !== 'object' || both === null || !('theirs' in both)) return null;
  return { version, theirs: String(both.theirs) };
}
