import type { Content, TableCell } from 'pdfmake/interfaces.js';
import type { Setting } from './blocks.ts';
import type { Prose, ProseLines, ProsePiece } from './document.ts';

/** Running text with headings, numbered clauses and places to sign, as letters and contracts have it. */
export function prose({ pieces }: Prose, setting: Setting): Content[] {
  return pieces.map((piece, index) => pieceContent(piece, setting, pieces[index - 1]?.kind === 'page'));
}

/** Room for the number of a clause, in points. */
const numbers = 30;

function pieceContent(piece: ProsePiece, setting: Setting, first: boolean): Content {
  const { letters, colour } = setting;
  const text = (lines: ProseLines) =>
    lines.flatMap((line, index) => [
      ...(index > 0 ? [{ text: '\n' }] : []),
      ...line.map(({ text: words, bold }) => ({ text: letters.printable(words), bold })),
    ]);
  switch (piece.kind) {
    case 'page':
      return { text: '', pageBreak: 'after' };
    case 'heading':
      return {
        text: text(piece.lines),
        style: 'heading',
        color: colour,
        margin: [0, first ? 0 : 14, 0, 4],
        // pdfmake keeps it with what follows.
        headlineLevel: 1,
      };
    case 'paragraph':
      return { text: text(piece.lines), margin: [0, 4, 0, 4], lineHeight: 1.15 };
    case 'clause':
      return {
        columns: [
          { text: piece.number, width: numbers, bold: !piece.number.match(/\.\d/) },
          { text: text(piece.lines), width: '*', lineHeight: 1.15 },
        ],
        margin: [0, 3, 0, 3],
      };
    case 'list':
      return {
        stack: piece.items.map((lines) => ({
          columns: [
            { text: '•', width: 12 },
            { text: text(lines), width: '*', lineHeight: 1.15 },
          ],
          margin: [0, 2, 0, 2] as [number, number, number, number],
        })),
        margin: [0, 2, 0, 4],
      };
    case 'signatures':
      return signatures(piece.labels, setting);
  }
}

/** Two beside one another: place and date, a line to sign on, and who signs. All of them on one page. */
function signatures(labels: readonly string[], { letters, width }: Setting): Content {
  const gap = 28;
  const share = (width - gap) / 2;
  const line = (): Content => ({
    canvas: [{ type: 'line', x1: 0, y1: 0, x2: share, y2: 0, lineWidth: 0.5 }],
    margin: [0, 30, 0, 2],
  });
  const cell = (label: string): TableCell => ({
    stack: [
      line(),
      { text: letters.printable('Place and date'), style: 'head' },
      line(),
      { text: letters.printable(label || 'Signature'), style: 'head' },
    ],
  });
  const rows: TableCell[][] = [];
  for (let at = 0; at < labels.length; at += 2)
    rows.push([cell(labels[at] ?? ''), at + 1 < labels.length ? cell(labels[at + 1] ?? '') : { text: '' }]);
  return {
    table: { widths: [share, share], body: rows, dontBreakRows: true },
    layout: {
      hLineWidth: () => 0,
      vLineWidth: () => 0,
      paddingLeft: () => 0,
      paddingRight: (column) => (column === 0 ? gap : 0),
      paddingTop: () => 0,
      paddingBottom: () => 0,
    },
    margin: [0, 16, 0, 0],
    unbreakable: true,
  };
}
