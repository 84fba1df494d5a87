import type { Column, Content, StyleDictionary, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import { blockContent, ink, type Setting } from './blocks.ts';
import { onPaper } from './colour.ts';
import type { PdfDocument, PdfPart } from './document.ts';
import { family, Letters, missing } from './fonts.ts';

/** In points. */
const sizes = { a4: { width: 595.28, height: 841.89 }, letter: { width: 612, height: 792 } } as const;
const side = 42;

const styles: StyleDictionary = {
  title: { fontSize: 20, bold: true, lineHeight: 1.1 },
  subtitle: { fontSize: 11, color: ink.soft },
  heading: { fontSize: 11.5, bold: true },
  head: { fontSize: 7.5, color: ink.soft },
  detail: { fontSize: 9, color: ink.soft },
  mark: { fontSize: 7.5, color: ink.soft },
  edge: { fontSize: 7.5, color: ink.soft },
};

/** Where everything goes on the pages. */
export function layOut(document: PdfDocument, now: Date): TDocumentDefinitions {
  const letters = new Letters();
  const colour = onPaper(document.colour);
  const size = sizes[document.paper];
  const setting: Setting = { colour, letters, width: size.width - 2 * side };
  const title = letters.printable(document.title);
  const content: Content[] = [
    ...contents(document, setting),
    ...document.parts.flatMap((part, index) => partContent(part, index, setting, document.contents !== null)),
  ];
  // Made now: whether a letter was missing is known only after all of the text.
  const edges = { ...edgesOf(document, setting), replaced: letters.replaced };
  return {
    version: '1.7',
    pageSize: size,
    pageMargins: [side, 62, side, 54],
    language: document.language,
    displayTitle: true,
    info: {
      title,
      author: letters.printable(document.organisation),
      creator: 'Holdfast',
      producer: 'Holdfast',
      creationDate: now,
    },
    defaultStyle: { font: family, fontSize: 10, lineHeight: 1, color: ink.text },
    styles,
    header: () => headOf(edges, setting),
    ...(document.logo && { images: { logo: document.logo.image } }),
    footer: (page: number, pages: number) => footOf(edges, setting, page, pages),
    content,
  };
}

interface Edges {
  organisation: string;
  label: string;
  asOf: string;
  confidential: string;
  hasLogo: boolean;
  replaced: boolean;
}

function edgesOf({ organisation, label, title, asOf, confidential, logo }: PdfDocument, { letters }: Setting) {
  return {
    organisation: letters.printable(organisation),
    label: letters.printable(`${label} · ${title}`),
    asOf: letters.printable(asOf),
    confidential: letters.printable(confidential ?? ''),
    hasLogo: Boolean(logo),
  };
}

/** One line each, however long: what doesn't fit is cut, so that nothing runs into the text. */
const cut = (text: string, most: number) => (text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text);

/** As a logo stands beside the name, at most, in points. */
const logoBox = { width: 96, height: 26 };

function headOf({ organisation, label, hasLogo }: Edges, { colour, width }: Setting): Content {
  // The names stand on the line in either case.
  const drop = hasLogo ? logoBox.height - 13 : 0;
  const columns: Column[] = [
    { text: cut(organisation, 45), bold: true, fontSize: 9, color: colour, width: '*', margin: [0, drop, 0, 0] },
    {
      text: cut(label, 75),
      style: 'edge',
      alignment: 'right',
      width: hasLogo ? '52%' : '62%',
      margin: [0, drop + 1.5, 0, 0],
    },
  ];
  // In a stack: of an image itself the width is a number.
  if (hasLogo) columns.unshift({ stack: [{ image: 'logo', fit: [logoBox.width, logoBox.height] }], width: 'auto' });
  return {
    margin: [side, hasLogo ? 17 : 30, side, 0],
    stack: [
      { columnGap: 8, columns },
      {
        canvas: [{ type: 'line', x1: 0, y1: 0, x2: width, y2: 0, lineWidth: 1.5, lineColor: colour }],
        margin: [0, 2, 0, 0],
      },
    ],
  };
}

function footOf({ asOf, confidential, replaced }: Edges, { width }: Setting, page: number, pages: number): Content {
  const note = replaced ? `${missing} stands for a letter that can’t be printed here.` : '';
  return {
    margin: [side, 12, side, 0],
    stack: [
      {
        canvas: [{ type: 'line', x1: 0, y1: 0, x2: width, y2: 0, lineWidth: 0.5, lineColor: ink.line }],
        margin: [0, 0, 0, 3],
      },
      {
        columns: [
          { text: cut([asOf, note].filter(Boolean).join('  '), 120), style: 'edge', width: '*' },
          { text: `Page ${page} of ${pages}`, style: 'edge', alignment: 'right', width: 70 },
        ],
      },
      ...(confidential ? [{ text: cut(confidential, 130), style: 'edge' }] : []),
    ],
  };
}

const anchor = (index: number) => `part-${index}`;

function partContent(part: PdfPart, index: number, setting: Setting, after: boolean): Content[] {
  const printable = (text: string) => setting.letters.printable(text);
  const title = printable(part.title);
  return [
    {
      id: anchor(index),
      text: title,
      style: 'title',
      outline: true,
      outlineText: printable(part.entry?.join(' · ') ?? part.title),
      ...((index > 0 || after) && { pageBreak: 'before' }),
    },
    ...(part.subtitle
      ? [
          {
            text: printable(part.subtitle),
            style: 'subtitle',
            margin: [0, 1, 0, 2] as [number, number, number, number],
          },
        ]
      : []),
    ...part.blocks.flatMap((block) => blockContent(block, setting)),
  ];
}

/** The parts with their pages, each a link. */
function contents({ contents: wanted, parts }: PdfDocument, { letters, colour, width }: Setting): Content[] {
  if (!wanted) return [];
  const print = (text: string) => letters.printable(text);
  const rows = parts.map(({ entry, title }, index) => [
    { text: print(entry?.[0] ?? ''), bold: true },
    { text: print(entry?.[1] ?? title), linkToDestination: anchor(index) },
    { text: [{ pageReference: anchor(index), linkToDestination: anchor(index) }], alignment: 'right' as const },
  ]);
  const heads = [...wanted.heads, 'Page'].map((text, index) => ({
    text: print(text),
    style: 'head',
    alignment: index === 2 ? ('right' as const) : ('left' as const),
  }));
  return [
    { text: print(wanted.title), style: 'title' },
    { text: print(wanted.subtitle), style: 'subtitle', margin: [0, 1, 0, 12] },
    {
      table: { widths: [width * 0.24, '*', 34], headerRows: 1, dontBreakRows: true, body: [heads, ...rows] },
      layout: {
        hLineWidth: (row, { table: { body } }) => (row === 1 ? 1 : row === 0 || row === body.length ? 0 : 0.5),
        hLineColor: (row) => (row === 1 ? colour : ink.line),
        vLineWidth: () => 0,
        paddingLeft: () => 0,
        paddingRight: (column) => (column === 2 ? 0 : 10),
        paddingTop: () => 3,
        paddingBottom: () => 3,
      },
    },
  ];
}
