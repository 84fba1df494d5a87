-- What is written to people: wording, outbox, and who wants what.

-- The organisation's own wording of a kind of message; without a row the built-in one holds.
create table message_templates (
  org_id uuid not null,
  id uuid not null,
  kind text not null check (kind <> ''),
  subject text not null,
  -- Paragraphs with variables, as the editor writes them.
  body text not null,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, id),
  constraint message_templates_kind unique (org_id, kind)
);
select protect_tenant_table('message_templates');

-- Everything written to people, sent or not: the outbox.
create table messages (
  org_id uuid not null,
  id uuid not null,
  kind text not null,
  -- The same key is the same message, however often it is asked for.
  dedupe_key text not null,
  recipient text not null,
  recipient_name text not null default '',
  resource_id uuid,
  engagement_id uuid,
  subject text not null,
  -- Paragraphs and button as they were filled in; HTML and plain text are made of them for sending and reading.
  content jsonb not null,
  -- Attached calendar file.
  calendar text,
  -- waiting, sent, failed (given up), bounced, suppressed (unsubscribed or bounced before), kept (no mail server is set)
  state text not null check (state in ('waiting', 'sent', 'failed', 'bounced', 'suppressed', 'kept')),
  -- Of the mail, to recognise its bounce.
  message_id text,
  attempts integer not null default 0,
  last_error text,
  next_attempt_at timestamptz,
  sent_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, id),
  constraint messages_once unique (org_id, dedupe_key),
  constraint messages_resource_exists foreign key (org_id, resource_id) references resources (org_id, id) on delete set null (resource_id),
  constraint messages_engagement_exists foreign key (org_id, engagement_id) references engagements (org_id, id) on delete set null (engagement_id)
);
create index messages_newest on messages (org_id, created_at desc, id);
create index messages_engagement on messages (org_id, engagement_id) where engagement_id is not null;
create index messages_resource on messages (org_id, resource_id) where resource_id is not null;
create index messages_message_id on messages (org_id, message_id) where message_id is not null;
select protect_tenant_table('messages', recorded => false);

-- Addresses that get nothing more of a kind, or nothing at all (they bounce).
create table suppressed_addresses (
  org_id uuid not null,
  id uuid not null,
  email text not null check (email = lower(email)),
  -- Null: every kind.
  kind text,
  reason text not null check (reason in ('unsubscribed', 'bounced', 'by_hand')),
  created_at timestamptz not null default now(),
  primary key (org_id, id),
  constraint suppressed_addresses_once unique nulls not distinct (org_id, email, kind)
);
select protect_tenant_table('suppressed_addresses');

-- How a member wants to hear of things: at once, in a daily digest, or in the app only.
create table notice_preferences (
  org_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  kind text not null,
  mail text not null check (mail in ('now', 'daily', 'never')),
  primary key (org_id, id),
  constraint notice_preferences_once unique (org_id, user_id, kind)
);
select protect_tenant_table('notice_preferences');

-- When a mail took it along, at once or in a digest.
alter table notices add column mailed_at timestamptz;
create index notices_to_mail on notices (org_id, created_at) where mailed_at is null and read_at is null;

-- Where a mail service reports what came back: at most one address for each organisation.
create table bounce_hooks (
  org_id uuid not null,
  id uuid not null,
  token_hash text not null,
  created_at timestamptz not null default now(),
  primary key (org_id, id),
  constraint bounce_hooks_one unique (org_id)
);
select protect_tenant_table('bounce_hooks');
