import { CircleAlert, CircleCheck, X } from 'lucide-react';
import { Toast as Radix } from 'radix-ui';
import { createContext, use, useCallback, useState, type ReactNode } from 'react';
import { IconButton } from './button.tsx';

interface Message {
  id: number;
  tone: 'good' | 'danger';
  title: string;
  detail?: string;
  action?: { label: string; onPress: () => void };
}

type Show = (message: Omit<Message, 'id'>) => void;

const ToastContext = createContext<Show | null>(null);

/** `toast({ tone, title })` says what just happened. Errors that belong to a field go to the field instead. */
export function useToast(): Show {
  const show = use(ToastContext);
  if (!show) throw new Error('useToast needs a ToastProvider above it.');
  return show;
}

let lastId = 0;

/** Wraps the application once. At most three messages stand; hovering keeps them. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [messages, setMessages] = useState<Message[]>([]);
  const show = useCallback<Show>((message) => {
    lastId += 1;
    const id = lastId;
    setMessages((now) => [...now.slice(-2), { ...message, id }]);
  }, []);
  const drop = (id: number) => setMessages((now) => now.filter((message) => message.id !== id));
  return (
    <ToastContext value={show}>
      <Radix.Provider swipeDirection="right" label="Message">
        {children}
        {messages.map((message) => (
          <ToastCard key={message.id} message={message} onClose={() => drop(message.id)} />
        ))}
        <Radix.Viewport className="fixed top-12 right-0 z-[70] flex w-full flex-col gap-2 p-3 outline-none sm:max-w-sm lg:top-auto lg:bottom-0 lg:p-4" />
      </Radix.Provider>
    </ToastContext>
  );
}

function ToastCard({ message, onClose }: { message: Message; onClose: () => void }) {
  const danger = message.tone === 'danger';
  const Icon = danger ? CircleAlert : CircleCheck;
  return (
    <Radix.Root
      type={danger ? 'foreground' : 'background'}
      duration={danger ? 10_000 : 5_000}
      onOpenChange={(open) => !open && onClose()}
      className="flex animate-rise items-start gap-2.5 rounded-lg bg-raised p-3 shadow-float data-[swipe=move]:translate-x-[var(--radix-toast-swipe-move-x)]"
    >
      <Icon
        aria-hidden
        className={danger ? 'mt-0.5 size-4 shrink-0 text-danger' : 'mt-0.5 size-4 shrink-0 text-good'}
      />
      <div className="min-w-0 flex-1">
        <Radix.Title className="text-sm font-medium break-words">{message.title}</Radix.Title>
        {message.detail && (
          <Radix.Description className="text-sm break-words text-ink-soft">{message.detail}</Radix.Description>
        )}
        {message.action && (
          <Radix.Action
            altText={message.action.label}
            onClick={message.action.onPress}
            className="mt-1 text-sm font-medium text-accent hover:underline"
          >
            {message.action.label}
          </Radix.Action>
        )}
      </div>
      <Radix.Close asChild>
        <IconButton label="Dismiss" size="icon-sm" className="-m-1">
          <X aria-hidden />
        </IconButton>
      </Radix.Close>
    </Radix.Root>
  );
}
