import type { Pack } from '#features/organisations/packs/pack.ts';
import { withArticle } from '#features/organisations/web/word-case.ts';
import { ordinal, rangeText, statusWord } from '#features/scheduling/claims/claim-words.ts';
import { claimStatuses, type ClaimStatus } from '#features/scheduling/claims/contract.ts';
import { itemName } from '#features/engagements/timeline/item-kinds.ts';
import { formatTime } from '#platform/time/format.ts';
import { dossierSentence } from './dossier-sentences.ts';
import type { ToldChange } from './dossier-telling.ts';

/** What a history entry needs to be read: names behind ids, and the reader's clock. */
export interface HistoryNames {
  pack: Pack;
  zone: string;
  nameOf: (id: string) => string | undefined;
  /** What stands for the engagement; “it” on its own page. */
  subject?: string;
}

type Fields = Record<string, unknown>;

/** “renamed it to Mahler 5”: what somebody did, without who and when. Null for what another entry says better. */
export function historySentence(change: ToldChange, names: HistoryNames): string | null {
  const before = change.before ?? {};
  const after = change.after ?? {};
  switch (change.entity) {
    case 'engagements':
      if (change.operation === 'update') return engagementSentence(before, after, names);
      return `${change.operation === 'insert' ? 'created' : 'deleted'} ${names.subject ?? 'it'}`;
    case 'claims':
      return claimSentence(change, before, after, names);
    case 'stage_decisions':
      return `moved ${names.subject ?? 'it'} from ${stageLabel(after['fromStage'], names.pack)} to ${stageLabel(after['toStage'], names.pack)}${becauseOf(after)}`;
    case 'engagement_parties':
      return partySentence(change, before, after, names);
    case 'schedule_items':
      return itemSentence(change, before, after, names);
    case 'needs':
      return needSentence(change, before, after);
    case 'challenges':
      return change.operation === 'insert' ? `challenged a ${names.pack.words.hold.one}` : 'the challenge ended';
    default: {
      const said = dossierSentence(change, names);
      return said === undefined ? `changed ${change.entity.replaceAll('_', ' ')}` : said;
    }
  }
}

function engagementSentence(before: Fields, after: Fields, names: HistoryNames): string | null {
  const { zone, nameOf, pack, subject: it = 'it' } = names;
  const its = it === 'it' ? 'its' : `${it}’s`;
  const parts: string[] = [];
  if ('title' in after) parts.push(`renamed ${it} from “${String(before['title'])}” to “${String(after['title'])}”`);
  if ('startsAt' in after || 'endsAt' in after) parts.push(`moved ${its} time${movedTo(after, zone)}`);
  if ('placeId' in after)
    parts.push(
      after['placeId']
        ? `put ${it} in ${nameOf(String(after['placeId'])) ?? 'another place'}`
        : `took ${its} place away`,
    );
  if ('seriesId' in after)
    parts.push(
      after['seriesId']
        ? `put ${it} into another ${pack.words.series.one}`
        : `took ${it} out of its ${pack.words.series.one}`,
    );
  if ('notes' in after) parts.push(`changed ${it === 'it' ? 'the' : its} notes`);
  if ('zone' in after) parts.push(`set ${its} time zone to ${String(after['zone'])}`);
  if ('externalRef' in after) parts.push(`changed ${its} reference`);
  if ('valueMinor' in after || 'valueCurrency' in after) parts.push(`changed ${its} value`);
  if ('probability' in after)
    parts.push(
      typeof after['probability'] === 'number'
        ? `set ${its} probability to ${after['probability']} %`
        : `left ${its} probability to its stage`,
    );
  if ('nextStep' in after)
    parts.push(
      after['nextStep'] ? `set ${its} next step to “${String(after['nextStep'])}”` : `cleared ${its} next step`,
    );
  if ('leadUserId' in after) parts.push(`changed who is responsible for ${it}`);
  return parts.length > 0 ? parts.join(' and ') : null;
}

function movedTo(after: Fields, zone: string): string {
  const { startsAt, endsAt } = after;
  if (typeof startsAt === 'string' && typeof endsAt === 'string')
    return ` to ${rangeText(startsAt, endsAt, zone, zone)}`;
  if (typeof startsAt === 'string') return `: starts ${formatTime(startsAt, zone, 'dateTime')}`;
  return typeof endsAt === 'string' ? `: ends ${formatTime(endsAt, zone, 'dateTime')}` : '';
}

function claimSentence(change: ToldChange, before: Fields, after: Fields, names: HistoryNames): string | null {
  const row = change.operation === 'delete' ? before : after;
  if (change.operation !== 'update')
    return `${change.operation === 'insert' ? 'placed' : 'released'} ${claimWords(row, names)}`;
  const parts: string[] = [];
  if ('status' in after)
    parts.push(
      `made ${withArticle(wordOf(before['status'], names.pack))} ${withArticle(wordOf(after['status'], names.pack))}`,
    );
  else if (typeof after['rank'] === 'number')
    parts.push(`moved a ${names.pack.words.hold.one} to ${ordinal(after['rank'])} place`);
  if ('startsAt' in after || 'endsAt' in after) parts.push(`moved a claim${movedTo(after, names.zone)}`);
  if ('resourceId' in after)
    parts.push(`moved a claim to ${names.nameOf(String(after['resourceId'])) ?? 'somebody else'}`);
  if ('expiresAt' in after && !('status' in after))
    parts.push(
      after['expiresAt']
        ? `lets it expire ${formatTime(String(after['expiresAt']), names.zone, 'dateTime')}`
        : 'lets it stand until it is released',
    );
  if ('note' in after) parts.push('changed a note');
  if ('units' in after) parts.push(`changed the units to ${String(after['units'])}`);
  if (parts.length > 0) return parts.join(' and ');
  // A version alone is the counting of an undo.
  return Object.keys(after).length > 0 ? 'changed a claim' : null;
}

function claimWords(row: Fields, { pack, zone, nameOf }: HistoryNames): string {
  const rank = typeof row['rank'] === 'number' ? row['rank'] : null;
  const what = withArticle(wordOf(row['status'], pack, rank));
  const who = nameOf(String(row['resourceId']));
  const { startsAt, endsAt } = row;
  const when =
    typeof startsAt === 'string' && typeof endsAt === 'string' ? `, ${rangeText(startsAt, endsAt, zone, zone)}` : '';
  return `${what}${who ? ` on ${who}` : ''}${when}`;
}

function wordOf(status: unknown, pack: Pack, rank: number | null = null): string {
  const known: ClaimStatus | undefined = claimStatuses.find((name) => name === status);
  return known ? statusWord(pack, known, rank) : 'claim';
}

function partySentence(change: ToldChange, before: Fields, after: Fields, { nameOf, pack }: HistoryNames): string {
  const row = change.operation === 'delete' ? before : after;
  const name = nameOf(String(row['partyId'])) ?? `a ${pack.words.party.one}`;
  return change.operation === 'delete'
    ? `removed ${name} as ${String(row['role'])}`
    : `added ${name} as ${String(row['role'])}`;
}

function itemSentence(
  { operation, label }: ToldChange,
  before: Fields,
  after: Fields,
  { zone }: HistoryNames,
): string | null {
  const row = operation === 'delete' ? before : after;
  const name = itemName({ kind: String(row['kind'] ?? ''), title: String(row['title'] ?? '') });
  const it = label ?? 'an item of the schedule';
  if (operation === 'insert') return `put ${name} on the schedule${movedTo(after, zone).replace(/^ to /, ': ')}`;
  if (operation === 'delete') return `took ${name} off the schedule`;
  const parts: string[] = [];
  if ('startsAt' in after || 'endsAt' in after) parts.push(`moved ${it}${movedTo(after, zone)}`);
  if ('placeId' in after) parts.push(`changed where ${it} is`);
  if ('dress' in after) parts.push(`set the dress of ${it} to “${String(after['dress'])}”`);
  if ('kind' in after || 'title' in after || 'notes' in after) parts.push(`changed ${it}`);
  return parts.length > 0 ? parts.join(' and ') : null;
}

function needSentence({ operation, label }: ToldChange, before: Fields, after: Fields): string | null {
  const row = operation === 'delete' ? before : after;
  const many = typeof row['quantity'] === 'number' && row['quantity'] > 1 ? `${row['quantity']} × ` : '';
  if (operation === 'insert') return `added a need: ${many}${String(row['title'])}`;
  if (operation === 'delete') return `removed a need: ${many}${String(row['title'])}`;
  if ('droppedAt' in after) return `removed a need: ${label ?? 'it is in the log of calls'}`;
  if ('quantity' in after)
    return `changed how many are needed from ${String(before['quantity'])} to ${String(after['quantity'])}`;
  if ('title' in after) return `renamed a need from “${String(before['title'])}” to “${String(after['title'])}”`;
  return Object.keys(after).length > 0 ? 'changed a need' : null;
}

/** A decision carries its reason itself. */
function becauseOf({ reason }: Fields): string {
  return typeof reason === 'string' && reason !== '' ? `: “${reason}”` : '';
}

function stageLabel(key: unknown, pack: Pack): string {
  return pack.stages.find((stage) => stage.key === key)?.label ?? String(key);
}
