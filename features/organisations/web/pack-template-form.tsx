import { useState, type ReactNode } from 'react';
import { useChange, type ChangeCall } from '#platform/client/use-change.ts';
import { Button } from '#platform/ui/button.tsx';
import { DialogFooter } from '#platform/ui/dialog.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { Input } from '#platform/ui/input.tsx';
import { Select } from '#platform/ui/select.tsx';
import type { PackName } from '../packs/pack.ts';
import { packs } from '../packs/packs.ts';
import { useOrg } from './org-context.tsx';
import type { PackTemplate } from './pack-template-settings.tsx';

interface Head {
  name: string;
  pack: PackName;
}

/** The routes of such templates. */
interface PackTemplateApi<F> {
  createTemplate: (request: { org: string; body: Head & F }, call: ChangeCall) => Promise<unknown>;
  setTemplate: (
    request: { org: string; params: { key: string }; body: Head & F & { version: number } },
    call: ChangeCall,
  ) => Promise<unknown>;
  removeTemplate: (request: { org: string; params: { key: string } }, call: ChangeCall) => Promise<unknown>;
}

interface PackTemplateFormProps<F extends object> {
  template: PackTemplate | null;
  api: PackTemplateApi<F>;
  /** What one is called: “checklist”. */
  noun: string;
  nameLabel: string;
  placeholder: string;
  /** The table that keeps them. */
  table: string;
  /** What is edited below name and pack. */
  fields: F;
  /** Whether it can be saved as it is. */
  whole?: boolean;
  onDone: () => void;
  children: (pack: PackName) => ReactNode;
}

/** A template in its dialog: what it is called, whose pack it is of, and what it holds. */
export function PackTemplateForm<F extends object>({
  template,
  api,
  noun,
  nameLabel,
  placeholder,
  table,
  fields,
  whole = true,
  onDone,
  children,
}: PackTemplateFormProps<F>) {
  const org = useOrg();
  const [name, setName] = useState(template?.name ?? '');
  const [pack, setPack] = useState<PackName>(template?.pack ?? org.pack.name);
  const save = useChange(org.slug, [table], (body: Head & F, call) =>
    template
      ? api.setTemplate(
          { org: org.slug, params: { key: template.key }, body: { ...body, version: template.version } },
          call,
        )
      : api.createTemplate({ org: org.slug, body }, call),
  );
  const remove = useChange(org.slug, [table], (key: string, call) =>
    api.removeTemplate({ org: org.slug, params: { key } }, call),
  );
  return (
    <form
      className="contents"
      onSubmit={(event) => {
        event.preventDefault();
        if (whole) save.mutate({ name, pack, ...fields }, { onSuccess: onDone });
      }}
    >
      <div className="grid grid-cols-1 gap-4 pb-5">
        <div className="grid gap-4 sm:grid-cols-2">
          <FieldFrame label={nameLabel}>
            {(control) => (
              <Input
                {...control}
                required
                maxLength={120}
                placeholder={placeholder}
                value={name}
                onChange={({ target }) => setName(target.value)}
              />
            )}
          </FieldFrame>
          {org.packs.length > 1 && (
            <FieldFrame label="Pack">
              {(control) => (
                <Select
                  {...control}
                  value={pack}
                  onValue={setPack}
                  options={org.packs.map((each) => ({ value: each, label: packs[each].label }))}
                />
              )}
            </FieldFrame>
          )}
        </div>
        {children(pack)}
      </div>
      <DialogFooter>
        {(save.error ?? remove.error) && <ErrorNotice error={save.error ?? remove.error} className="basis-full" />}
        {template && template.version > 0 && (
          <Button
            variant="danger-ghost"
            busy={remove.isPending}
            onClick={() => remove.mutate(template.key, { onSuccess: onDone })}
            className="mr-auto"
          >
            {template.builtIn ? `Back to the built-in ${noun}` : `Remove ${noun}`}
          </Button>
        )}
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" variant="primary" busy={save.isPending} disabled={!name.trim() || !whole}>
          Save
        </Button>
      </DialogFooter>
    </form>
  );
}
