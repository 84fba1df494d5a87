import { Check, Copy, ExternalLink } from 'lucide-react';
import { useState } from 'react';
import { useChange } from '#platform/client/use-change.ts';
import { Button } from '#platform/ui/button.tsx';
import { Dialog } from '#platform/ui/dialog.tsx';
import { ErrorNotice } from '#platform/ui/error-notice.tsx';
import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { Input, Textarea } from '#platform/ui/input.tsx';
import { QrCode } from '#features/identity/web/account/qr-code.tsx';
import { useOrg } from '#features/organisations/web/org-context.tsx';
import type { Form } from '../../contract.ts';
import { formAddress, formsApi } from '../form-queries.ts';
import { frameSnippet } from './frame-snippet.ts';

interface ShareDialogProps {
  form: Form;
  open: boolean;
  onClose: () => void;
  onSaved: (form: Form) => void;
}

/** How people come to a published form: by its address, by a code on paper, in a page of one’s own. */
export function ShareDialog({ form, open, onClose, onSaved }: ShareDialogProps) {
  const org = useOrg();
  const address = formAddress(org.slug, form.slug);
  return (
    <Dialog open={open} onOpenChange={(now) => !now && onClose()} title="Share" description={reachOf(form)}>
      <div className="grid gap-5 pb-3">
        <CopyLine label="Address" text={address} />
        <div className="flex flex-wrap items-center gap-4">
          <QrCode text={address} label={`QR code of ${address}`} />
          <div className="grid min-w-0 flex-1 basis-40 justify-items-start gap-2 text-sm text-pretty text-ink-soft">
            For posters and doors: a phone’s camera opens the form.
            <Button asChild size="sm">
              <a href={address} target="_blank" rel="noreferrer">
                <ExternalLink aria-hidden /> Open the form
              </a>
            </Button>
          </div>
        </div>
        <Embedding key={form.version} form={form} address={address} onSaved={onSaved} />
      </div>
    </Dialog>
  );
}

function reachOf({ published, open }: Form): string {
  if (published === null) return 'It shows nothing until it is published.';
  return open ? 'Anybody with its address can fill it in.' : 'It is closed: whoever comes by its address reads that.';
}

function Embedding({ form, address, onSaved }: Pick<ShareDialogProps, 'form' | 'onSaved'> & { address: string }) {
  const org = useOrg();
  const [text, setText] = useState(form.embedOrigins.join('\n'));
  const save = useChange(org.slug, ['forms'], (embedOrigins: string[], call) =>
    formsApi.change({ org: org.slug, params: { id: form.id }, body: { version: form.version, embedOrigins } }, call),
  );
  const origins = [...new Set(text.split(/\s+/).filter(Boolean).map(originOf))];
  const changed = origins.join('\n') !== form.embedOrigins.join('\n');
  return (
    <div className="grid gap-3 border-t border-line pt-4">
      <FieldFrame
        label="Pages that may show it in a frame"
        optional
        hint="One site on each line, like https://www.example.com. Everywhere else it stays outside of frames."
      >
        {(control) => (
          <Textarea
            {...control}
            value={text}
            onChange={({ target }) => setText(target.value)}
            className="min-h-9 font-mono text-xs"
            spellCheck={false}
          />
        )}
      </FieldFrame>
      {save.error && <ErrorNotice error={save.error} />}
      {changed && (
        <Button
          variant="primary"
          className="justify-self-start"
          busy={save.isPending}
          onClick={() => save.mutate(origins, { onSuccess: onSaved })}
        >
          Save the sites
        </Button>
      )}
      {!changed && form.embedOrigins.length > 0 && (
        <CopyLine label="Snippet for that page" text={frameSnippet(address, form.title)} />
      )}
    </div>
  );
}

/** People copy the whole address of a page; its site is meant. */
function originOf(text: string): string {
  return URL.canParse(text) ? new URL(text).origin : text;
}

function CopyLine({ label, text }: { label: string; text: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
  };
  return (
    <FieldFrame label={label}>
      {(control) => (
        <div className="flex gap-2">
          <Input
            {...control}
            readOnly
            value={text}
            onFocus={({ target }) => target.select()}
            className="font-mono text-xs"
          />
          <Button onClick={() => void copy().catch(() => setCopied(false))}>
            {copied ? <Check aria-hidden /> : <Copy aria-hidden />}
            <span aria-live="polite">{copied ? 'Copied' : 'Copy'}</span>
          </Button>
        </div>
      )}
    </FieldFrame>
  );
}
