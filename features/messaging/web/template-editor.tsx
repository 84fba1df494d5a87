import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { ApiError } from '#platform/client/client.ts';
import { useChange } from '#platform/client/use-change.ts';
import { Button } from '#platform/ui/button.tsx';
import { ConfirmDialog, Dialog, DialogFooter } from '#platform/ui/dialog.tsx';
import { ErrorNotice, errorText } from '#platform/ui/error-notice.tsx';
import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { Input, Textarea } from '#platform/ui/input.tsx';
import { useToast } from '#platform/ui/toast.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { MessageTemplate } from '../contract.ts';
import { mailHtml } from '../mail-layout.ts';
import { fillBody, fillSubject, placeOf, templateFault } from '../template-rules.ts';
import { MailFrame } from './mail-frame.tsx';
import { messagingApi, senderQuery } from './message-queries.ts';

/** The wording of one kind at the left, the mail as it will look at the right. */
export function TemplateEditor({ template, onClose }: { template: MessageTemplate; onClose: () => void }) {
  const org = useOrg();
  const toast = useToast();
  const [subject, setSubject] = useState(template.subject);
  const [body, setBody] = useState(template.body);
  const save = useChange(org.slug, ['message_templates'], (_: void, call) =>
    messagingApi.setTemplate(
      { org: org.slug, params: { kind: template.kind }, body: { version: template.version, subject, body } },
      call,
    ),
  );
  const may = org.can('messages.change');
  const names = template.variables.map(({ name }) => name);
  const refused = save.error instanceof ApiError ? save.error.fields : [];
  const faultOf = (field: 'subject' | 'body', text: string) => {
    const fault = templateFault(text, names);
    if (fault) return `At ${placeOf(text, fault.at)}: ${fault.message}`;
    return refused.find((one) => one.field === field)?.message;
  };
  const submit = () =>
    void save.mutateAsync(undefined).then(
      () => {
        toast({ tone: 'good', title: 'The wording is saved' });
        onClose();
      },
      () => undefined,
    );
  return (
    <Dialog
      open
      size="lg"
      onOpenChange={(open) => !open && onClose()}
      title="Wording"
      description={`${template.title}.`}
    >
      <div className="grid gap-5 pb-5 lg:grid-cols-2">
        <div className="grid content-start gap-4">
          <FieldFrame label="Subject" error={faultOf('subject', subject)}>
            {(control) => (
              <Input
                {...control}
                readOnly={!may}
                value={subject}
                onChange={(event) => setSubject(event.target.value)}
              />
            )}
          </FieldFrame>
          <FieldFrame
            label="Text"
            hint="An empty line begins a paragraph. **Bold**, and [words](https://example.com) for a link."
            error={faultOf('body', body)}
          >
            {(control) => (
              <Textarea
                {...control}
                readOnly={!may}
                value={body}
                onChange={(event) => setBody(event.target.value)}
                className="min-h-48"
              />
            )}
          </FieldFrame>
          <Variables template={template} onAdd={may ? (name) => setBody(`${body}{{${name}}}`) : undefined} />
          {save.error && refused.length === 0 && <ErrorNotice error={save.error} />}
        </div>
        <Preview template={template} subject={subject} body={body} />
      </div>
      {may && (
        <DialogFooter>
          {template.version > 0 && <Reset kind={template.kind} onDone={onClose} />}
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            busy={save.isPending}
            disabled={
              Boolean(templateFault(subject, names) ?? templateFault(body, names)) || !subject.trim() || !body.trim()
            }
            onClick={submit}
          >
            Save wording
          </Button>
        </DialogFooter>
      )}
    </Dialog>
  );
}

function Variables({ template, onAdd }: { template: MessageTemplate; onAdd: ((name: string) => void) | undefined }) {
  return (
    <section aria-label="What the wording may use">
      <h3 className="mb-1.5 text-xs font-medium text-ink-faint">What it may use</h3>
      <ul className="grid gap-1 text-xs">
        {template.variables.map(({ name, means }) => (
          <li key={name} className="flex items-baseline gap-2">
            <button
              type="button"
              disabled={!onAdd}
              title={onAdd && 'Add it to the end of the text'}
              onClick={() => onAdd?.(name)}
              className="shrink-0 rounded-sm bg-accent-soft px-1 font-mono text-on-accent-soft"
            >{`{{${name}}}`}</button>
            <span className="text-ink-soft">{means}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Preview({ template, subject, body }: { template: MessageTemplate; subject: string; body: string }) {
  const org = useOrg();
  const sender = useQuery(senderQuery(org.slug));
  const name = sender.data?.name ?? org.name;
  const [line, html] = useMemo(() => {
    const values = Object.fromEntries(template.variables.map((variable) => [variable.name, variable.example]));
    const filled = fillSubject(subject, values);
    const mail = mailHtml({
      sender: name,
      subject: filled,
      paragraphs: fillBody(body, values),
      button: template.button === null ? null : { label: template.button, href: '#' },
      footer: `${org.name} sent you this with Holdfast.`,
      unsubscribe: template.unsubscribe ? '#' : null,
    });
    return [filled, mail];
  }, [template, subject, body, name, org.name]);
  return (
    <section aria-label="Preview" className="min-w-0">
      <h3 className="mb-1 text-sm font-medium">As it looks</h3>
      <p className="mb-2 truncate text-xs text-ink-soft" title={line}>
        <span className="font-medium text-ink">{name}</span>: {line}
      </p>
      <MailFrame html={html} title="Preview of the mail" className="h-96" />
    </section>
  );
}

function Reset({ kind, onDone }: { kind: string; onDone: () => void }) {
  const org = useOrg();
  const toast = useToast();
  const [asking, setAsking] = useState(false);
  const reset = useChange(org.slug, ['message_templates'], (_: void, call) =>
    messagingApi.resetTemplate({ org: org.slug, params: { kind } }, call),
  );
  return (
    <>
      <Button variant="danger-ghost" className="mr-auto" onClick={() => setAsking(true)}>
        Reset
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title="Go back to the built-in wording?"
        description="Yours stays in the audit trail."
        action="Reset wording"
        onConfirm={() =>
          reset
            .mutateAsync(undefined)
            .then(onDone, (failure: unknown) =>
              toast({ tone: 'danger', title: 'Your wording still holds', detail: errorText(failure) }),
            )
        }
      />
    </>
  );
}
