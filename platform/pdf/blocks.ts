import type { Content, ContentTable, CustomTableLayout, TableCell } from 'pdfmake/interfaces.js';
import type { Facts, Notes, PdfBlock, PdfTable, Timeline, TimelineRow } from './document.ts';
import { prose } from './prose.ts';

/** Greys that a cheap printer still shows. */
export const ink = { text: '#111111', soft: '#555555', line: '#c9c9c9' } as const;

/** What a block is set with. */
export interface Setting {
  colour: string;
  /** Of the text, in points. */
  width: number;
  letters: { printable(text: string): string };
}

export function blockContent(block: PdfBlock, setting: Setting): Content[] {
  switch (block.kind) {
    case 'facts':
      return facts(block, setting);
    case 'timeline':
      return timeline(block, setting);
    case 'table':
      return table(block, setting);
    case 'notes':
      return notes(block, setting);
    case 'prose':
      return prose(block, setting);
  }
}

/** A hairline below each row; the first one, below a heading, in the organisation's colour. */
const ruled = (colour: string, headerRows: number, line = 0.5): CustomTableLayout => ({
  hLineWidth: (row, { table: { body } }) => (row === 0 ? 0 : row === 1 ? 1 : row === body.length ? 0 : line),
  hLineColor: (row) => (row === 1 ? colour : ink.line),
  vLineWidth: () => 0,
  paddingLeft: () => 0,
  paddingRight: (column, { table: { widths } }) => (column + 1 === widths?.length ? 0 : 10),
  paddingTop: (row) => (row === 0 ? 0 : row < headerRows ? 3 : 4),
  paddingBottom: (row) => (row === 0 ? 3 : row < headerRows ? 2 : 4),
});

/** A heading that stays with the first row, and comes again where its rows go on over a page. */
function section(
  heading: string,
  { colour, letters }: Setting,
  { widths, heads, rows }: { widths: (number | string)[]; heads: readonly string[]; rows: TableCell[][] },
  tall: boolean,
): ContentTable {
  const rest = (cells: number) => Array.from({ length: cells }, () => ({}));
  const title: TableCell = {
    text: letters.printable(heading),
    style: 'heading',
    color: colour,
    colSpan: widths.length,
  };
  const head = heads.map((text) => ({ text: letters.printable(text), style: 'head' }));
  const headerRows = heads.length > 0 ? 2 : 1;
  return {
    table: {
      widths,
      headerRows,
      // What is higher than a page could never be kept together.
      dontBreakRows: !tall,
      keepWithHeaderRows: tall ? 0 : 1,
      body: [[title, ...rest(widths.length - 1)], ...(headerRows === 2 ? [head] : []), ...rows],
    },
    layout: ruled(colour, headerRows),
    margin: [0, 14, 0, 0],
  };
}

/** Rows of more text than this may run over a page: half of one at the narrowest that texts are set. */
function isTall(text: string): boolean {
  return text.split('\n').reduce((lines, line) => lines + 1 + Math.floor(line.length / 45), 0) > 24;
}

function timeline({ heading, rows, empty }: Timeline, setting: Setting): Content[] {
  if (rows.length === 0) return nothing(heading, empty, setting);
  const print = (text: string) => setting.letters.printable(text);
  const body = rows.map((row) => [
    timeCell(row, print),
    {
      stack: [
        { text: print(row.what), bold: true },
        ...(row.where ? [{ text: print(row.where), fontSize: 9 }] : []),
        ...row.details.map((text) => ({ text: print(text), style: 'detail' })),
      ],
    },
  ]);
  // As wide as the longest time, by the width of a digit; what is longer still goes on below.
  const longest = Math.max(...rows.map(({ from, until, mark }) => from.length + until.length + 3 + mark.length * 0.7));
  const widths = [Math.min(150, Math.max(88, longest * 5.8)), '*'];
  const tall = rows.some(({ what, where, details }) => isTall([what, where, ...details].join('\n')));
  return [section(heading, setting, { widths, heads: [], rows: body }, tall)];
}

function timeCell({ from, until, mark }: TimelineRow, print: (text: string) => string): TableCell {
  return {
    text: [
      { text: print(from), bold: true },
      ...(until ? [{ text: ` – ${print(until)}` }] : []),
      ...(mark ? [{ text: `  ${print(mark)}`, style: 'mark' }] : []),
    ],
  };
}

function table({ heading, columns, rows, empty }: PdfTable, setting: Setting): Content[] {
  if (rows.length === 0) return empty ? nothing(heading, empty, setting) : [];
  const whole = columns.reduce((sum, { share }) => sum + share, 0);
  const free = setting.width - 10 * (columns.length - 1);
  const body = rows.map((cells) =>
    columns.map((_, index) => ({ text: setting.letters.printable(cells[index] ?? ''), bold: index === 0 })),
  );
  const widths = columns.map(({ share }) => (free * share) / whole);
  const tall = rows.some((cells) => cells.some(isTall));
  return [section(heading, setting, { widths, heads: columns.map(({ head }) => head), rows: body }, tall)];
}

function notes({ heading, paragraphs }: Notes, setting: Setting): Content[] {
  const shown = paragraphs.filter((text) => text.trim() !== '');
  if (shown.length === 0) return [];
  const rows = shown.map((text) => [{ text: setting.letters.printable(text.trim()) }]);
  const block = section(heading, setting, { widths: ['*'], heads: [], rows }, shown.some(isTall));
  // Paragraphs, not records: nothing between them.
  return [{ ...block, layout: ruled(setting.colour, 1, 0) }];
}

function nothing(heading: string, empty: string, setting: Setting): Content[] {
  const rows = [[{ text: setting.letters.printable(empty), color: ink.soft }]];
  return [section(heading, setting, { widths: ['*'], heads: [], rows }, false)];
}

/** Three beside one another; a wide one has a line for itself. */
function facts({ items }: Facts, { letters, width }: Setting): Content[] {
  const columns = 3;
  const lines: TableCell[][] = [];
  let line: TableCell[] = [];
  const end = () => {
    if (line.length > 0) lines.push([...line, ...Array.from({ length: columns - line.length }, () => ({ text: '' }))]);
    line = [];
  };
  for (const { label, value, wide } of items) {
    if (value.trim() === '') continue;
    const cell = { stack: [{ text: letters.printable(label), style: 'head' }, { text: letters.printable(value) }] };
    if (wide) {
      end();
      lines.push([{ ...cell, colSpan: columns }, {}, {}]);
    } else if (line.push(cell) === columns) end();
  }
  end();
  if (lines.length === 0) return [];
  const layout: CustomTableLayout = {
    hLineWidth: () => 0,
    vLineWidth: () => 0,
    paddingLeft: () => 0,
    paddingRight: (column) => (column + 1 === columns ? 0 : 14),
    paddingTop: () => 3,
    paddingBottom: () => 3,
  };
  const share = (width - 28) / columns;
  return [{ table: { widths: [share, share, share], body: lines }, layout, margin: [0, 6, 0, 0] }];
}
