/** The contrast that small text needs (WCAG 2.2, 1.4.3). */
const least = 4.5;

/** The colour itself where it can be read on white paper, else a darker shade of it. */
export function onPaper(colour: string): string {
  let channels = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  if (channels.some((channel) => !Number.isFinite(channel))) return '#1f2937';
  while (1.05 / (luminance(channels) + 0.05) < least) channels = channels.map((channel) => Math.floor(channel * 0.95));
  return `#${channels.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}

/** Relative luminance (WCAG 2.2): 0 black, 1 white. */
function luminance(channels: readonly number[]): number {
  const [red = 0, green = 0, blue = 0] = channels.map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
