import { endingOf } from './name-rules.ts';

/**
 * - `image`, `pdf`: shown in the page when they were found clean.
 * - `text`: no bytes but those of text.
 * - `container`: formats that are archives inside (ZIP, or Microsoft's older ones).
 * - `media`, `other`: known by their first bytes, or by nothing.
 */
export type FileGroup = 'image' | 'pdf' | 'text' | 'container' | 'media' | 'other';

export interface FileKind {
  group: FileGroup;
  /** As it is served. */
  type: string;
  /** What the first bytes may say that it is, by `file-type`; empty: they say nothing. */
  bytes: readonly string[];
  /** What browsers call it besides `type`. */
  also: readonly string[];
}

const kind = (group: FileGroup, type: string, bytes: readonly string[] = [type], also: readonly string[] = []) =>
  ({ group, type, bytes, also }) satisfies FileKind;

const zip = 'application/zip';
const cfb = 'application/x-cfb';
const office = (name: string) => {
  const type = `application/vnd.openxmlformats-officedocument.${name}`;
  return kind('container', type, [type, zip]);
};
const openDocument = (name: string) => {
  const type = `application/vnd.oasis.opendocument.${name}`;
  return kind('container', type, [type, zip]);
};

/** By the ending of the name. What isn't here is taken too, as bytes that nobody opens in the browser. */
const kinds: Readonly<Record<string, FileKind>> = {
  png: kind('image', 'image/png', ['image/png', 'image/apng']),
  jpg: kind('image', 'image/jpeg', ['image/jpeg'], ['image/jpg', 'image/pjpeg']),
  jpeg: kind('image', 'image/jpeg', ['image/jpeg'], ['image/jpg', 'image/pjpeg']),
  gif: kind('image', 'image/gif'),
  webp: kind('image', 'image/webp'),
  pdf: kind('pdf', 'application/pdf', ['application/pdf'], ['application/x-pdf']),
  txt: kind('text', 'text/plain', []),
  md: kind('text', 'text/markdown', [], ['text/plain', 'text/x-markdown']),
  csv: kind('text', 'text/csv', [], ['text/plain', 'application/csv', 'application/vnd.ms-excel']),
  tsv: kind('text', 'text/tab-separated-values', [], ['text/plain', 'text/csv']),
  ics: kind('text', 'text/calendar', ['text/calendar'], ['text/plain']),
  vcf: kind('text', 'text/vcard', ['text/vcard'], ['text/plain', 'text/x-vcard', 'text/directory']),
  docx: office('wordprocessingml.document'),
  xlsx: office('spreadsheetml.sheet'),
  pptx: office('presentationml.presentation'),
  odt: openDocument('text'),
  ods: openDocument('spreadsheet'),
  odp: openDocument('presentation'),
  doc: kind('container', 'application/msword', [cfb]),
  xls: kind('container', 'application/vnd.ms-excel', [cfb]),
  ppt: kind('container', 'application/vnd.ms-powerpoint', [cfb]),
  zip: kind('container', zip, [zip], ['application/x-zip-compressed', 'application/x-zip']),
  gz: kind('container', 'application/gzip', ['application/gzip'], ['application/x-gzip']),
  '7z': kind('container', 'application/x-7z-compressed'),
  mp3: kind('media', 'audio/mpeg', ['audio/mpeg'], ['audio/mp3']),
  wav: kind('media', 'audio/wav', ['audio/wav'], ['audio/x-wav', 'audio/wave', 'audio/vnd.wave']),
  flac: kind('media', 'audio/flac', ['audio/flac', 'audio/x-flac'], ['audio/x-flac']),
  aif: kind('media', 'audio/aiff', ['audio/aiff'], ['audio/x-aiff']),
  aiff: kind('media', 'audio/aiff', ['audio/aiff'], ['audio/x-aiff']),
  m4a: kind('media', 'audio/mp4', ['audio/x-m4a', 'audio/mp4', 'video/mp4'], ['audio/x-m4a']),
  ogg: kind('media', 'audio/ogg', ['audio/ogg', 'audio/opus', 'video/ogg', 'application/ogg'], ['application/ogg']),
  mp4: kind('media', 'video/mp4', ['video/mp4', 'video/x-m4v', 'video/quicktime'], ['video/x-m4v']),
  mov: kind('media', 'video/quicktime', ['video/quicktime', 'video/mp4']),
  webm: kind('media', 'video/webm', ['video/webm', 'video/matroska', 'video/x-matroska'], ['audio/webm']),
  mid: kind('media', 'audio/midi', ['audio/midi'], ['audio/mid', 'audio/x-midi']),
  midi: kind('media', 'audio/midi', ['audio/midi'], ['audio/mid', 'audio/x-midi']),
  heic: kind('media', 'image/heic', ['image/heic', 'image/heif', 'image/heic-sequence'], ['image/heif']),
  tif: kind('media', 'image/tiff'),
  tiff: kind('media', 'image/tiff'),
  psd: kind('media', 'image/vnd.adobe.photoshop', ['image/vnd.adobe.photoshop'], ['image/x-photoshop']),
};

/** Logos and stage plots come as SVG, which may carry scripts: taken as bytes, and never shown. */
const unknown = kind('other', 'application/octet-stream', []);

/** Endings that a computer runs, or a browser shows as a page. Nobody needs to get these from here. */
const dangerous = new Set(
  (
    'exe dll com scr pif msi msp msix appx bat cmd ps1 psm1 vbs vbe js mjs cjs jse wsf wsh hta cpl jar app command ' +
    'sh bash zsh csh ksh run elf so dylib apk ipa deb rpm dmg pkg iso img vhd vhdx lnk url webloc desktop reg inf ' +
    'scf chm hlp gadget application workflow action html htm xhtml xht shtml mhtml mht svgz xml xsl xslt swf php ' +
    'php3 php4 php5 phtml phar asp aspx ashx jsp jspx cgi pl py pyc rb htaccess docm dotm xlsm xltm xlam pptm potm ppam'
  ).split(' '),
);

export function kindOf(name: string): FileKind {
  return kinds[endingOf(name)] ?? unknown;
}

/** Whether a computer would run it by its name: `rider.pdf.exe`. */
export function isDangerous(name: string): boolean {
  return dangerous.has(endingOf(name));
}

/** Shown in the page, once it was found clean. */
export function previewOf(type: string): 'image' | 'pdf' | null {
  if (type === 'application/pdf') return 'pdf';
  return ['image/png', 'image/jpeg', 'image/gif', 'image/webp'].includes(type) ? 'image' : null;
}
