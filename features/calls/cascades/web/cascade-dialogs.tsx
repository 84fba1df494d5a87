import { useState } from 'react';
import { useChange } from '#platform/client/use-change.ts';
import { Button } from '#platform/ui/button.tsx';
import { Dialog, DialogFooter } from '#platform/ui/dialog.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { Textarea } from '#platform/ui/input.tsx';
import { useEdit } from '#platform/ui/use-edit.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import { ResourcePicker } from '#features/scheduling/resources/web/resource-picker.tsx';
import type { Cascade } from '../cascade-contract.ts';
import type { CallSettings } from './call-settings.ts';
import { callsApi, callTables } from './call-queries.ts';
import type { CascadeDialog } from './cascade-menu.tsx';
import { SettingsFields, SettingsForm } from './settings-fields.tsx';

const titles: Readonly<Record<CascadeDialog['kind'], (need: string) => string>> = {
  halt: (need) => `Halt the calls for ${need}?`,
  cancel: (need) => `Halt and cancel the calls for ${need}?`,
  settings: (need) => `How ${need} is called for`,
  add: (need) => `Add people for ${need}`,
};

/** What a round of calls asks about before it is changed. */
export function CascadeDialogs({ dialog, onClose }: { dialog: CascadeDialog | null; onClose: () => void }) {
  return (
    <Dialog
      open={dialog !== null}
      onOpenChange={(open) => !open && onClose()}
      title={dialog ? titles[dialog.kind](dialog.cascade.needTitle) : 'Calls'}
      size={dialog?.kind === 'settings' ? 'md' : 'sm'}
      {...(dialog?.kind === 'settings' && { as: 'panel' as const })}
    >
      {dialog?.kind === 'halt' && <Halt cascade={dialog.cascade} onClose={onClose} />}
      {dialog?.kind === 'cancel' && <Cancel cascade={dialog.cascade} onClose={onClose} />}
      {dialog?.kind === 'settings' && <Settings cascade={dialog.cascade} onClose={onClose} />}
      {dialog?.kind === 'add' && <AddPeople cascade={dialog.cascade} onClose={onClose} />}
    </Dialog>
  );
}

interface PartProps {
  cascade: Cascade;
  onClose: () => void;
}

function Halt({ cascade, onClose }: PartProps) {
  const org = useOrg();
  const halt = useChange(org.slug, callTables, (_: null, call) =>
    callsApi.halt({ org: org.slug, params: { id: cascade.id }, body: {} }, call),
  );
  return (
    <>
      <p className="pb-5 text-sm text-pretty text-ink-soft">
        Nobody else is asked, for good; to stop for a while, pause instead.{' '}
        {openWords(cascade.counts.open ?? 0, 'may still answer')}
      </p>
      <Foot
        action="Halt"
        busy={halt.isPending}
        error={halt.error}
        onClose={onClose}
        onAct={() => halt.mutate(null, { onSuccess: onClose })}
      />
    </>
  );
}

function Cancel({ cascade, onClose }: PartProps) {
  const org = useOrg();
  const [note, setNote] = useState('');
  const cancel = useChange(org.slug, callTables, (text: string, call) =>
    callsApi.cancel({ org: org.slug, params: { id: cascade.id }, body: { note: text } }, call),
  );
  return (
    <>
      <p className="pb-4 text-sm text-pretty text-ink-soft">
        {cascade.state === 'halted' ? '' : 'Nobody else is asked. '}
        {openWords(cascade.counts.open ?? 0, 'is told by mail that it is no longer needed')} Who accepted keeps their
        seat.
      </p>
      <div className="pb-5">
        <FieldFrame label="A word to those who were asked" optional>
          {(control) => (
            <Textarea {...control} value={note} maxLength={1_000} onChange={({ target }) => setNote(target.value)} />
          )}
        </FieldFrame>
      </div>
      <Foot
        action="Halt and cancel"
        danger
        busy={cancel.isPending}
        error={cancel.error}
        onClose={onClose}
        onAct={() => cancel.mutate(note.trim(), { onSuccess: onClose })}
      />
    </>
  );
}

function openWords(open: number, what: string): string {
  if (open === 0) return 'No call is open.';
  return `${open === 1 ? 'One person who was asked' : `Each of the ${open} people who were asked`} ${what}.`;
}

function Settings({ cascade, onClose }: PartProps) {
  const org = useOrg();
  const change = useChange(org.slug, callTables, (body: Partial<CallSettings> & { version: number }, call) =>
    callsApi.change({ org: org.slug, params: { id: cascade.id }, body }, call),
  );
  const edit = useEdit<CallSettings>(cascade, change.mutateAsync, onClose);
  return (
    <SettingsForm.Form values={cascade} {...edit} action="Save" onCancel={onClose} footer={DialogFooter}>
      <p className="text-sm text-ink-soft">What was sent stays as it was; this holds from now on.</p>
      <SettingsFields />
    </SettingsForm.Form>
  );
}

function AddPeople({ cascade, onClose }: PartProps) {
  const org = useOrg();
  const [person, setPerson] = useState<string | null>(null);
  const [next, setNext] = useState(false);
  const [missing, setMissing] = useState(false);
  const add = useChange(org.slug, callTables, (id: string, call) =>
    callsApi.addCandidates({ org: org.slug, params: { id: cascade.id }, body: { resourceIds: [id], next } }, call),
  );
  return (
    <>
      <div className="grid gap-4 pb-5">
        <FieldFrame label="Who" error={missing && !person ? 'Choose who is to be asked.' : undefined}>
          {(control) => <ResourcePicker {...control} kind="person" value={person} onValue={setPerson} />}
        </FieldFrame>
        <label className="flex min-h-6 items-center gap-2 text-sm">
          <input
            type="checkbox"
            checked={next}
            onChange={({ target }) => setNext(target.checked)}
            className="size-4 accent-accent"
          />
          Ask them next, before all who wait for their turn
        </label>
      </div>
      <Foot
        action="Add"
        busy={add.isPending}
        error={add.error}
        onClose={onClose}
        onAct={() => (person ? add.mutate(person, { onSuccess: onClose }) : setMissing(true))}
      />
    </>
  );
}

interface FootProps {
  action: string;
  danger?: boolean;
  busy: boolean;
  error: Error | null;
  onClose: () => void;
  onAct: () => void;
}

function Foot({ action, danger = false, busy, error, onClose, onAct }: FootProps) {
  return (
    <DialogFooter>
      {error && <ErrorNotice error={error} className="basis-full" />}
      <Button onClick={onClose}>{danger || action === 'Halt' ? 'Leave it as it is' : 'Cancel'}</Button>
      <Button variant={danger ? 'danger' : 'primary'} busy={busy} onClick={onAct}>
        {action}
      </Button>
    </DialogFooter>
  );
}
