-- What an organisation writes down about an engagement beyond title, time and place: capacity, ages, programme.

-- The organisation's own fields of a pack; the built-in ones are data of the program
-- (features/engagements/details/built-in-rules.ts), and a row takes their place.
create table detail_sets (
  org_id uuid not null,
  id uuid not null,
  pack text not null check (pack in ('touring', 'venue', 'orchestra', 'studio', 'contractor')),
  -- In order: see the contract's detailField.
  fields jsonb not null,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, id),
  constraint detail_sets_once unique (org_id, pack)
);
select protect_tenant_table('detail_sets');

-- What a field says of an engagement. One row each, so that two who fill in different ones never meet. A value whose
-- field was taken out stays, and is there again with it.
create table engagement_details (
  org_id uuid not null,
  id uuid not null,
  engagement_id uuid not null,
  key text not null check (key <> ''),
  -- As the field's kind writes it; see features/engagements/details/rules.ts.
  value text not null check (value <> ''),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, id),
  constraint engagement_details_once unique (org_id, engagement_id, key),
  constraint engagement_details_engagement_exists foreign key (org_id, engagement_id) references engagements (org_id, id) on delete cascade
);
select protect_tenant_table('engagement_details');
