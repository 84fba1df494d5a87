-- The operators' console: what it knows of organisations, and what operators did.

-- Counted in each organisation's own scope by a job of its own. The console reads these numbers and no tenant's row.
create table organisation_usage (
  organisation_id uuid primary key references organisations on delete cascade,
  engagements bigint not null,
  -- Engagements that are not over.
  projects bigint not null,
  resources bigint not null,
  claims bigint not null,
  -- Of a person or a program, not of a job.
  last_activity_at timestamptz,
  counted_at timestamptz not null default now()
);

create table operator_events (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  -- `user:<id>`, `operator_key:<id>` or `command`.
  actor text not null,
  action text not null,
  -- No foreign key: the log outlives what it is about.
  organisation_id uuid,
  -- What was asked for, without connections and secrets.
  detail jsonb,
  -- `ok`, or the code of the error that came of it.
  outcome text not null,
  address text,
  request_id text
);
create index operator_events_organisation on operator_events (organisation_id, id desc);
create index routing_events_organisation on routing_events (organisation_id, id desc);

grant select, insert, update, delete on organisation_usage to {{app}};
-- A log is written once.
grant select, insert on operator_events to {{app}};
