import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import { useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { Button, IconButton } from './button.tsx';
import { cn } from './class-names.ts';
import { ErrorNotice } from './error-notice.tsx';

interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** One sentence under the title. */
  description?: ReactNode;
  children: ReactNode;
  /** `panel` slides in at the right and leaves the page in sight: for editing beside a list. */
  as?: 'dialog' | 'panel';
  size?: 'sm' | 'md' | 'lg';
}

const widths = { sm: 'sm:max-w-sm', md: 'sm:max-w-lg', lg: 'sm:max-w-3xl' };

/** What is edited in place says `data-takes-escape`: there it takes back what was typed, and no more. */
const takesEscape = (target: EventTarget | null) =>
  target instanceof Element && target.closest('[data-takes-escape]') !== null;

/**
 * A modal dialog or side panel; on a phone a sheet from below. Escape and the backdrop close it.
 * Put buttons into a `DialogFooter` at the end of the children: it stays in sight.
 */
export function Dialog({ open, onOpenChange, title, description, children, as = 'dialog', size = 'md' }: DialogProps) {
  const giveFocusBack = useOpener(open);
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-appear bg-overlay" />
        <Radix.Content
          {...(description ? {} : { 'aria-describedby': undefined })}
          onCloseAutoFocus={giveFocusBack}
          onEscapeKeyDown={(event) => takesEscape(event.target) && event.preventDefault()}
          className={cn(
            'fixed z-40 flex w-full flex-col overflow-hidden bg-surface shadow-float outline-none',
            'inset-x-0 bottom-0 max-h-[92dvh] animate-rise rounded-t-xl',
            as === 'dialog' &&
              'sm:inset-x-auto sm:top-1/2 sm:bottom-auto sm:left-1/2 sm:max-h-[86dvh] sm:-translate-x-1/2 sm:-translate-y-1/2 sm:rounded-xl',
            as === 'panel' && 'sm:inset-y-0 sm:right-0 sm:left-auto sm:max-h-none sm:animate-slide-in sm:rounded-none',
            widths[size],
          )}
        >
          <header className="flex items-center gap-3 border-b border-line px-5 py-3">
            <div className="min-w-0 flex-1">
              <Radix.Title className="text-lg font-semibold tracking-tight break-words">{title}</Radix.Title>
              {description && <Radix.Description className="text-sm text-ink-soft">{description}</Radix.Description>}
            </div>
            <Radix.Close asChild>
              <IconButton label="Close" className="-mr-2">
                <X aria-hidden />
              </IconButton>
            </Radix.Close>
          </header>
          {/* `relative` keeps the hidden inputs of choices in here: else a focus far down scrolls the header away. */}
          <div className="relative flex min-h-0 flex-1 flex-col overflow-y-auto overscroll-contain px-5 pt-4 pb-5">
            {children}
          </div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/**
 * Remembers what had the focus when the dialog opened, and gives it back: Radix does so only for its own trigger,
 * which these dialogs don't have. From a menu, which is gone by then, it goes to the menu's button.
 */
function useOpener(open: boolean): (event: Event) => void {
  const opener = useRef<Element | null>(null);
  // Before the dialog takes the focus, and before a closing menu leaves the document.
  useLayoutEffect(() => {
    if (!open) return;
    const focused = document.activeElement;
    const menu = focused?.closest('[role=menu]');
    opener.current = menu ? document.getElementById(menu.getAttribute('aria-labelledby') ?? '') : focused;
  }, [open]);
  return (event) => {
    event.preventDefault();
    if (opener.current instanceof HTMLElement) opener.current.focus({ preventScroll: true });
  };
}

/** The buttons of a dialog, the main one last. */
export function DialogFooter({ children }: { children: ReactNode }) {
  return (
    <footer className="sticky -bottom-5 -mx-5 mt-auto -mb-5 flex flex-wrap items-center justify-end gap-2 border-t border-line bg-surface px-5 pt-3 pb-[max(0.75rem,env(safe-area-inset-bottom))]">
      {children}
    </footer>
  );
}

interface SubmitFooterProps {
  onCancel: () => void;
  busy: boolean;
  disabled?: boolean | undefined;
  tone?: 'danger' | 'primary';
  /** Why it failed. */
  error?: Error | null;
  /** The verb: “Copy”. */
  children: ReactNode;
}

/** The buttons of a form in a dialog. */
export function SubmitFooter({ onCancel, busy, disabled, tone = 'primary', error, children }: SubmitFooterProps) {
  return (
    <DialogFooter>
      {error && <ErrorNotice error={error} className="basis-full" />}
      <Button onClick={onCancel}>Cancel</Button>
      <Button type="submit" variant={tone} busy={busy} disabled={disabled}>
        {children}
      </Button>
    </DialogFooter>
  );
}

interface ConfirmProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** What will happen, and whether it can be undone. */
  description: ReactNode;
  /** The verb: “Revoke key”. */
  action: string;
  tone?: 'danger' | 'primary';
  /** Closes when it resolves; rejections are the caller's to show. */
  onConfirm: () => Promise<unknown>;
}

/** Asks before something that is hard to take back. */
export function ConfirmDialog({
  open,
  onOpenChange,
  title,
  description,
  action,
  tone = 'danger',
  onConfirm,
}: ConfirmProps) {
  const [busy, setBusy] = useState(false);
  const confirm = async () => {
    setBusy(true);
    await onConfirm().finally(() => setBusy(false));
    onOpenChange(false);
  };
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={title} size="sm">
      <div className="pb-5 text-sm text-ink-soft">{description}</div>
      <DialogFooter>
        <Button onClick={() => onOpenChange(false)}>Cancel</Button>
        <Button variant={tone} busy={busy} onClick={() => void confirm()}>
          {action}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
