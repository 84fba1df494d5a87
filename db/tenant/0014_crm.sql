-- What a request may bring in and how likely it is, and what an organisation knows of those it deals with.

alter table engagements
  -- In minor units of its currency. Null: nobody has said.
  add column value_minor bigint,
  add column value_currency text check (value_currency ~ '^[A-Z]{3}$'),
  -- In percent. Null: what the pack says of its stage.
  add column probability smallint,
  add column next_step text not null default '',
  -- The member who is responsible for it, by their account.
  add column lead_user_id uuid,
  add constraint engagements_value_whole check ((value_minor is null) = (value_currency is null)),
  add constraint engagements_value_range check (value_minor between 0 and 100000000000),
  add constraint engagements_probability_range check (probability between 0 and 100);
-- The pipeline reads what is open, and what was won lately.
create index engagements_by_stage on engagements (org_id, pack, stage, starts_at);
create index engagements_confirmed on engagements (org_id, confirmed_at) where confirmed_at is not null;
create index engagements_of_lead on engagements (org_id, lead_user_id) where lead_user_id is not null;
create index stage_decisions_by_time on stage_decisions (org_id, decided_at, engagement_id);

alter table parties
  -- What they are to the organisation: words of its packs, and its own.
  add column roles text[] not null default '{}',
  add column address text not null default '',
  add column website text;

-- Who belongs to which company.
create table party_people (
  org_id uuid not null,
  id uuid not null,
  company_id uuid not null,
  person_id uuid not null,
  -- What they are there: booking, accounts ...
  position text not null default '',
  created_at timestamptz not null default now(),
  primary key (org_id, id),
  constraint party_people_once unique (org_id, company_id, person_id),
  constraint party_people_two check (company_id <> person_id),
  constraint party_people_company_exists foreign key (org_id, company_id) references parties (org_id, id) on delete cascade,
  constraint party_people_person_exists foreign key (org_id, person_id) references parties (org_id, id) on delete cascade
);
create index party_people_person on party_people (org_id, person_id);
select protect_tenant_table('party_people');

-- Two contacts of whom somebody said that they are not the same, the smaller id first.
create table party_distinctions (
  org_id uuid not null,
  id uuid not null,
  first_id uuid not null,
  second_id uuid not null,
  created_at timestamptz not null default now(),
  primary key (org_id, id),
  constraint party_distinctions_once unique (org_id, first_id, second_id),
  constraint party_distinctions_order check (first_id < second_id),
  constraint party_distinctions_first_exists foreign key (org_id, first_id) references parties (org_id, id) on delete cascade,
  constraint party_distinctions_second_exists foreign key (org_id, second_id) references parties (org_id, id) on delete cascade
);
create index party_distinctions_second on party_distinctions (org_id, second_id);
select protect_tenant_table('party_distinctions');

-- Two contacts that became one. What was merged is kept for thirty days, so that it can be taken apart again.
create table party_merges (
  org_id uuid not null,
  id uuid not null,
  survivor_id uuid not null,
  -- The contact that is gone; no foreign key leads there.
  merged_id uuid not null,
  merged_name text not null,
  -- Its row, what the survivor's was, and which references moved: see features/parties/merges/server. Null: too late.
  kept jsonb,
  merged_by text not null,
  merged_at timestamptz not null,
  undone_by text,
  undone_at timestamptz,
  primary key (org_id, id),
  constraint party_merges_survivor_exists foreign key (org_id, survivor_id) references parties (org_id, id) on delete cascade,
  constraint party_merges_undone_whole check ((undone_at is null) = (undone_by is null))
);
create index party_merges_survivor on party_merges (org_id, survivor_id);
create index party_merges_merged on party_merges (org_id, merged_id);
create index party_merges_kept on party_merges (org_id, merged_at) where kept is not null;
select protect_tenant_table('party_merges');

-- To get back to somebody, about something, on a day.
create table follow_ups (
  org_id uuid not null,
  id uuid not null,
  party_id uuid,
  engagement_id uuid,
  inquiry_id uuid,
  note text not null check (note <> ''),
  -- By the organisation's clock.
  due_on date not null,
  -- The member who does it, by their account.
  user_id uuid,
  -- The day for which it was told.
  reminded_on date,
  done_at timestamptz,
  done_by text,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, id),
  constraint follow_ups_about_something check (coalesce(party_id, engagement_id, inquiry_id) is not null),
  constraint follow_ups_done_whole check ((done_at is null) = (done_by is null)),
  constraint follow_ups_party_exists foreign key (org_id, party_id) references parties (org_id, id) on delete cascade,
  constraint follow_ups_engagement_exists foreign key (org_id, engagement_id) references engagements (org_id, id) on delete cascade,
  constraint follow_ups_inquiry_exists foreign key (org_id, inquiry_id) references inquiries (org_id, id) on delete cascade
);
create index follow_ups_open on follow_ups (org_id, due_on, id) where done_at is null;
create index follow_ups_of_party on follow_ups (org_id, party_id) where party_id is not null;
create index follow_ups_of_engagement on follow_ups (org_id, engagement_id) where engagement_id is not null;
create index follow_ups_of_inquiry on follow_ups (org_id, inquiry_id) where inquiry_id is not null;
create index follow_ups_of_user on follow_ups (org_id, user_id) where user_id is not null;
select protect_tenant_table('follow_ups');
