import type { Paragraph, Run } from './template-rules.ts';

/** A message as it is laid out, from paragraphs that were filled in. */
export interface MailContent {
  /** Who writes, at the top. */
  sender: string;
  subject: string;
  paragraphs: readonly Paragraph[];
  button: { label: string; href: string } | null;
  /** Why the reader gets this, under the line. */
  footer: string;
  /** Where the reader stops it. */
  unsubscribe: string | null;
}

/** Colours of the light mail; `dark` gives those of readers who prefer dark, where the mail program follows them. */
const light = { page: '#f4f4f5', card: '#ffffff', ink: '#18181b', soft: '#5f5f68', line: '#e4e4e7', accent: '#0b6570' };
const dark = `@media (prefers-color-scheme: dark) {
  .page { background-color: #111113 !important; }
  .card { background-color: #1c1c1f !important; border-color: #34343a !important; }
  .ink { color: #f4f4f5 !important; }
  .soft { color: #a9a9b4 !important; }
  .link { color: #7cc9d2 !important; }
}`;
const font = "font-family: -apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif";

/**
 * HTML for mail programs: a table 600 px wide, styles inline because many drop `<style>`, no pictures, nothing fetched.
 * The button is a padded cell with a colour of its own, which Outlook shows without VML.
 */
export function mailHtml(mail: MailContent): string {
  const { sender, subject, paragraphs, button, footer, unsubscribe } = mail;
  const body = paragraphs.map(paragraphHtml).join('\n');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escape(subject)}</title>
<style>${dark}</style>
</head>
<body class="page" style="margin: 0; padding: 0; background-color: ${light.page}">
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" border="0" style="background-color: ${light.page}">
<tr><td align="center" style="padding: 24px 12px">
<table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0" style="width: 100%; max-width: 600px">
<tr><td class="soft" style="padding: 0 4px 12px; ${font}; font-size: 14px; line-height: 20px; font-weight: 600; color: ${light.soft}">${escape(sender)}</td></tr>
<tr><td class="card" style="padding: 28px 28px 14px; background-color: ${light.card}; border: 1px solid ${light.line}; border-radius: 10px">
${body}
${button ? buttonHtml(button) : ''}
</td></tr>
<tr><td class="soft" style="padding: 16px 4px 0; ${font}; font-size: 12px; line-height: 18px; color: ${light.soft}">${escape(footer)}${unsubscribe ? ` <a class="soft" href="${escape(unsubscribe)}" style="color: ${light.soft}; text-decoration: underline">Stop these mails</a>` : ''}</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
`;
}

/** The same paragraphs as plain text. */
export function mailText({ sender, paragraphs, button, footer, unsubscribe }: MailContent): string {
  const parts = paragraphs.map((lines) => lines.map((runs) => runs.map(runText).join('')).join('\n'));
  if (button) parts.push(`${button.label}:\n${button.href}`);
  const end = unsubscribe ? `${footer} Stop these mails:\n${unsubscribe}` : footer;
  return `${[...parts, `--\n${sender}`, end].join('\n\n')}\n`;
}

function paragraphHtml(lines: Paragraph): string {
  const style = `margin: 0 0 14px; ${font}; font-size: 16px; line-height: 24px; color: ${light.ink}; overflow-wrap: anywhere`;
  return `<p class="ink" style="${style}">${lines.map((runs) => runs.map(runHtml).join('')).join('<br>')}</p>`;
}

function runHtml({ text, bold, href }: Run): string {
  const shown = bold ? `<strong>${escape(text)}</strong>` : escape(text);
  return href ? `<a class="link" href="${escape(href)}" style="color: ${light.accent}">${shown}</a>` : shown;
}

function runText({ text, href }: Run): string {
  return href && href !== text ? `${text} (${href})` : text;
}

function buttonHtml({ label, href }: { label: string; href: string }): string {
  return `<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin: 6px 0 18px"><tr>
<td align="center" bgcolor="${light.accent}" style="border-radius: 8px; background-color: ${light.accent}"><a href="${escape(href)}" style="display: inline-block; padding: 12px 22px; ${font}; font-size: 16px; line-height: 20px; font-weight: 600; color: #ffffff; text-decoration: none; border-radius: 8px">${escape(label)}</a></td>
</tr></table>`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? '');
}
