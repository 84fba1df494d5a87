import { encode } from 'uqr';

/** A QR code to scan from the screen: dark on light in both themes, because cameras want it so. */
export function QrCode({ text, label }: { text: string; label: string }) {
  // Two modules of white around; the frame's padding gives the rest of the quiet zone.
  const { data, size } = encode(text, { ecc: 'L', border: 2 });
  const dark = data.flatMap((row, y) => row.flatMap((on, x) => (on ? [`M${x} ${y}h1v1h-1z`] : []))).join('');
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      className="size-44 shrink-0 rounded-lg bg-white p-1 text-[#000]"
    >
      <path d={dark} fill="currentColor" />
    </svg>
  );
}
