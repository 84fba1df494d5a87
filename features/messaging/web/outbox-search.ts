import type { Message } from '../contract.ts';

type State = Message['state'];

/** What each state is called, how it looks, and what it means. */
export const stateWords: Readonly<
  Record<State, { label: string; tone: 'neutral' | 'hold' | 'good' | 'danger' | 'outline'; means: string }>
> = {
  waiting: { label: 'Waiting', tone: 'hold', means: 'It goes out as soon as the mail server takes it.' },
  sent: { label: 'Sent', tone: 'good', means: 'The mail server took it.' },
  failed: { label: 'Not sent', tone: 'danger', means: 'The mail server refused it for good, or for too long.' },
  bounced: { label: 'Came back', tone: 'danger', means: 'The reader’s mail server sent it back.' },
  suppressed: { label: 'Held back', tone: 'neutral', means: 'The reader unsubscribed, or the address bounced before.' },
  kept: { label: 'Kept here', tone: 'outline', means: 'This installation has no mail server, so mail goes nowhere.' },
};

export const stateNames = Object.keys(stateWords).filter((name): name is State => name in stateWords);

/** What the outbox is narrowed to, in the address. */
export interface OutboxSearch {
  q?: string | undefined;
  state?: State | undefined;
  kind?: string | undefined;
  /** The open message. */
  message?: string | undefined;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value ? value : undefined);

export function readOutboxSearch(search: Record<string, unknown>): OutboxSearch {
  return {
    q: text(search['q']),
    state: stateNames.find((name) => name === search['state']),
    kind: text(search['kind']),
    message: text(search['message']),
  };
}
