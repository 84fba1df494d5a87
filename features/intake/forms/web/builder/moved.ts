/** A list with one of its things behind another; null: first. */
export function moved<T>(list: readonly T[], idOf: (one: T) => string, id: string, after: string | null): T[] {
  const rest = list.filter((one) => idOf(one) !== id);
  const at = after === null ? 0 : rest.findIndex((one) => idOf(one) === after) + 1;
  return [...rest.slice(0, at), ...list.filter((one) => idOf(one) === id), ...rest.slice(at)];
}
