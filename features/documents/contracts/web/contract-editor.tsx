import { useRef, useState } from 'react';
import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { Textarea } from '#platform/ui/input.tsx';
import { Segmented } from '#platform/ui/segmented.tsx';
import { PackTemplateForm } from '#features/organisations/web/pack-template-form.tsx';
import type { ContractTemplate } from '../contract.ts';
import { variableNames } from '../contract-variables.ts';
import { bodyFault, longestBody } from '../markup-rules.ts';
import { contractsApi } from './contract-queries.ts';
import { ContractPreview } from './contract-preview.tsx';

interface ContractEditorProps {
  template: ContractTemplate | null;
  variables: readonly { name: string; means: string; example: string }[];
  onDone: () => void;
}

const beginning =
  '# Title\n\nBetween **{{organisation.name}}** and **{{party.name}}**.\n\n1. **First.** …\n\n[sign: {{organisation.name}}; {{party.name}}]\n';

/** A wording: its text, what it may use, and how it looks with the examples. */
export function ContractEditor({ template, variables, onDone }: ContractEditorProps) {
  const [body, setBody] = useState(template?.body ?? beginning);
  const [view, setView] = useState<'text' | 'preview' | 'variables'>('text');
  const box = useRef<HTMLTextAreaElement>(null);
  const fault = bodyFault(body, variableNames);
  const insert = (variable: string) => {
    const at = box.current?.selectionStart ?? body.length;
    setBody(`${body.slice(0, at)}{{${variable}}}${body.slice(at)}`);
    setView('text');
  };
  return (
    <PackTemplateForm
      template={template}
      api={contractsApi}
      noun="wording"
      nameLabel="What it is"
      placeholder="Performance agreement"
      table="contract_templates"
      fields={{ body }}
      whole={fault === null}
      onDone={onDone}
    >
      {() => (
        <>
          <Segmented
            label="Show"
            value={view}
            onValue={setView}
            options={[
              { value: 'text', label: 'Wording' },
              { value: 'preview', label: 'Preview' },
              { value: 'variables', label: 'Variables' },
            ]}
            className="justify-self-start"
          />
          <div hidden={view !== 'text'}>
            <FieldFrame
              label="Wording"
              hint="# Title, ## Heading, 1. a clause, 1.1. a part of it, - an item, --- a new page, [sign: One; Other], **bold**, {{variables}}."
              error={fault ?? undefined}
            >
              {(control) => (
                <Textarea
                  {...control}
                  ref={box}
                  required
                  maxLength={longestBody}
                  value={body}
                  onChange={({ target }) => setBody(target.value)}
                  className="max-h-[50dvh] min-h-80 overflow-y-auto font-mono text-xs"
                />
              )}
            </FieldFrame>
          </div>
          {view === 'preview' && <ContractPreview body={body} />}
          {view === 'variables' && (
            <ul aria-label="Variables" className="divide-y divide-line rounded-lg border border-line">
              {variables.map((each) => (
                <li
                  key={each.name}
                  className="grid gap-x-4 gap-y-0.5 px-3 py-2 text-sm sm:grid-cols-[14rem_minmax(0,1fr)]"
                >
                  <button
                    type="button"
                    title="Put it where the cursor was"
                    onClick={() => insert(each.name)}
                    className="justify-self-start rounded-sm bg-accent-soft px-1 font-mono text-xs text-on-accent-soft"
                  >{`{{${each.name}}}`}</button>
                  <span className="min-w-0">
                    {each.means}
                    <span className="block text-xs whitespace-pre-line text-ink-faint">{each.example}</span>
                  </span>
                </li>
              ))}
            </ul>
          )}
        </>
      )}
    </PackTemplateForm>
  );
}
