import { createContext, use, type ComponentType } from 'react';

/**
 * What claims need of engagements when something is placed. It is handed in, because engagements stand on claims
 * and not the other way round.
 */
export interface EngagementSource {
  /** Finds one by its title. */
  Picker: ComponentType<{ value: string | null; onValue: (id: string | null) => void; 'aria-label'?: string }>;
  /** Makes one. @returns its id */
  create: (
    org: string,
    engagement: { title: string; placeId: string | null; startsAt: string; endsAt: string },
  ) => Promise<string>;
}

const Context = createContext<EngagementSource | null>(null);

export const EngagementSourceProvider = Context.Provider;

export function useEngagementSource(): EngagementSource {
  const source = use(Context);
  if (!source) throw new Error('Placing claims needs an EngagementSourceProvider above it.');
  return source;
}
