import { Children, type ReactNode } from 'react';
import { cn } from './class-names.ts';

/** A line of a `dl` that says what is known; nothing when there is nothing to say. */
export function Fact({ label, children }: { label: string; children: ReactNode }) {
  // Several conditions may all be false, and a text may be empty.
  if (Children.toArray(children).every((part) => part === '')) return null;
  return (
    <div className="grid grid-cols-[7rem_minmax(0,1fr)] gap-2">
      <dt className="text-ink-faint">{label}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  );
}

export function MailLink({ email }: { email: string }) {
  return (
    <a href={`mailto:${email}`} className="break-all text-accent hover:underline">
      {email}
    </a>
  );
}

export function PhoneLink({ phone, className }: { phone: string; className?: string }) {
  return (
    <a href={`tel:${phone.replace(/[^\d+]/g, '')}`} className={cn('text-accent hover:underline', className)}>
      {phone}
    </a>
  );
}
