/** As large as it is ever printed, in pixels: three inches at 260 to the inch. */
const most = { width: 800, height: 400 };
/** A PNG beyond this, in bytes, is a photograph: a JPEG of it is a fraction. */
const large = 350_000;

/** A picture file as base64, made as small as it is needed; null when the browser can't read it. */
export async function fittedLogo(file: File): Promise<string | null> {
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, most.width / picture.width, most.height / picture.height);
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(picture.width * scale));
    canvas.height = Math.max(1, Math.round(picture.height * scale));
    const drawing = canvas.getContext('2d');
    if (!drawing) return null;
    drawing.imageSmoothingQuality = 'high';
    drawing.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const png = await blobOf(canvas, 'image/png');
    if (png && png.size <= large) return await base64Of(png);
    // A JPEG has no transparency: what shows through is paper.
    drawing.globalCompositeOperation = 'destination-over';
    drawing.fillStyle = '#ffffff';
    drawing.fillRect(0, 0, canvas.width, canvas.height);
    const jpeg = await blobOf(canvas, 'image/jpeg');
    return jpeg && (await base64Of(jpeg));
  } catch {
    // No picture, whatever its name says.
    return null;
  }
}

function blobOf(canvas: HTMLCanvasElement, type: string): Promise<Blob | null> {
  return new Promise((resolve) => canvas.toBlob(resolve, type, 0.9));
}

async function base64Of(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let binary = '';
  for (let at = 0; at < bytes.length; at += 8_192) binary += String.fromCharCode(...bytes.subarray(at, at + 8_192));
  return btoa(binary);
}
