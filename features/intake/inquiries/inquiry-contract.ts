import * as z from 'zod';
import { entity, restrictColumns } from '#platform/contract/entity.ts';
import { currency, email, id, instant, instantOut, line, text, zone } from '#platform/contract/fields.ts';
import { restricted } from '#platform/contract/restricted.ts';
import { claim } from '#features/scheduling/claims/contract.ts';
import { inquiryStates } from './rules.ts';

export const inquirySources = ['form', 'phone', 'mail', 'in_person'] as const;

/** One line that may be empty. */
const short = (max: number) =>
  z
    .string()
    .trim()
    .max(max, { error: `Must be at most ${max} characters.` })
    .refine((value) => !/\p{Cc}/u.test(value), { error: 'Must be one line without control characters.' });

export const inquiry = entity(
  'inquiries',
  'Inquiry',
  {
    title: line(300),
    startsAt: instant.nullable().default(null).describe('Wanted from; null: they gave no time.'),
    endsAt: instant.nullable().default(null),
    zone: zone.nullable().default(null).describe('In which its times are read; null: the organisation’s.'),
    placeId: id.nullable().default(null),
    people: z.int().min(1).max(10_000_000).nullable().default(null).describe('How many will come.'),
    budgetMinor: z.int().min(0).max(1e14).nullable().default(null).describe('In minor units of the currency.'),
    budgetCurrency: currency.nullable().default(null),
    contactName: short(200).default(''),
    company: short(200).default(''),
    email: email.nullable().default(null),
    phone: line(60).nullable().default(null),
    message: text(20_000).default(''),
    assigneeUserId: id.nullable().default(null).describe('The member who sees to it.'),
    labels: z.array(line(40)).max(20).default([]),
    partyId: id.nullable().default(null).describe('Who asks, among the contacts.'),
  },
  {
    source: z.enum(inquirySources),
    formId: id.nullable(),
    formTitle: z.string().nullable(),
    placeName: z.string().nullable(),
    assigneeName: z.string().nullable(),
    state: z.enum(inquiryStates),
    suspected: z.boolean().describe('Put aside by the filter, not by a member.'),
    engagementId: id.nullable().describe('What was made of it when it was approved.'),
    holds: z.int().describe('How many times are held for it.'),
    unanswered: z.boolean().describe('Its sender wrote last.'),
    receivedAt: instantOut,
  },
);
export type Inquiry = z.output<typeof inquiry.row>;

// What strangers write about themselves is nobody’s who may not open the inbox, in the history either.
restrictColumns(
  'inquiries',
  Object.fromEntries(
    ['title', 'answers', 'contact_name', 'company', 'email', 'phone', 'message'].map((name) => [name, 'intake.read']),
  ),
);
restrictColumns('inquiry_messages', { body: 'intake.read' });
restrictColumns('inquiry_decisions', { reason: 'intake.read' });

const decision = z.object({
  id,
  fromState: z.enum(inquiryStates),
  toState: z.enum(inquiryStates),
  reason: z.string(),
  decidedBy: z.string().describe('The person, key or job behind it, by name.'),
  decidedAt: instantOut,
});
export type InquiryDecision = z.output<typeof decision>;

export const message = z.object({
  id,
  kind: z.enum(['note', 'question', 'answer']).describe('A note stays among members; an answer is its sender’s.'),
  body: z.string(),
  writtenBy: z.string(),
  writtenAt: instantOut,
});
export type InquiryMessage = z.output<typeof message>;

const alike = z.object({ id, name: z.string(), why: z.string().describe('What makes it likely the same.') });
export type AlikeParty = z.output<typeof alike>;

/** A field of the form as it was published; the forms feature knows its shape. */
const askedField = z.looseObject({ key: z.string(), type: z.string(), label: z.string() });

export const detail = z.object({
  inquiry: inquiry.row,
  answers: z.record(z.string(), z.unknown()),
  fields: z.array(askedField).describe('What the form asked, in the words of then; empty when there was no form.'),
  placeNames: z.record(z.string(), z.string()).describe('Names of places among the answers.'),
  partyName: restricted(z.string().nullable(), 'parties.read'),
  alike: restricted(
    z.array(alike).describe('Contacts that may be who asks, while nobody has said who it is.'),
    'parties.read',
  ),
  engagementTitle: restricted(z.string().nullable(), 'engagements.read'),
  decisions: z.array(decision),
  messages: z.array(message),
  claims: z.array(claim),
});
export type InquiryDetail = z.output<typeof detail>;
