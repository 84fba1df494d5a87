import { Fragment } from 'react';
import { exampleValues } from '../contract-variables.ts';
import { piecesOf, type Lines, type Piece } from '../markup-rules.ts';

/** The wording as a page, with the examples of the variables. */
export function ContractPreview({ body }: { body: string }) {
  return (
    <div
      role="region"
      aria-label="Preview"
      tabIndex={0}
      className="grid max-h-[50dvh] gap-2.5 overflow-y-auto rounded-lg border border-line bg-surface px-6 py-5 text-sm"
    >
      {piecesOf(body, exampleValues).map((piece, index) => (
        <PieceView key={index} piece={piece} />
      ))}
    </div>
  );
}

function PieceView({ piece }: { piece: Piece }) {
  switch (piece.kind) {
    case 'title':
      return (
        <p className="text-xl font-semibold tracking-tight">
          <Words lines={piece.lines} />
        </p>
      );
    case 'heading':
      return (
        <p className="pt-2 text-base font-semibold">
          <Words lines={piece.lines} />
        </p>
      );
    case 'paragraph':
      return (
        <p className="break-words">
          <Words lines={piece.lines} />
        </p>
      );
    case 'clause':
      return (
        <p className="grid grid-cols-[2rem_minmax(0,1fr)] gap-2">
          <span className="tabular-nums">{piece.number}</span>
          <span className="break-words">
            <Words lines={piece.lines} />
          </span>
        </p>
      );
    case 'list':
      return (
        <ul className="list-disc pl-5">
          {piece.items.map((lines, index) => (
            <li key={index}>
              <Words lines={lines} />
            </li>
          ))}
        </ul>
      );
    case 'page':
      return <p className="border-t border-dashed border-line-strong pt-1 text-xs text-ink-faint">New page</p>;
    case 'signatures':
      return (
        <div className="grid grid-cols-2 gap-6 pt-8">
          {piece.labels.map((lines, index) => (
            <p key={index} className="border-t border-ink pt-1 text-xs text-ink-soft">
              <Words lines={lines} />
            </p>
          ))}
        </div>
      );
  }
}

function Words({ lines }: { lines: Lines }) {
  return lines.map((line, at) => (
    <Fragment key={at}>
      {at > 0 && <br />}
      {line.map(({ text, bold }, index) => (bold ? <strong key={index}>{text}</strong> : text))}
    </Fragment>
  ));
}
