import { parentPort } from 'node:worker_threads';
import pdfmake from 'pdfmake';
import type { PrintJob, Printed } from './printer.ts';
import { fontFiles, fonts } from './fonts.ts';
import { layOut } from './layout.ts';

// A document is text: nothing of it is ever fetched or read from a file.
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy((path) => fontFiles.has(path));

parentPort?.on('message', (job: PrintJob) => {
  void print(job).then((printed) => parentPort?.postMessage(printed, printed.pdf ? [printed.pdf.buffer] : []));
});

async function print({ id, document, now }: PrintJob): Promise<Printed> {
  try {
    pdfmake.setFonts({ ...fonts });
    const pdf = await pdfmake.createPdf(layOut(document, now)).getBuffer();
    // A copy with memory of its own, which can be handed over.
    return { id, pdf: new Uint8Array(pdf) };
  } catch (error) {
    return { id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
