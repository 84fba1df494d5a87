/** What the page of tasks is narrowed to, in the address. */
export interface MyTasksSearch {
  q?: string;
  /** Absent: one's own. */
  whose?: 'nobody' | 'all';
  done?: true;
}

export function readMyTasksSearch({ q, whose, done }: Record<string, unknown>): MyTasksSearch {
  return {
    q: typeof q === 'string' && q ? q : undefined,
    whose: whose === 'nobody' || whose === 'all' ? whose : undefined,
    done: done === true || undefined,
  };
}
