import type { Answers, AnswerValue, FormField } from './field-rules.ts';

/** Why a submission is kept apart from the inbox. Nothing is lost by it: a member may say that it is none. */
export const suspicions = ['trap', 'words', 'mailbox', 'flood'] as const;
export type Suspicion = (typeof suspicions)[number];

/**
 * Characters of one answer that are looked at. Whoever sends words made to be slow to read holds up everybody: each pattern
 * is bounded besides, so that twice the words take twice the time.
 */
const lookedAt = 5_000;

/** From so many points on the words look like spam: one strong sign, or two weak ones. */
const enough = 3;

/** What is sold this way, in the words it is sold with; each is a weak sign, as somebody may mean it. */
const offers = [
  /\bseo\b|search engine (ranking|optimi[sz]ation)|\b(back|do-?follow )links?\b|domain authority|first page of google/gi,
  /\b(crypto|bitcoin|forex|binary options?|investment opportunit(y|ies)|passive income|guaranteed (profit|returns?))\b/gi,
  /\b(casino|betting|jackpot|slots? (online|games?)|poker online)\b/gi,
  /\b(viagra|cialis|tramadol|cheap (meds|pills)|weight loss|keto)\b/gi,
  /\b(payday|business|unsecured) loans?\b|\bloan offer\b|\bdebt relief\b/gi,
  /\b(adult|dating|webcam|escort)s? (site|girls?|chat|service)\b|\bsexy\b|\bhot (girls|singles)\b/gi,
  /\b(unique visitors|web ?traffic|lead generation|email list|bulk (mail|sms)|contact form (marketing|blast))\b/gi,
  /\b(click (here|below)|act now|limited time offer|100% free|risk[- ]free|no obligation|unsubscribe)\b/gi,
  /\breplica (watch|handbag|bag)|\b(followers|likes|subscribers) (for sale|cheap)|\bbuy (followers|likes|views)\b/gi,
  /\b(inherit(ance|ed)|next of kin|wire transfer|western union|million (us )?dollars)\b/gi,
];

const link =
  /(?:https?:\/\/|www\.)[^\s<>"']+|\b[a-z0-9-]{1,63}\.(?:ru|top|xyz|click|icu|bid|loan|win|shop|online|site)\b/gi;
/** Markup that people don’t type: it is meant for a page that would show it. */
const markup =
  /\[\/?(?:url|link|img|b)(?:=[^\][]{0,500})?\]|<\s{0,9}\/?\s{0,9}(?:a|script|iframe|img|style|svg|form)\b|\bhref\s{0,9}=|&#x?\d/i;
const shortener = /\b(?:bit\.ly|tinyurl\.com|t\.co|goo\.gl|is\.gd|cutt\.ly|rb\.gy|shorturl\.at|t\.me|wa\.me)\/\S/gi;
/** Links that a message may carry: to music, to a film, to a house. */
const usualLinks = 3;

/** Points for what answers say; `enough` of them look like spam. */
export function spamPoints(fields: readonly FormField[], answers: Readonly<Answers>): number {
  const texts = fields.flatMap(({ key, type }) => {
    const value: AnswerValue | undefined = answers[key];
    return typeof value === 'string' && (type === 'short_text' || type === 'long_text')
      ? [{ type, value: plain(value) }]
      : [];
  });
  const all = texts.map(({ value }) => value).join('\n');
  const links = all.match(link)?.length ?? 0;
  const inLines = texts.some(({ type, value }) => type === 'short_text' && value.search(link) >= 0);
  const names = texts.filter(({ type }) => type === 'short_text').map(({ value }) => value);
  return (
    (markup.test(all) ? enough : 0) +
    2 * (all.match(shortener)?.length ?? 0) +
    (links > usualLinks ? enough : links > 0 ? 1 : 0) +
    (inLines ? 2 : 0) +
    2 * new Set(offers.flatMap((pattern) => all.toLowerCase().match(pattern) ?? [])).size +
    (texts.some(({ value }) => isKeyMashing(value)) ? enough : 0) +
    (isSaidOverAgain(names) ? 2 : 0)
  );
}

export function looksLikeSpam(fields: readonly FormField[], answers: Readonly<Answers>): boolean {
  return spamPoints(fields, answers) >= enough;
}

/** Letters that only look like others, and those that aren’t seen, hide a word from a filter and not from a reader. */
function plain(text: string): string {
  // Some letters become eighteen.
  return text
    .normalize('NFKC')
    .slice(0, lookedAt)
    .replaceAll(/[\u00ad\u200b-\u200f\u2060\ufeff]/g, '');
}

/** One long word of capitals and small letters in no order, as programs fill fields with: “hYdKqPwLzRtXv”. */
function isKeyMashing(text: string): boolean {
  const word = text.trim();
  if (!/^[A-Za-z]{10,}$/.test(word)) return false;
  return (word.match(/[a-z][A-Z]/g)?.length ?? 0) >= 3;
}

/** The same words in every line: nobody’s name is that of their company and of their evening. */
function isSaidOverAgain(lines: readonly string[]): boolean {
  return lines.length >= 3 && new Set(lines.map((line) => line.trim().toLowerCase())).size === 1;
}
