import type { Programme, Work } from './rules-nyphil.ts';
import { familyName, readableName } from './rules-names.ts';
import { readableTitle } from './rules-work-title.ts';

/** More works than this and no single one stands for the evening: galas, pops, recitals. */
const worksAtMost = 5;
const composersNamed = 3;

/** What a poster would say: `Mahler: Symphony No. 5`; for many short works `Simon, Sowande, Price and more`. */
export function programmeName({ works, concerts }: Programme): string {
  const played = distinctWorks(works);
  const event = concerts[0]?.eventType.trim() || 'Concert';
  if (played.length === 0) return event;
  if (played.length > worksAtMost || /young people/i.test(event)) return `${eventPrefix(event)}${composers(played)}`;
  const main = mainWork(played);
  const title = readableTitle(main.workTitle ?? '') || event;
  return isNobody(main) ? title : `${familyName(main.composerName ?? '')}: ${title}`;
}

/** The programme as it is played, one line per work. */
export function programmeNotes({ works, season, orchestra }: Programme): string {
  const lines = works.flatMap((work) => {
    if (!work.workTitle) return [];
    const by = isNobody(work) ? '' : `${readableName(work.composerName ?? '')}: `;
    const conductor = readableName(work.conductorName ?? '');
    const players = work.soloists.map(({ soloistName, soloistInstrument }) =>
      [readableName(soloistName), soloistInstrument.trim()].filter(Boolean).join(', '),
    );
    const performers = [...(conductor ? [`${conductor}, conductor`] : []), ...players].filter(Boolean);
    return [`${by}${readableTitle(work.workTitle)}${performers.length > 0 ? ` (${performers.join('; ')})` : ''}`];
  });
  return [[orchestra, season].filter(Boolean).join(', '), ...new Set(lines)].filter(Boolean).join('\n');
}

/** Movements of one work are one work; a work of which only a movement is played comes with `movement`. */
function distinctWorks(works: readonly Work[]): Work[] {
  const byTitle = new Map<string, Work>();
  for (const work of works) {
    const key = `${work.composerName} ${work.workTitle}`;
    if (work.workTitle && !byTitle.has(key)) byTitle.set(key, work);
  }
  return [...byTitle.values()];
}

/** A symphony before a concerto before the rest, whole works before excerpts, the later before the earlier. */
function mainWork(works: readonly Work[]): Work {
  return works.reduce((best, work) => (weight(work) >= weight(best) ? work : best));
}

function weight(work: Work): number {
  const title = work.workTitle ?? '';
  const kind = /^SYMPHON(Y|IE)\b/i.test(title) ? 3 : /^CONCERTO\b/i.test(title) ? 2 : 1;
  return kind + (work.movement === undefined ? 10 : 0) + (isNobody(work) ? 0 : 20);
}

function composers(works: readonly Work[]): string {
  const filed = [...new Set(works.filter((work) => !isNobody(work)).map(({ composerName }) => composerName ?? ''))];
  if (filed.length === 1) return `Music by ${readableName(filed[0] ?? '')}`;
  const names = [...new Set(filed.map(familyName))];
  if (names.length === 0) return 'Mixed programme';
  const shown = names.slice(0, composersNamed).join(', ');
  return names.length > composersNamed ? `${shown} and more` : shown;
}

/** Subscription concerts and tours are the ordinary case. */
function eventPrefix(event: string): string {
  return /subscription|tour|special|concert$/i.test(event) && !/young|fundraising/i.test(event) ? '' : `${event}: `;
}

function isNobody({ composerName = '' }: Work): boolean {
  return (
    composerName.trim() === '' || /^(anthem|traditional|unspecified|various|anonymous)\b/i.test(composerName.trim())
  );
}
