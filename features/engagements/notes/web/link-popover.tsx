import type { Editor } from '@tiptap/react';
import { ExternalLink } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Button } from '#platform/ui/button.tsx';
import { FieldFrame } from '#platform/ui/field-frame.tsx';
import { Input } from '#platform/ui/input.tsx';
import { Popover } from '#platform/ui/popover.tsx';
import { isSafeLink } from '../limits-rules.ts';

interface LinkPopoverProps {
  editor: Editor;
  trigger: ReactNode;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Where the selected words lead. */
export function LinkPopover({ editor, trigger, open, onOpenChange }: LinkPopoverProps) {
  return (
    <Popover label="Link" className="w-80" trigger={trigger} open={open} onOpenChange={onOpenChange}>
      {open && <LinkForm editor={editor} onDone={() => onOpenChange(false)} />}
    </Popover>
  );
}

function LinkForm({ editor, onDone }: { editor: Editor; onDone: () => void }) {
  const before: unknown = editor.getAttributes('link')['href'];
  const [address, setAddress] = useState(typeof before === 'string' ? before : '');
  const [tried, setTried] = useState(false);
  const wanted = complete(address.trim());
  const fault = !isSafeLink(wanted) && 'Use an address such as https://example.com or name@example.com.';
  const put = () => {
    setTried(true);
    if (fault) return;
    const at = editor.chain().focus().extendMarkRange('link');
    if (editor.state.selection.empty && !before)
      at.insertContent({
        type: 'text',
        text: address.trim(),
        marks: [{ type: 'link', attrs: { href: wanted } }],
      }).run();
    else at.setLink({ href: wanted }).run();
    onDone();
  };
  return (
    <form
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        event.stopPropagation();
        put();
      }}
    >
      <FieldFrame label="Address" {...(tried && fault ? { error: fault } : {})}>
        {(control) => (
          <Input
            {...control}
            autoFocus
            placeholder="https://"
            maxLength={2_000}
            value={address}
            onChange={({ target }) => setAddress(target.value)}
          />
        )}
      </FieldFrame>
      <div className="flex flex-wrap justify-end gap-2">
        {typeof before === 'string' && (
          <>
            <Button asChild size="sm" variant="ghost" className="mr-auto">
              <a href={isSafeLink(before) ? before : undefined} target="_blank" rel="noopener noreferrer nofollow">
                <ExternalLink aria-hidden /> Open
              </a>
            </Button>
            <Button
              size="sm"
              onClick={() => {
                editor.chain().focus().extendMarkRange('link').unsetLink().run();
                onDone();
              }}
            >
              Remove
            </Button>
          </>
        )}
        <Button type="submit" size="sm" variant="primary">
          {before ? 'Save' : 'Add link'}
        </Button>
      </div>
    </form>
  );
}

/** As people write addresses: without what stands before them. */
function complete(address: string): string {
  if (/^[a-z][a-z0-9+.-]*:/i.test(address)) return address;
  return /^[^\s@/]+@[^\s@/]+$/.test(address) ? `mailto:${address}` : `https://${address}`;
}
