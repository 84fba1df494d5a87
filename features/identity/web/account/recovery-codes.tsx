import { Check, Copy, Download, Printer } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#platform/ui/button.tsx';

/** The codes, this one time: to copy, to keep as a file, or to print. */
export function RecoveryCodes({ codes, email }: { codes: readonly string[]; email: string }) {
  const [copied, setCopied] = useState(false);
  const text = `Recovery codes of ${email} for Holdfast (${location.host})\nEach works once.\n\n${codes.join('\n')}\n`;
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  const download = () => {
    const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = 'holdfast-recovery-codes.txt';
    link.click();
    URL.revokeObjectURL(url);
  };
  return (
    <div data-print>
      <p className="mb-2 text-sm text-pretty text-ink-soft">
        Each code signs you in once in place of your authenticator app, should you lose it. They aren’t shown again:
        keep them where you would look for them.
      </p>
      <p className="mb-2 hidden text-sm print:block">
        Holdfast ({location.host}), {email}
      </p>
      <ul
        aria-label="Recovery codes"
        className="grid grid-cols-2 gap-x-4 gap-y-1.5 rounded-lg border border-line bg-sunken px-4 py-3 text-center font-mono text-sm"
      >
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="mt-3 flex flex-wrap gap-2 print:hidden">
        <Button onClick={() => void copy()}>
          {copied ? <Check aria-hidden /> : <Copy aria-hidden />}
          <span aria-live="polite">{copied ? 'Copied' : 'Copy'}</span>
        </Button>
        <Button onClick={download}>
          <Download aria-hidden /> Download
        </Button>
        <Button onClick={() => window.print()}>
          <Printer aria-hidden /> Print
        </Button>
      </div>
    </div>
  );
}
