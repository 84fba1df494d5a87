-- Resources, their availability, engagements and the claims between them.

create table resources (
  org_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('person', 'place', 'thing')),
  name text not null check (name <> ''),
  email text,
  phone text,
  -- Places nest: building > room > stage.
  parent_id uuid,
  zone text not null,
  -- Null: exclusive, one commitment at a time. A number: so many units may be committed at once
  -- (six vans: 6; a person at 50 %: 100, claimed by 50).
  capacity integer check (capacity between 1 and 100000),
  exclusive boolean not null generated always as (capacity is null) stored,
  address text,
  latitude double precision check (latitude between -90 and 90),
  longitude double precision check (longitude between -180 and 180),
  rate_minor bigint check (rate_minor >= 0),
  rate_currency text check (rate_currency ~ '^[A-Z]{3}$'),
  rate_unit text check (rate_unit in ('hour', 'day', 'service')),
  tags text[] not null default '{}',
  notes text not null default '',
  -- Business hours that the holder of a challenged hold has to commit or release.
  challenge_hours integer not null default 16 check (challenge_hours between 1 and 500),
  -- Key of the record in the file or system that it was imported from.
  external_ref text,
  archived_at timestamptz,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, id),
  constraint resources_parent_exists foreign key (org_id, parent_id) references resources (org_id, id),
  constraint resources_external_ref_unique unique (org_id, external_ref),
  unique (org_id, id, exclusive),
  constraint resources_parent_of_places check (parent_id is null or (kind = 'place' and parent_id <> id)),
  constraint resources_rate_complete check ((rate_minor is null) = (rate_currency is null) and (rate_minor is null) = (rate_unit is null)),
  constraint resources_point_complete check ((latitude is null) = (longitude is null))
);
create index resources_by_name on resources (org_id, kind, name, id) where archived_at is null;
create index resources_parent on resources (org_id, parent_id) where parent_id is not null;
create index resources_zone on resources (org_id, zone);
select protect_tenant_table('resources');

create table resource_skills (
  org_id uuid not null,
  id uuid not null,
  resource_id uuid not null,
  skill text not null check (skill <> ''),
  -- 1 learning, 2 able, 3 good, 4 very good, 5 outstanding.
  level smallint not null default 3 check (level between 1 and 5),
  primary key (org_id, id),
  constraint resource_skills_once unique (org_id, resource_id, skill),
  foreign key (org_id, resource_id) references resources (org_id, id) on delete cascade
);
create index resource_skills_search on resource_skills (org_id, skill, level desc, resource_id);
select protect_tenant_table('resource_skills');

-- Weekly hours in the resource's own wall-clock time. A resource without any is always available.
create table working_hours (
  org_id uuid not null,
  id uuid not null,
  resource_id uuid not null,
  -- ISO: 1 Monday ... 7 Sunday.
  weekday smallint not null check (weekday between 1 and 7),
  -- Minutes from midnight by the wall clock.
  starts_minute smallint not null check (starts_minute between 0 and 1439),
  ends_minute smallint not null check (ends_minute between 1 and 1440),
  primary key (org_id, id),
  foreign key (org_id, resource_id) references resources (org_id, id) on delete cascade,
  check (starts_minute < ends_minute),
  constraint working_hours_no_overlap exclude using gist
    (org_id with =, resource_id with =, weekday with =, int4range(starts_minute, ends_minute) with &&)
);
create index working_hours_resource on working_hours (org_id, resource_id, weekday);
select protect_tenant_table('working_hours');

create table time_off (
  org_id uuid not null,
  id uuid not null,
  resource_id uuid not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  reason text not null default '',
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, id),
  foreign key (org_id, resource_id) references resources (org_id, id) on delete cascade,
  check (starts_at < ends_at and isfinite(starts_at) and isfinite(ends_at))
);
create index time_off_resource on time_off (org_id, resource_id, starts_at);
select protect_tenant_table('time_off');

-- Calendars from elsewhere whose events make a resource busy.
create table calendars (
  org_id uuid not null,
  id uuid not null,
  resource_id uuid not null,
  name text not null check (name <> ''),
  -- Null: the calendar came as a file.
  url text,
  -- Text of the newest good copy: a failing refresh keeps what was known.
  content text,
  refreshed_at timestamptz,
  last_error text,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, id),
  foreign key (org_id, resource_id) references resources (org_id, id) on delete cascade
);
create index calendars_resource on calendars (org_id, resource_id);
select protect_tenant_table('calendars');

-- Derived from `calendars`: rewritten by each refresh, so not recorded as history.
-- Longer events are stored in pieces of at most 31 days, which bounds the search for overlaps.
create table busy_times (
  org_id uuid not null,
  id uuid not null,
  resource_id uuid not null,
  calendar_id uuid not null,
  uid text not null,
  summary text not null default '',
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  primary key (org_id, id),
  foreign key (org_id, resource_id) references resources (org_id, id) on delete cascade,
  foreign key (org_id, calendar_id) references calendars (org_id, id) on delete cascade,
  check (starts_at < ends_at and ends_at - starts_at <= interval '31 days')
);
create index busy_times_search on busy_times (org_id, resource_id, starts_at) include (ends_at);
create index busy_times_calendar on busy_times (org_id, calendar_id);
select protect_tenant_table('busy_times', recorded => false);

-- Private addresses of outgoing calendars. Only a hash is kept: the address is shown once, when made.
create table feeds (
  org_id uuid not null,
  id uuid not null,
  -- Both null: everything in the organisation.
  resource_id uuid,
  engagement_id uuid,
  token_hash text not null,
  name text not null check (name <> ''),
  created_by text not null,
  created_at timestamptz not null default now(),
  primary key (org_id, id),
  constraint feeds_token_unique unique (org_id, token_hash),
  foreign key (org_id, resource_id) references resources (org_id, id) on delete cascade,
  check (resource_id is null or engagement_id is null)
);
select protect_tenant_table('feeds');

create table parties (
  org_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('person', 'company')),
  name text not null check (name <> ''),
  email text,
  phone text,
  notes text not null default '',
  external_ref text,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, id),
  constraint parties_external_ref_unique unique (org_id, external_ref)
);
create index parties_by_name on parties (org_id, name, id);
select protect_tenant_table('parties');

create table series (
  org_id uuid not null,
  id uuid not null,
  name text not null check (name <> ''),
  notes text not null default '',
  external_ref text,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, id),
  constraint series_external_ref_unique unique (org_id, external_ref)
);
create index series_by_name on series (org_id, name, id);
select protect_tenant_table('series');

create table engagements (
  org_id uuid not null,
  id uuid not null,
  pack text not null check (pack in ('touring', 'venue', 'orchestra', 'studio', 'contractor')),
  title text not null check (title <> ''),
  -- A stage of the pack's pipeline; the rules of the pack say which there are.
  stage text not null,
  series_id uuid,
  place_id uuid,
  zone text not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  notes text not null default '',
  external_ref text,
  confirmed_at timestamptz,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, id),
  constraint engagements_series_exists foreign key (org_id, series_id) references series (org_id, id),
  constraint engagements_place_exists foreign key (org_id, place_id) references resources (org_id, id),
  constraint engagements_external_ref_unique unique (org_id, external_ref),
  constraint engagements_time_order check (starts_at < ends_at and isfinite(starts_at) and isfinite(ends_at))
);
create index engagements_by_start on engagements (org_id, starts_at, id);
create index engagements_series on engagements (org_id, series_id) where series_id is not null;
create index engagements_place on engagements (org_id, place_id) where place_id is not null;
select protect_tenant_table('engagements');
alter table feeds add foreign key (org_id, engagement_id) references engagements (org_id, id) on delete cascade;

-- Whose record a change belonged to, written in its row: a released claim is gone, and the history of its
-- engagement must name it all the same. Stored, because under row security no index over jsonb can be used.
alter table changes add column engagement_id uuid
  generated always as ((coalesce(after, before) ->> 'engagement_id')::uuid) stored;
create index changes_engagement on changes (org_id, engagement_id) where engagement_id is not null;

create table engagement_parties (
  org_id uuid not null,
  id uuid not null,
  engagement_id uuid not null,
  party_id uuid not null,
  -- client, promoter, agent, vendor ... as the pack words it.
  role text not null check (role <> ''),
  primary key (org_id, id),
  constraint engagement_parties_once unique (org_id, engagement_id, party_id, role),
  foreign key (org_id, engagement_id) references engagements (org_id, id) on delete cascade,
  constraint engagement_parties_party_exists foreign key (org_id, party_id) references parties (org_id, id) on delete cascade
);
create index engagement_parties_party on engagement_parties (org_id, party_id);
select protect_tenant_table('engagement_parties');

-- Every move through the pipeline is a recorded decision.
create table stage_decisions (
  org_id uuid not null,
  id uuid not null,
  engagement_id uuid not null,
  from_stage text not null,
  to_stage text not null,
  reason text not null default '',
  decided_by text not null,
  decided_at timestamptz not null default now(),
  primary key (org_id, id),
  foreign key (org_id, engagement_id) references engagements (org_id, id) on delete cascade
);
create index stage_decisions_engagement on stage_decisions (org_id, engagement_id, decided_at);
select protect_tenant_table('stage_decisions');

create table claims (
  org_id uuid not null,
  id uuid not null,
  resource_id uuid not null,
  -- Null: blocked time (maintenance, a private day).
  engagement_id uuid,
  -- Claims placed together: a multi-date or multi-room hold.
  group_id uuid not null,
  -- pencil shows, hold queues by rank, commit blocks. Packs name them; the behaviour is fixed.
  status text not null check (status in ('pencil', 'hold', 'commit')),
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  span tstzrange not null generated always as (tstzrange(starts_at, ends_at, '[)')) stored,
  zone text not null,
  rank integer check (rank >= 1),
  units integer not null default 1 check (units >= 1),
  -- The resource's own word, held true by the foreign key: the constraint below needs it in the row.
  exclusive boolean not null,
  expires_at timestamptz,
  note text not null default '',
  placed_by text not null,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, id),
  constraint claims_resource_exists foreign key (org_id, resource_id, exclusive)
    references resources (org_id, id, exclusive) on update cascade,
  constraint claims_engagement_exists foreign key (org_id, engagement_id) references engagements (org_id, id) on delete cascade,
  -- A year and a few days at most: the search for overlaps relies on it.
  constraint claims_time_order check (starts_at < ends_at and isfinite(starts_at) and isfinite(ends_at)
    and ends_at - starts_at <= interval '370 days'),
  constraint claims_rank_of_holds check ((status = 'hold') = (rank is not null)),
  constraint claims_expiry_of_holds check (expires_at is null or status <> 'commit'),
  constraint claims_commit_no_overlap exclude using gist (org_id with =, resource_id with =, span with &&)
    where (status = 'commit' and exclusive),
  -- Checked at the end of each statement, so that one UPDATE may move a whole queue up.
  constraint claims_hold_rank_unique exclude using gist (org_id with =, resource_id with =, rank with =, span with &&)
    where (status = 'hold') deferrable initially immediate
);
-- Calendars are read by btree: && is not leakproof, so under row security GiST would be a filter over everything.
create index claims_calendar on claims (org_id, resource_id, starts_at) include (ends_at, status);
create index claims_commits on claims (org_id, resource_id, starts_at) include (ends_at) where status = 'commit';
create index claims_window on claims (org_id, starts_at);
create index claims_holds on claims (org_id, resource_id, starts_at) include (ends_at, rank) where status = 'hold';
-- A window reads the claims that begin in it or up to 7 days before, and of the rest only the long ones.
create index claims_long on claims (org_id, starts_at) where ends_at - starts_at > interval '7 days';
create index claims_engagement on claims (org_id, engagement_id) where engagement_id is not null;
create index claims_group on claims (org_id, group_id);
select protect_tenant_table('claims');

-- The greatest sum of committed units at any instant of a time. It can only rise where some commitment
-- begins, so those instants and the time's own start suffice.
create function peak_units(org uuid, resource uuid, from_at timestamptz, to_at timestamptz) returns bigint
language sql stable as $$
  select coalesce(max(load), 0) from (
    select (select sum(c.units) from claims c
             where c.org_id = org and c.resource_id = resource and c.status = 'commit'
               and c.starts_at <= instant.at and c.ends_at > instant.at
               and c.starts_at > instant.at - interval '371 days') as load
      from (select from_at as at
            union
            select starts_at from claims
             where org_id = org and resource_id = resource and status = 'commit'
               and starts_at > from_at and starts_at < to_at) as instant) as loads
$$;

-- Pooled resources: the sum of committed units never exceeds the capacity, at no instant, whatever path the
-- write takes. Raised as an exclusion violation, which it is: the writer may try again and then sees why.
create function check_capacity() returns trigger language plpgsql as $$
declare
  available integer;
begin
  select capacity into available from resources
   where org_id = new.org_id and id = new.resource_id for no key update;
  if available < peak_units(new.org_id, new.resource_id, new.starts_at, new.ends_at) then
    raise exception 'capacity % is exceeded', available
      using errcode = '23P01', constraint = 'claims_within_capacity', table = 'claims';
  end if;
  return null;
end
$$;
create trigger check_capacity after insert or update of status, starts_at, ends_at, units, resource_id on claims
  for each row when (new.status = 'commit' and not new.exclusive) execute function check_capacity();

-- The same when the capacity itself is lowered.
create function check_lowered_capacity() returns trigger language plpgsql as $$
declare
  peak bigint;
begin
  select peak_units(new.org_id, new.id, min(starts_at), max(ends_at)) into peak from claims
   where org_id = new.org_id and resource_id = new.id and status = 'commit';
  if peak > new.capacity then
    raise exception 'capacity % is below what is committed, %', new.capacity, peak
      using errcode = '23P01', constraint = 'claims_within_capacity', table = 'claims';
  end if;
  return null;
end
$$;
create trigger check_lowered_capacity after update of capacity on resources
  for each row when (new.capacity is not null and new.capacity is distinct from old.capacity)
  execute function check_lowered_capacity();

-- Ends a transaction in which only some of several claims found their place.
create function refuse_partial_placement() returns text language plpgsql as $$
begin
  raise exception 'only some of the claims could be placed' using errcode = 'HF002';
end
$$;

-- A lower hold asks the holder above to commit or release before the deadline; silence releases.
create table challenges (
  org_id uuid not null,
  id uuid not null,
  -- The hold that must decide.
  claim_id uuid not null,
  -- The hold that asks.
  challenger_id uuid not null,
  deadline_at timestamptz not null,
  started_by text not null,
  started_at timestamptz not null default now(),
  primary key (org_id, id),
  constraint challenges_one_per_claim unique (org_id, claim_id),
  foreign key (org_id, claim_id) references claims (org_id, id) on delete cascade,
  foreign key (org_id, challenger_id) references claims (org_id, id) on delete cascade,
  check (claim_id <> challenger_id)
);
create index challenges_challenger on challenges (org_id, challenger_id);
select protect_tenant_table('challenges');

-- What a member should know: their hold was promoted, challenged, released.
create table notices (
  org_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  kind text not null,
  message text not null,
  engagement_id uuid,
  -- One per event and reader, however often the job runs.
  source text not null,
  read_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (org_id, id),
  constraint notices_once unique (org_id, user_id, source),
  foreign key (org_id, engagement_id) references engagements (org_id, id) on delete cascade
);
create index notices_reader on notices (org_id, user_id, created_at desc);
select protect_tenant_table('notices', recorded => false);

-- Imports that go on in the background, with what they report.
create table import_tasks (
  org_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('csv', 'nyphil', 'demo')),
  status text not null default 'running' check (status in ('running', 'done', 'failed')),
  -- What was sent; emptied when the import is over.
  input jsonb,
  done integer not null default 0,
  total integer not null default 0,
  message text,
  report jsonb,
  started_by text not null,
  created_at timestamptz not null default now(),
  primary key (org_id, id)
);
select protect_tenant_table('import_tasks', recorded => false);
