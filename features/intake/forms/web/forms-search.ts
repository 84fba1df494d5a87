/** Which forms are listed, in the address. */
export interface FormsSearch {
  archived?: true | undefined;
}

export function readFormsSearch({ archived }: Record<string, unknown>): FormsSearch {
  return { archived: archived === true || undefined };
}
