import { useNavigate } from '@tanstack/react-router';
import { FilePlus2, LayoutTemplate } from 'lucide-react';
import type { ReactNode } from 'react';
import { useChange } from '#platform/client/use-change.ts';
import { Dialog } from '#platform/ui/dialog.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { packs } from '#features/organisations/packs/packs.ts';
import { formTemplatesFor } from '../templates/built-in-rules.ts';
import type { TemplateKey } from '../templates/template.ts';
import { formsApi } from './form-queries.ts';

/** What to begin with: a trade’s usual questions, or none. */
export function NewForm({ open, onClose }: { open: boolean; onClose: () => void }) {
  const org = useOrg();
  const navigate = useNavigate();
  const create = useChange(org.slug, ['forms'], (body: { template: TemplateKey | null }, call) =>
    formsApi.create({ org: org.slug, body }, call),
  );
  const begin = (template: TemplateKey | null) =>
    create.mutate(
      { template },
      { onSuccess: ({ id }) => void navigate({ to: '/o/$org/forms/$id', params: { org: org.slug, id } }) },
    );
  return (
    <Dialog
      open={open}
      onOpenChange={(now) => !now && onClose()}
      title="New form"
      description="Begin with what is usually asked. Everything can be changed."
    >
      <ul className="grid gap-2 pb-2">
        {formTemplatesFor(org.packs).map(({ key, title, about, pack, fields }) => (
          <li key={key}>
            <Choice icon={LayoutTemplate} title={title} onChoose={() => begin(key)} disabled={create.isPending}>
              {about}{' '}
              <span className="text-ink-faint">
                {packs[pack].label}, {fields.length} parts.
              </span>
            </Choice>
          </li>
        ))}
        <li>
          <Choice icon={FilePlus2} title="An empty form" onChoose={() => begin(null)} disabled={create.isPending}>
            Ask your own questions from the start.
          </Choice>
        </li>
      </ul>
      {create.error && <ErrorNotice error={create.error} />}
    </Dialog>
  );
}

interface ChoiceProps {
  icon: typeof FilePlus2;
  title: string;
  disabled: boolean;
  onChoose: () => void;
  children: ReactNode;
}

function Choice({ icon: Icon, title, disabled, onChoose, children }: ChoiceProps) {
  return (
    <button
      type="button"
      disabled={disabled}
      onClick={onChoose}
      className="flex w-full items-start gap-3 rounded-md border border-line px-3 py-2.5 text-left hover:bg-hover disabled:opacity-50"
    >
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-accent" />
      <span className="min-w-0">
        <span className="block text-sm font-medium">{title}</span>
        <span className="block text-xs text-pretty text-ink-soft">{children}</span>
      </span>
    </button>
  );
}
