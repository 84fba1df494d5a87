import { Readable } from 'node:stream';
import { Bytes } from '#platform/http/bytes.ts';
import { disposition } from '#platform/http/disposition.ts';
import type { PdfDocument } from '#platform/pdf/document.ts';
import { printer } from '#platform/pdf/printer.ts';

/** The answer of a route: the document is made when the transaction has ended, so that nothing waits for it. */
export function printed(document: PdfDocument, now: Date, download: boolean): Bytes {
  const name = `${document.label} ${document.title}.pdf`;
  return new Bytes(
    200,
    {
      'content-type': 'application/pdf',
      'content-disposition': disposition(download ? 'attachment' : 'inline', name),
    },
    async () => Readable.from([await printer.print(document, now)], { objectMode: false }),
  );
}
