import type { RouteOutput } from '#platform/contract/contract.ts';
import type { documents } from '../contract.ts';

/** What became of the mails, in a sentence or two. */
export function sentText(result: RouteOutput<typeof documents.routes.send>): { title: string; detail: string } {
  const { sent, unchanged, unreachable, notBooked } = result;
  const title =
    sent.length === 0
      ? 'No mail was sent'
      : sent.length === 1
        ? '1 mail is on its way'
        : `${sent.length} mails are on their way`;
  const said = [
    names(unchanged, 'has exactly this already', 'have exactly this already'),
    names(unreachable, 'can’t be reached by mail', 'can’t be reached by mail'),
    names(notBooked, 'is not booked on this day', 'are not booked on this day'),
  ];
  return { title, detail: said.filter(Boolean).join(' ') };
}

function names(list: readonly string[], one: string, many: string): string {
  const [first] = list;
  if (!first) return '';
  const shown = list.length > 3 ? `${list.slice(0, 3).join(', ')} and ${list.length - 3} more` : list.join(', ');
  return `${shown} ${list.length === 1 ? one : many}.`;
}
