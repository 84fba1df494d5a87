-- Inquiries: what strangers and clients ask for, by a public form, on the telephone or by mail, until somebody decides.

create table inquiries (
  org_id uuid not null,
  id uuid not null,
  -- form: sent by a public form; else written down by a member.
  source text not null check (source in ('form', 'phone', 'mail', 'in_person')),
  -- The form and the published revision that it was sent with, and what was answered, by the keys of its fields.
  form_id uuid,
  revision integer,
  answers jsonb not null default '{}',
  -- What the answers mean, or what the member understood; corrected by members as they learn more.
  title text not null check (title <> ''),
  starts_at timestamptz,
  ends_at timestamptz,
  zone text,
  place_id uuid,
  people integer check (people between 1 and 10000000),
  budget_minor bigint check (budget_minor >= 0),
  budget_currency text,
  contact_name text not null default '',
  company text not null default '',
  email text,
  phone text,
  message text not null default '',
  -- new: nobody has looked into it; review: somebody has; hold: times are held for it. The last four are decided.
  state text not null check (state in ('new', 'review', 'hold', 'approved', 'declined', 'withdrawn', 'spam')),
  -- The filter's doing, not a member's: until somebody says that it is none, its sender gets no mail.
  suspected boolean not null default false,
  assignee_user_id uuid,
  labels text[] not null default '{}',
  party_id uuid,
  engagement_id uuid,
  -- Of the sender's link: raising it ends every older one.
  link_version integer not null default 1,
  received_at timestamptz not null,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, id),
  constraint inquiries_time_order check (starts_at < ends_at),
  constraint inquiries_times_whole check ((starts_at is null) = (ends_at is null)),
  constraint inquiries_budget_whole check ((budget_minor is null) = (budget_currency is null)),
  constraint inquiries_form_whole check ((form_id is null) = (revision is null)),
  constraint inquiries_form_exists foreign key (org_id, form_id, revision) references form_revisions (org_id, form_id, number),
  constraint inquiries_place_exists foreign key (org_id, place_id) references resources (org_id, id) on delete set null (place_id),
  constraint inquiries_party_exists foreign key (org_id, party_id) references parties (org_id, id) on delete set null (party_id),
  constraint inquiries_engagement_exists foreign key (org_id, engagement_id)
    references engagements (org_id, id) on delete set null (engagement_id)
);
create index inquiries_inbox on inquiries (org_id, received_at desc, id desc);
create index inquiries_open on inquiries (org_id, state, received_at desc) where state in ('new', 'review', 'hold');
create index inquiries_party on inquiries (org_id, party_id) where party_id is not null;
create index inquiries_form on inquiries (org_id, form_id) where form_id is not null;
create unique index inquiries_engagement on inquiries (org_id, engagement_id) where engagement_id is not null;
select protect_tenant_table('inquiries');

-- Every step from one state to another: who took it, when, and why.
create table inquiry_decisions (
  org_id uuid not null,
  id uuid not null,
  inquiry_id uuid not null,
  from_state text not null,
  to_state text not null,
  reason text not null default '',
  decided_by text not null,
  decided_at timestamptz not null,
  primary key (org_id, id),
  constraint inquiry_decisions_inquiry_exists foreign key (org_id, inquiry_id) references inquiries (org_id, id) on delete cascade
);
create index inquiry_decisions_inquiry on inquiry_decisions (org_id, inquiry_id, decided_at);
select protect_tenant_table('inquiry_decisions');

-- What is said about one: notes stay among members; questions go to its sender, whose words come back as answers.
create table inquiry_messages (
  org_id uuid not null,
  id uuid not null,
  inquiry_id uuid not null,
  kind text not null check (kind in ('note', 'question', 'answer')),
  body text not null check (body <> ''),
  written_by text not null,
  written_at timestamptz not null,
  primary key (org_id, id),
  constraint inquiry_messages_inquiry_exists foreign key (org_id, inquiry_id) references inquiries (org_id, id) on delete cascade
);
create index inquiry_messages_inquiry on inquiry_messages (org_id, inquiry_id, written_at);
select protect_tenant_table('inquiry_messages');

-- The claims that were placed for an inquiry, before there is an engagement. A claim that is released takes its row along.
create table inquiry_claims (
  org_id uuid not null,
  id uuid not null,
  inquiry_id uuid not null,
  claim_id uuid not null,
  primary key (org_id, id),
  constraint inquiry_claims_once unique (org_id, claim_id),
  constraint inquiry_claims_inquiry_exists foreign key (org_id, inquiry_id) references inquiries (org_id, id) on delete cascade,
  constraint inquiry_claims_claim_exists foreign key (org_id, claim_id) references claims (org_id, id) on delete cascade
);
create index inquiry_claims_inquiry on inquiry_claims (org_id, inquiry_id);
select protect_tenant_table('inquiry_claims');

-- Members who said whether new inquiries ring their bell; without a row owners and managers are told, others not.
create table inquiry_watchers (
  org_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  watching boolean not null,
  primary key (org_id, id),
  constraint inquiry_watchers_once unique (org_id, user_id)
);
select protect_tenant_table('inquiry_watchers');

-- A notice leads to what it is about.
alter table notices add column inquiry_id uuid,
  add constraint notices_inquiry_exists foreign key (org_id, inquiry_id) references inquiries (org_id, id) on delete cascade;
