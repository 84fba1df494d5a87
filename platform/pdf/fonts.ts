import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/**
 * Noto Sans (SIL Open Font Licence 1.1, beside the files in the package): Latin, Greek, Cyrillic and Devanagari. Only the
 * letters that a document uses are embedded in it.
 */
const require = createRequire(import.meta.url);
const file = (name: string) => require.resolve(`@expo-google-fonts/noto-sans/${name}`);

const files = {
  normal: file('400Regular/NotoSans_400Regular.ttf'),
  bold: file('700Bold/NotoSans_700Bold.ttf'),
  italics: file('400Regular_Italic/NotoSans_400Regular_Italic.ttf'),
};

export const family = 'Noto Sans';
export const fonts = { [family]: files };

/** The only files that making a document may read. */
export const fontFiles: ReadonlySet<string> = new Set(Object.values(files));

/** Stands for a letter that the font lacks. */
export const missing = '\uFFFD';

interface FontKit {
  create(font: Buffer): { characterSet: readonly number[] };
}
// The one that pdfmake’s PDFKit reads the font with, wherever npm put it.
const fontKit: FontKit = createRequire(createRequire(require.resolve('pdfmake')).resolve('pdfkit'))('fontkit');

const known: ReadonlySet<number> = new Set(fontKit.create(readFileSync(files.normal)).characterSet);

/** Marks of direction, joining and variants, which print nothing. */
const invisible = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]|\p{Variation_Selector}/gu;

/** Shows a mark for each letter that can't be printed, and remembers that it did. */
export class Letters {
  replaced = false;

  printable(text: string): string {
    let shown = '';
    for (const letter of text.normalize('NFC').replaceAll(invisible, '').replaceAll('\t', ' ')) {
      if (letter === '\n' || known.has(letter.codePointAt(0) ?? 0)) shown += letter;
      else if (!/[\p{Cc}\p{Cs}]/u.test(letter)) {
        shown += missing;
        this.replaced = true;
      }
    }
    return shown;
  }
}
