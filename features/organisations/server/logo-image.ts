import { inflateSync } from 'node:zlib';

export interface LogoImage {
  type: 'image/png' | 'image/jpeg';
  /** The picture alone: what cameras and programs write beside it is left out. */
  bytes: Buffer;
  width: number;
  height: number;
}

/** Of either side, in pixels. */
export const sides = { least: 16, most: 2_000 } as const;

/** A fault of an image, as a sentence. */
export class NoLogo extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'NoLogo';
  }
}

/** Looks into bytes that are said to be a PNG or a JPEG. @throws {NoLogo} that says what to do */
export function readLogo(bytes: Buffer): LogoImage {
  const image = bytes.subarray(0, 8).equals(pngSignature)
    ? readPng(bytes)
    : bytes[0] === 0xff && bytes[1] === 0xd8
      ? readJpeg(bytes)
      : undefined;
  if (!image) throw new NoLogo('Choose a PNG or a JPEG.');
  const { width, height } = image;
  if (Math.min(width, height) < sides.least) throw new NoLogo(`It is smaller than ${sides.least} pixels.`);
  if (Math.max(width, height) > sides.most) throw new NoLogo(`At most ${sides.most} pixels wide and high.`);
  return image;
}

const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const broken = () => new NoLogo('This picture is damaged. Save it again as a PNG.');

/** Samples of a pixel by PNG's colour type. */
const samples: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const kept = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND']);

/** Its size is believed only when exactly so many pixels come out: nothing swells when it is printed. */
function readPng(bytes: Buffer): LogoImage {
  const parts: Buffer[] = [pngSignature];
  const data: Buffer[] = [];
  let head: Buffer | undefined;
  for (let at = 8; ;) {
    if (at + 12 > bytes.length) throw broken();
    const length = bytes.readUInt32BE(at);
    const end = at + 12 + length;
    if (end > bytes.length) throw broken();
    const name = bytes.toString('latin1', at + 4, at + 8);
    const content = bytes.subarray(at + 8, end - 4);
    if (at === 8 && name !== 'IHDR') throw broken();
    if (name === 'IHDR') head = content;
    if (name === 'IDAT') data.push(content);
    if (kept.has(name)) parts.push(bytes.subarray(at, end));
    at = end;
    if (name === 'IEND') break;
  }
  if (head?.length !== 13) throw broken();
  const [width, height] = [head.readUInt32BE(0), head.readUInt32BE(4)];
  const depth = head[8] ?? 0;
  const perPixel = samples[head[9] ?? -1];
  if (perPixel === undefined || ![1, 2, 4, 8].includes(depth)) throw new NoLogo('Save it as a PNG of 8 bits a colour.');
  if (head[12] !== 0) throw new NoLogo('Save it as a PNG that is not interlaced.');
  if (width > sides.most || height > sides.most) throw new NoLogo(`At most ${sides.most} pixels wide and high.`);
  const expected = height * (1 + Math.ceil((width * depth * perPixel) / 8));
  requirePixels(Buffer.concat(data), expected);
  return { type: 'image/png', bytes: Buffer.concat(parts), width, height };
}

function requirePixels(data: Buffer, expected: number): void {
  let pixels: Buffer;
  try {
    pixels = inflateSync(data, { maxOutputLength: expected + 1 });
  } catch {
    throw broken();
  }
  if (pixels.length !== expected) throw broken();
}

/** Segments of JPEG that are no picture: what the camera and programs noted, place and thumbnail included. */
const isNote = (marker: number) => (marker >= 0xe1 && marker <= 0xed) || marker === 0xef || marker === 0xfe;
/** Starts of frames that everybody can show: baseline and progressive. */
const frames = new Set([0xc0, 0xc1, 0xc2]);

function readJpeg(bytes: Buffer): LogoImage {
  const parts: Buffer[] = [bytes.subarray(0, 2)];
  let size: { width: number; height: number } | undefined;
  for (let at = 2; ;) {
    if (at + 4 > bytes.length || bytes[at] !== 0xff) throw broken();
    const marker = bytes[at + 1] ?? 0;
    const end = at + 2 + bytes.readUInt16BE(at + 2);
    if (end > bytes.length) throw broken();
    if (frames.has(marker) && end - at >= 10) {
      if (bytes[at + 4] !== 8) throw new NoLogo('Save it as a JPEG of 8 bits a colour.');
      if (bytes[at + 9] !== 1 && bytes[at + 9] !== 3) throw new NoLogo('Save it as an RGB picture, not CMYK.');
      size = { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    }
    if (marker === 0xda) {
      // From here on it is the picture, to its end.
      const last = bytes.lastIndexOf(Buffer.from([0xff, 0xd9]));
      if (!size || last < end) throw broken();
      parts.push(bytes.subarray(at, last + 2));
      return { type: 'image/jpeg', bytes: Buffer.concat(parts), ...size };
    }
    if (!isNote(marker)) parts.push(bytes.subarray(at, end));
    at = end;
  }
}
