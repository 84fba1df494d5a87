import type { CSSProperties } from 'react';

/** The organisation’s name under its own colour. */
export function BrandBar({ name, colour }: { name: string; colour: string | null }) {
  return (
    <header>
      <div aria-hidden className="h-1.5 bg-accent" style={colour ? { background: colour } : {}} />
      <p className="mx-auto w-full max-w-xl px-4 pt-5 text-sm font-semibold wrap-anywhere text-ink-soft">{name}</p>
    </header>
  );
}

/** A button in the organisation’s colour, its words white or black, whichever is read better. */
export function brandButton(colour: string | null): CSSProperties {
  if (!colour) return {};
  return { backgroundColor: colour, color: luminance(colour) > 0.179 ? '#000' : '#fff' };
}

/** Relative luminance (WCAG 2): white on it reads better below 0.179, black above. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
