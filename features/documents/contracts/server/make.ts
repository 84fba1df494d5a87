import { frameOf, sourceFor } from '#features/documents/server/queries.ts';
import { documentIn } from '#features/documents/server/sheet-frame.ts';
import type { OrgContext } from '#platform/http/feature.ts';
import type { Paper, PdfDocument, ProsePiece } from '#platform/pdf/document.ts';
import { meaningOf, optionalVariables } from '../contract-variables.ts';
import { piecesOf, withBlanks, type Lines, type Piece } from '../markup-rules.ts';
import { contractValues, partyOf } from './contract-values.ts';
import { wordings } from './templates.ts';

interface Wanted {
  key: string;
  partyId: string;
  paper: Paper;
}

/** The contract as things are now, and what it lacks. @throws AppError not_found */
export async function makeContract(context: OrgContext, engagementId: string, { key, partyId, paper }: Wanted) {
  const { tx, scope, services, caller } = context;
  // One after the other: whatever isn’t there is then told in the same words.
  // It is for the other side: what only the team knows of stands in no contract.
  const source = await sourceFor(context, engagementId, 'everyone');
  const template = await wordings.get(tx, key);
  const party = await partyOf(tx, engagementId, partyId, caller);
  const frame = await frameOf(services.databases.control, scope, paper);
  const { values, missing } = withBlanks(template.body, contractValues(frame, source, party), optionalVariables);
  const pieces = piecesOf(template.body, values);
  const [first] = pieces;
  const title = first?.kind === 'title' ? plain(first.lines) : template.name;
  const about = `${party.name}, ${source.engagement.title}`;
  const document: PdfDocument = {
    ...documentIn(frame, {
      label: template.name,
      title: about,
      parts: [
        {
          title,
          subtitle: '',
          blocks: [{ kind: 'prose', pieces: pieces.slice(first?.kind === 'title' ? 1 : 0).map(printable) }],
        },
      ],
    }),
    // It is for the other side.
    confidential: null,
  };
  return {
    document,
    name: `${template.name}, ${about}`,
    missing: missing.map((name) => ({ name, means: meaningOf(name) })),
  };
}

function plain(lines: Lines): string {
  return lines.map((runs) => runs.map(({ text }) => text).join('')).join(' ');
}

/** As paper has it: a link is its words. */
function printable(piece: Piece): ProsePiece {
  const runs = (lines: Lines) => lines.map((line) => line.map(({ text, bold = false }) => ({ text, bold })));
  switch (piece.kind) {
    case 'page':
      return piece;
    case 'list':
      return { kind: 'list', items: piece.items.map(runs) };
    case 'signatures':
      return { kind: 'signatures', labels: piece.labels.map(plain) };
    case 'clause':
      return { kind: 'clause', number: piece.number, lines: runs(piece.lines) };
    default:
      return { kind: piece.kind === 'title' ? 'heading' : piece.kind, lines: runs(piece.lines) };
  }
}
