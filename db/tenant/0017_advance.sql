-- The advance: what is settled with the other side of an engagement before the day; and wordings of contracts.

-- The organisation's own checklists for a kind of engagement; the built-in ones are data of the program
-- (features/engagements/advance/templates), and a row with the key of one takes its place.
create table advance_templates (
  org_id uuid not null,
  id uuid not null,
  key text not null check (key <> ''),
  pack text not null check (pack in ('touring', 'venue', 'orchestra', 'studio', 'contractor')),
  name text not null check (name <> ''),
  -- What is to be settled, in order: see the contract's templateItem.
  items jsonb not null,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, id),
  constraint advance_templates_once unique (org_id, key)
);
select protect_tenant_table('advance_templates');

-- What holds for an engagement's advance as a whole, under the engagement's id; without a row the usual holds.
create table advances (
  org_id uuid not null,
  id uuid not null,
  -- Days before the first day on which the other side's answers are wanted.
  due_days smallint not null check (due_days between 0 and 365),
  -- Days before the first day on which those who owe answers are reminded, at nine in the morning.
  remind_days smallint[] not null,
  -- Days after the end until which links open.
  open_days smallint not null check (open_days between 0 and 365),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, id),
  constraint advances_engagement_exists foreign key (org_id, id) references engagements (org_id, id) on delete cascade
);
select protect_tenant_table('advances');

-- Whom the advance was sent to. The link is signed, not stored; an older version of it than the row's opens nothing.
create table advance_links (
  org_id uuid not null,
  id uuid not null,
  engagement_id uuid not null,
  -- The contact behind it, where there is one.
  party_id uuid,
  name text not null check (name <> ''),
  email text not null check (email <> ''),
  link_version integer not null default 1,
  -- Who sent it last: they are told of questions.
  sent_by text not null,
  sent_at timestamptz not null,
  revoked_at timestamptz,
  -- Looks of a person at the page, as the page says; a mail scanner's don't count.
  first_opened_at timestamptz,
  last_opened_at timestamptz,
  opened integer not null default 0,
  reminded_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, id),
  unique (org_id, id, engagement_id),
  constraint advance_links_opened_whole check ((opened = 0) = (first_opened_at is null) and (opened = 0) = (last_opened_at is null)),
  constraint advance_links_engagement_exists foreign key (org_id, engagement_id) references engagements (org_id, id) on delete cascade,
  constraint advance_links_party_exists foreign key (org_id, party_id) references parties (org_id, id) on delete set null (party_id)
);
create unique index advance_links_once on advance_links (org_id, engagement_id, lower(email));
create index advance_links_party on advance_links (org_id, party_id) where party_id is not null;
select protect_tenant_table('advance_links');

-- One thing to be settled.
create table advance_items (
  org_id uuid not null,
  id uuid not null,
  engagement_id uuid not null,
  section text not null default '',
  title text not null check (title <> ''),
  -- What exactly is meant.
  hint text not null default '',
  kind text not null check (kind in ('text', 'long_text', 'choice', 'number', 'time', 'yes_no', 'file')),
  -- Of kind choice.
  choices text[] not null default '{}',
  -- Who answers: the organisation, or the other side.
  side text not null check (side in ('us', 'them')),
  state text not null default 'open' check (state in ('open', 'answered', 'agreed', 'problem')),
  -- As written; of a file its name.
  answer text not null default '',
  file_id uuid,
  -- Who answered: somebody here, or somebody with a link.
  answered_by text,
  answered_link_id uuid,
  answered_at timestamptz,
  -- Place among the engagement's items: see platform/text/order-key.ts.
  sort text collate "C" not null check (sort <> ''),
  -- Checklist and item that it was made from: using one again adds only what is missing.
  template_key text,
  template_item text,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, id),
  unique (org_id, id, engagement_id),
  constraint advance_items_template_once unique (org_id, engagement_id, template_key, template_item),
  constraint advance_items_template_whole check ((template_key is null) = (template_item is null)),
  constraint advance_items_state_of_answer check (case state when 'open' then answer = '' when 'answered' then answer <> '' else true end),
  constraint advance_items_choices_of_choice check ((kind = 'choice') = (cardinality(choices) > 0)),
  constraint advance_items_file_of_answer check (file_id is null or (kind = 'file' and answer <> '')),
  constraint advance_items_engagement_exists foreign key (org_id, engagement_id) references engagements (org_id, id) on delete cascade,
  constraint advance_items_file_exists foreign key (org_id, file_id) references files (org_id, id) on delete set null (file_id),
  constraint advance_items_link_exists foreign key (org_id, answered_link_id, engagement_id)
    references advance_links (org_id, id, engagement_id) on delete set null (answered_link_id)
);
create index advance_items_engagement on advance_items (org_id, engagement_id, sort);
create index advance_items_link on advance_items (org_id, answered_link_id, engagement_id) where answered_link_id is not null;
create index advance_items_file on advance_items (org_id, file_id) where file_id is not null;
select protect_tenant_table('advance_items');

-- What is said about an item, by either side.
create table advance_comments (
  org_id uuid not null,
  id uuid not null,
  engagement_id uuid not null,
  item_id uuid not null,
  body text not null check (body <> ''),
  -- Not for the other side's eyes.
  internal boolean not null default false,
  -- Who wrote it: somebody here, or somebody with a link.
  written_by text,
  link_id uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, id),
  constraint advance_comments_one_writer check ((written_by is null) <> (link_id is null)),
  constraint advance_comments_internal_ours check (not internal or written_by is not null),
  constraint advance_comments_item_exists foreign key (org_id, item_id, engagement_id)
    references advance_items (org_id, id, engagement_id) on delete cascade,
  constraint advance_comments_link_exists foreign key (org_id, link_id, engagement_id)
    references advance_links (org_id, id, engagement_id) on delete cascade
);
create index advance_comments_item on advance_comments (org_id, item_id, engagement_id);
create index advance_comments_link on advance_comments (org_id, link_id, engagement_id) where link_id is not null;
select protect_tenant_table('advance_comments');

-- The organisation's own wordings of contracts; the built-in ones are data of the program
-- (features/documents/contracts/templates), and a row with the key of one takes its place.
create table contract_templates (
  org_id uuid not null,
  id uuid not null,
  key text not null check (key <> ''),
  pack text not null check (pack in ('touring', 'venue', 'orchestra', 'studio', 'contractor')),
  name text not null check (name <> ''),
  -- In the markup of features/documents/contracts/markup-rules.ts.
  body text not null check (body <> ''),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, id),
  constraint contract_templates_once unique (org_id, key)
);
select protect_tenant_table('contract_templates');
