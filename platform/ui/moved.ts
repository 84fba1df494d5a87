/** The list with what was at one place at another; behind its end is at its end. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const rest = list.filter((_, index) => index !== from);
  return rest.toSpliced(Math.max(0, to), 0, ...list.slice(from, from + 1));
}
