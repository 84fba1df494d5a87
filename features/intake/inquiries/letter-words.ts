/** What a mail says until whoever decides writes it otherwise. */

export const approveWords =
  'we are glad to say yes, and look forward to it. We will be in touch about all that follows.';

export function declineWords(title: string): string {
  return `thank you for your request, “${title}”, and for thinking of us.\n\nUnfortunately we can’t make it possible this time. We hope that you find a good place for it, and would be glad to hear from you again.`;
}
