-- How an orchestra, or anybody who asks people, fills its seats: services, needs, ranked lists, calls.

-- What happens when within an engagement: rehearsals, concerts, load-ins.
create table schedule_items (
  org_id uuid not null,
  id uuid not null,
  engagement_id uuid not null,
  -- Which kinds there are says features/engagements/timeline/item-kinds.ts.
  kind text not null check (kind <> ''),
  -- Played or worked together: has seats, is counted and paid.
  service boolean not null generated always as (kind in ('rehearsal', 'dress_rehearsal', 'concert', 'run_out', 'education',
    'recording', 'shift')) stored,
  title text not null default '',
  place_id uuid,
  zone text not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  dress text not null default '',
  notes text not null default '',
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, id),
  -- So that a seat can't join a need and a service of two engagements.
  unique (org_id, id, engagement_id),
  constraint schedule_items_engagement_exists foreign key (org_id, engagement_id) references engagements (org_id, id) on delete cascade,
  constraint schedule_items_place_exists foreign key (org_id, place_id) references resources (org_id, id),
  constraint schedule_items_time_order check (starts_at < ends_at and isfinite(starts_at) and isfinite(ends_at)
    and ends_at - starts_at <= interval '48 hours')
);
create index schedule_items_engagement on schedule_items (org_id, engagement_id, starts_at);
create index schedule_items_by_start on schedule_items (org_id, starts_at, id);
create index schedule_items_place on schedule_items (org_id, place_id) where place_id is not null;
select protect_tenant_table('schedule_items');

-- How many people of which skill an engagement wants.
create table needs (
  org_id uuid not null,
  id uuid not null,
  engagement_id uuid not null,
  -- Code of an instrument (vn1), or any other skill as people's skills say it (Stagehand).
  skill text not null check (skill <> ''),
  title text not null check (title <> ''),
  kind text not null check (kind in ('principal', 'section')),
  -- Skills that who sits here must have as well.
  doubles text[] not null default '{}',
  quantity integer not null check (quantity between 1 and 200),
  -- Has seats at every service of the engagement, at those to come as well.
  every_service boolean not null default false,
  source text not null check (source in ('formula', 'hand')),
  sort integer not null default 0,
  notes text not null default '',
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, id),
  unique (org_id, id, engagement_id),
  constraint needs_title_unique unique (org_id, engagement_id, title),
  constraint needs_engagement_exists foreign key (org_id, engagement_id) references engagements (org_id, id) on delete cascade
);
select protect_tenant_table('needs');

-- One seat of a need at one service; open while nobody sits there. Whoever does is committed to that time:
-- the seat is as good as its claim.
create table seats (
  org_id uuid not null,
  id uuid not null,
  engagement_id uuid not null,
  need_id uuid not null,
  schedule_item_id uuid not null,
  number integer not null check (number between 1 and 200),
  resource_id uuid,
  source text check (source in ('roster', 'call', 'hand')),
  claim_id uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, id),
  constraint seats_once unique (org_id, need_id, schedule_item_id, number),
  constraint seats_one_per_person unique (org_id, schedule_item_id, resource_id),
  constraint seats_whole check (num_nulls(resource_id, source, claim_id) in (0, 3)),
  foreign key (org_id, need_id, engagement_id) references needs (org_id, id, engagement_id) on delete cascade,
  foreign key (org_id, schedule_item_id, engagement_id) references schedule_items (org_id, id, engagement_id) on delete cascade,
  foreign key (org_id, resource_id) references resources (org_id, id),
  foreign key (org_id, claim_id) references claims (org_id, id)
);
create index seats_engagement on seats (org_id, engagement_id);
create index seats_service on seats (org_id, schedule_item_id);
create index seats_resource on seats (org_id, resource_id) where resource_id is not null;
create index seats_claim on seats (org_id, claim_id) where claim_id is not null;
create index seats_open on seats (org_id, engagement_id) where resource_id is null;
select protect_tenant_table('seats');

-- Whatever ends a commitment, on the board or elsewhere, opens the seat that stood on it.
create function open_seat() returns trigger language plpgsql as $$
begin
  update seats set resource_id = null, source = null, claim_id = null, updated_at = now()
   where org_id = old.org_id and claim_id = old.id;
  return coalesce(new, old);
end
$$;
create trigger open_seat_of_released before delete on claims
  for each row when (old.status = 'commit') execute function open_seat();
create trigger open_seat_of_changed before update of status, resource_id on claims
  for each row when (old.status = 'commit' and (new.status <> 'commit' or new.resource_id <> old.resource_id))
  execute function open_seat();

-- Moved on the board to another time, a commitment no longer stands for the service. A service that moves takes its
-- commitments along; it is moved first.
create function open_seat_of_moved() returns trigger language plpgsql as $$
begin
  update seats s set resource_id = null, source = null, claim_id = null, updated_at = now()
    from schedule_items i
   where s.org_id = new.org_id and s.claim_id = new.id and i.org_id = s.org_id and i.id = s.schedule_item_id
     and not (new.starts_at <= i.starts_at and new.ends_at >= i.ends_at);
  return null;
end
$$;
create trigger open_seat_of_moved after update of starts_at, ends_at on claims
  for each row when (new.status = 'commit' and (old.starts_at < new.starts_at or old.ends_at > new.ends_at))
  execute function open_seat_of_moved();

-- Who is asked first: A, B and C lists by skill and kind of chair, for a time, once approved.
create table ranked_lists (
  org_id uuid not null,
  id uuid not null,
  skill text not null check (skill <> ''),
  kind text not null check (kind in ('principal', 'section')),
  grade text not null check (grade in ('A', 'B', 'C')),
  valid_from date not null,
  -- Last day; null: open.
  valid_to date,
  notes text not null default '',
  -- Null: a draft, which nobody is asked from.
  approved_by text,
  approved_at timestamptz,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, id),
  constraint ranked_lists_approval_whole check ((approved_by is null) = (approved_at is null)),
  constraint ranked_lists_time_order check (isfinite(valid_from) and (valid_to is null or (isfinite(valid_to) and valid_to >= valid_from))),
  constraint ranked_lists_one_at_a_time exclude using gist
    (org_id with =, skill with =, kind with =, grade with =, daterange(valid_from, valid_to, '[]') with &&)
    where (approved_at is not null)
);
create index ranked_lists_of_skill on ranked_lists (org_id, skill, kind, grade, valid_from);
select protect_tenant_table('ranked_lists');

create table ranked_entries (
  org_id uuid not null,
  id uuid not null,
  list_id uuid not null,
  resource_id uuid not null,
  -- 1 is asked first.
  place integer not null check (place >= 1),
  note text not null default '',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, id),
  constraint ranked_entries_person_once unique (org_id, list_id, resource_id),
  -- Checked at a statement's end: one UPDATE may move many.
  constraint ranked_entries_place_once unique (org_id, list_id, place) deferrable initially immediate,
  foreign key (org_id, list_id) references ranked_lists (org_id, id) on delete cascade,
  constraint ranked_entries_resource_exists foreign key (org_id, resource_id) references resources (org_id, id) on delete cascade
);
create index ranked_entries_resource on ranked_entries (org_id, resource_id);
select protect_tenant_table('ranked_entries');

-- Works down a list of candidates until the seats of a need are filled.
create table cascades (
  org_id uuid not null,
  id uuid not null,
  engagement_id uuid not null,
  need_id uuid not null,
  -- one: as many open calls as open places. some: `width` at a time. all: everybody at once, first come.
  strategy text not null check (strategy in ('one', 'some', 'all')),
  width integer not null default 1 check (width between 1 and 100),
  deadline_minutes integer not null check (deadline_minutes between 5 and 43200),
  -- When the first service is nearer than this, the late deadline holds.
  late_within_minutes integer not null default 2880 check (late_within_minutes between 0 and 43200),
  late_deadline_minutes integer not null default 120 check (late_deadline_minutes between 5 and 43200),
  -- Before the deadline; null: no reminder.
  reminder_minutes integer check (reminder_minutes between 5 and 43200),
  -- Minutes from midnight by the person's clock, in which nobody is called; equal: none.
  quiet_from smallint not null default 1260 check (quiet_from between 0 and 1439),
  quiet_to smallint not null default 480 check (quiet_to between 0 and 1439),
  -- Whether somebody may accept some of the services.
  partial boolean not null default false,
  -- For all services together, as it is offered; null: as agreed.
  fee_minor bigint check (fee_minor >= 0),
  fee_currency text check (fee_currency ~ '^[A-Z]{3}$'),
  -- In every call, beside the facts.
  message text not null default '',
  -- paused: sends nothing more until resumed. halted: sends nothing more, open calls may be answered.
  -- cancelled: open calls were taken back. done: every seat is filled. exhausted: nobody is left to ask.
  state text not null check (state in ('running', 'paused', 'halted', 'cancelled', 'done', 'exhausted')),
  -- When there is something to do next; the job of that time is in the queue.
  wake_at timestamptz,
  started_by text not null,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, id),
  constraint cascades_fee_whole check ((fee_minor is null) = (fee_currency is null)),
  foreign key (org_id, need_id, engagement_id) references needs (org_id, id, engagement_id) on delete cascade
);
create unique index cascades_one_per_need on cascades (org_id, need_id) where state in ('running', 'paused');
create index cascades_engagement on cascades (org_id, engagement_id);
create index cascades_due on cascades (org_id, wake_at) where wake_at is not null;
select protect_tenant_table('cascades');

-- One person asked, or to be asked, for one need.
create table calls (
  org_id uuid not null,
  id uuid not null,
  cascade_id uuid not null,
  need_id uuid not null,
  engagement_id uuid not null,
  resource_id uuid not null,
  -- Order in which they are asked.
  place integer not null check (place >= 1),
  -- List that they come from; null: added by hand.
  grade text check (grade in ('A', 'B', 'C')),
  -- planned: waits for their turn. open: asked, no answer yet. cancelled: taken back by us. withdrawn: by them,
  -- after they had accepted. skipped: not asked, and why.
  state text not null check (state in ('planned', 'open', 'accepted', 'declined', 'expired', 'cancelled', 'withdrawn', 'skipped')),
  -- Code: why it was skipped, declined, taken back.
  reason text,
  -- In their own words, or the office's.
  note text not null default '',
  -- Part of what the link's signature covers: one more, and the old link is void.
  link_version integer not null default 1,
  sent_at timestamptz,
  deadline_at timestamptz,
  remind_at timestamptz,
  reminded_at timestamptz,
  -- First look at the page by a person.
  opened_at timestamptz,
  answered_at timestamptz,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, id),
  constraint calls_person_once unique (org_id, cascade_id, resource_id),
  constraint calls_place_once unique (org_id, cascade_id, place) deferrable initially immediate,
  constraint calls_open_is_sent check (state <> 'open' or (sent_at is not null and deadline_at is not null)),
  foreign key (org_id, cascade_id) references cascades (org_id, id) on delete cascade,
  foreign key (org_id, need_id, engagement_id) references needs (org_id, id, engagement_id) on delete cascade,
  constraint calls_resource_exists foreign key (org_id, resource_id) references resources (org_id, id) on delete cascade
);
create index calls_engagement on calls (org_id, engagement_id);
create index calls_resource on calls (org_id, resource_id, sent_at desc);
create index calls_newest on calls (org_id, sent_at desc, id) where sent_at is not null;
select protect_tenant_table('calls');

-- What a call asks for: the services of that person's call, and their answer to each.
create table call_services (
  org_id uuid not null,
  id uuid not null,
  call_id uuid not null,
  engagement_id uuid not null,
  schedule_item_id uuid not null,
  resource_id uuid not null,
  span tstzrange not null check (not isempty(span) and lower(span) > '-infinity' and upper(span) < 'infinity'),
  -- While the call waits for an answer.
  open boolean not null,
  -- The offer has changed since it was last told: this service moved, or another one of it is gone.
  changed boolean not null default false,
  answer text check (answer in ('accepted', 'declined')),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, id),
  constraint call_services_once unique (org_id, call_id, schedule_item_id),
  -- Nobody is asked twice for one time.
  constraint call_services_one_open exclude using gist (org_id with =, resource_id with =, span with &&) where (open),
  foreign key (org_id, call_id) references calls (org_id, id) on delete cascade,
  foreign key (org_id, schedule_item_id, engagement_id) references schedule_items (org_id, id, engagement_id) on delete cascade,
  foreign key (org_id, resource_id) references resources (org_id, id) on delete cascade
);
create index call_services_service on call_services (org_id, schedule_item_id);
create index call_services_open on call_services (org_id, resource_id) where open;
select protect_tenant_table('call_services');

-- A service that moves takes the calls for it along; one that goes shrinks them. Who was asked is told by the round.
create function change_open_calls() returns trigger language plpgsql as $$
begin
  if current_setting('app.restoring', true) = 'on' then
    return coalesce(new, old);
  end if;
  if tg_op = 'UPDATE' then
    update call_services set span = tstzrange(new.starts_at, new.ends_at, '[)'), changed = true, updated_at = now()
     where org_id = new.org_id and schedule_item_id = new.id and open;
  else
    update call_services set changed = true, updated_at = now()
     where org_id = old.org_id and open and schedule_item_id <> old.id
       and call_id in (select call_id from call_services where org_id = old.org_id and schedule_item_id = old.id and open);
  end if;
  perform enqueue_job('calls.advance', jsonb_build_object('cascadeId', k.cascade_id), null, 'cascade:' || k.cascade_id)
    from (select distinct c.cascade_id from call_services s join calls c on c.org_id = s.org_id and c.id = s.call_id
           where s.org_id = old.org_id and s.schedule_item_id = old.id and s.open order by 1) k;
  return coalesce(new, old);
end
$$;
create trigger change_open_calls_of_moved after update of starts_at, ends_at on schedule_items
  for each row when (old.starts_at <> new.starts_at or old.ends_at <> new.ends_at) execute function change_open_calls();
create trigger change_open_calls_of_gone before delete on schedule_items
  for each row execute function change_open_calls();

-- Seats that come, go, are taken or left, by whatever way, are news to the round of calls for them.
create function wake_cascade() returns trigger language plpgsql as $$
declare
  seat seats := coalesce(new, old);
begin
  if current_setting('app.restoring', true) = 'on' then
    return null;
  end if;
  perform enqueue_job('calls.advance', jsonb_build_object('cascadeId', c.id), null, 'cascade:' || c.id)
    from cascades c
   where c.org_id = seat.org_id and c.engagement_id = seat.engagement_id and c.need_id = seat.need_id
     and (c.state in ('running', 'paused') or c.wake_at is not null);
  return null;
end
$$;
create trigger wake_cascade after insert or delete or update of resource_id on seats
  for each row execute function wake_cascade();

-- What is lost calls nobody any more.
create function wake_cascades() returns trigger language plpgsql as $$
begin
  perform enqueue_job('calls.advance', jsonb_build_object('cascadeId', c.id), null, 'cascade:' || c.id)
    from cascades c
   where c.org_id = new.org_id and c.engagement_id = new.id and c.state in ('running', 'paused', 'halted');
  return null;
end
$$;
create trigger wake_cascades after update of stage on engagements
  for each row when (old.stage <> new.stage) execute function wake_cascades();

-- Whoever waits for an answer is told before what they were asked for goes.
create function keep_open_calls() returns trigger language plpgsql as $$
begin
  if current_setting('app.restoring', true) = 'on' then
    return old;
  end if;
  raise exception 'an open call can''t be deleted' using errcode = 'restrict_violation', constraint = 'calls_open_stay';
end
$$;
create trigger calls_open_stay before delete on calls
  for each row when (old.state = 'open') execute function keep_open_calls();

-- Questions about a call, and the office's answers.
create table call_questions (
  org_id uuid not null,
  id uuid not null,
  call_id uuid not null,
  engagement_id uuid not null,
  asked_by text not null check (asked_by in ('person', 'office')),
  body text not null check (body <> ''),
  -- Of the office: who wrote it.
  written_by text,
  created_at timestamptz not null default now(),
  primary key (org_id, id),
  constraint call_questions_writer check ((asked_by = 'office') = (written_by is not null)),
  foreign key (org_id, call_id) references calls (org_id, id) on delete cascade
);
create index call_questions_call on call_questions (org_id, call_id, created_at);
select protect_tenant_table('call_questions');
