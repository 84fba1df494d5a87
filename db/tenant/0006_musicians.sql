-- Who sits where in an orchestra.

-- A kind of chair: 'Principal flute', 'Second violin, tutti'.
create table positions (
  org_id uuid not null,
  id uuid not null,
  -- Code of the instrument: fl, vn1 (features/calls/instruments/instrument-rules.ts).
  instrument text not null check (instrument <> ''),
  title text not null check (title <> ''),
  -- Principals get the premium and are asked from lists of their own.
  kind text not null check (kind in ('principal', 'section')),
  -- Codes of the instruments that who sits here must play as well: piccolo.
  doubles text[] not null default '{}',
  -- How many chairs it has: those that nobody holds are vacant.
  chairs integer not null default 1 check (chairs between 1 and 200),
  sort integer not null default 0,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, id),
  constraint positions_title_unique unique (org_id, instrument, title)
);
select protect_tenant_table('positions');

-- The roster: who holds which chair, from when to when.
create table chairs (
  org_id uuid not null,
  id uuid not null,
  position_id uuid not null,
  -- Counted from the front of the section.
  number integer not null check (number between 1 and 200),
  resource_id uuid not null,
  tenure text not null default 'permanent' check (tenure in ('permanent', 'trial', 'contract', 'acting')),
  starts_on date not null,
  -- Last day; null: open.
  ends_on date,
  -- Only for those who see the roster whole.
  note text not null default '',
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, id),
  constraint chairs_position_exists foreign key (org_id, position_id) references positions (org_id, id),
  constraint chairs_resource_exists foreign key (org_id, resource_id) references resources (org_id, id) on delete cascade,
  constraint chairs_time_order check (isfinite(starts_on) and (ends_on is null or (isfinite(ends_on) and ends_on >= starts_on))),
  -- Deferrable, so that it is checked at a statement's end: two holders may change places in one.
  constraint chairs_one_holder exclude using gist
    (org_id with =, position_id with =, number with =, daterange(starts_on, ends_on, '[]') with &&) deferrable initially immediate
);
create index chairs_resource on chairs (org_id, resource_id);
select protect_tenant_table('chairs');
