import { Check, Copy } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Button } from './button.tsx';
import { Dialog, DialogFooter } from './dialog.tsx';
import { Input } from './input.tsx';

interface SecretDialogProps {
  title: string;
  description: ReactNode;
  /** Open while there is one. */
  secret: string | null;
  onClose: () => void;
}

/** Shows a secret once, with a button that copies it. */
export function SecretDialog({ title, description, secret, onClose }: SecretDialogProps) {
  const [copied, setCopied] = useState(false);
  const close = () => {
    setCopied(false);
    onClose();
  };
  const copy = async () => {
    await navigator.clipboard.writeText(secret ?? '');
    setCopied(true);
  };
  return (
    <Dialog open={secret !== null} onOpenChange={(open) => !open && close()} title={title} description={description}>
      <div className="flex gap-2 pb-5">
        <Input
          readOnly
          aria-label={title}
          value={secret ?? ''}
          onFocus={(event) => event.target.select()}
          className="font-mono text-xs"
        />
        <Button onClick={() => void copy().catch(() => setCopied(false))}>
          {copied ? <Check aria-hidden /> : <Copy aria-hidden />}
          <span aria-live="polite">{copied ? 'Copied' : 'Copy'}</span>
        </Button>
      </div>
      <DialogFooter>
        <Button variant="primary" onClick={close}>
          Done
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
