-- What stands in an engagement's dossier: tasks, the guest list, and the setlist with the songs it is made of.

-- The instant at which the clock of a zone shows this. Where it shows it twice, the first; where it skips it, as
-- much later: as platform/time/wall-clock.ts has it.
create function wall_instant(wall timestamp, zone text) returns timestamptz language sql stable as $$
  select coalesce(
    (select min(earlier) from (values (shown - interval '1 hour'), (shown - interval '30 minutes')) as tried (earlier)
      where earlier at time zone zone = wall),
    shown)
  from (select wall at time zone zone as shown) as once
$$;

-- The organisation's own lists of tasks for a kind of engagement; the built-in ones are data of the program
-- (features/engagements/tasks/templates), and a row with the key of one takes its place.
create table task_templates (
  org_id uuid not null,
  id uuid not null,
  key text not null check (key <> ''),
  pack text not null check (pack in ('touring', 'venue', 'orchestra', 'studio', 'contractor')),
  name text not null check (name <> ''),
  -- Whether its tasks are made when an engagement of the pack is confirmed.
  automatic boolean not null,
  -- What is to be done, in order: see the contract's templateItem.
  items jsonb not null,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, id),
  constraint task_templates_once unique (org_id, key)
);
select protect_tenant_table('task_templates');

-- Something to be done, for an engagement or without one.
create table tasks (
  org_id uuid not null,
  id uuid not null,
  engagement_id uuid,
  title text not null check (title <> ''),
  notes text not null default '',
  -- Who does it: a member by their account, or a person among the resources.
  assignee_user_id uuid,
  assignee_id uuid,
  -- Due relative to the engagement: so many days after its first or last day. Null: on the day given, or never.
  due_anchor text check (due_anchor in ('start', 'end')),
  due_days integer check (due_days between -3650 and 3650),
  -- By the clock of the zone: the engagement's, or the organisation's. Without minutes the whole day counts.
  due_on date,
  due_minute smallint check (due_minute between 0 and 1439),
  zone text not null,
  -- When it is late; follows from the above by the trigger below, and moves with the engagement.
  due_at timestamptz,
  -- Days before it is due, in the morning.
  remind_days smallint check (remind_days between 0 and 365),
  remind_at timestamptz,
  reminded_at timestamptz,
  done_at timestamptz,
  done_by text,
  -- Place among the engagement's tasks: see platform/text/order-key.ts.
  sort text collate "C" not null check (sort <> ''),
  -- Template and item that it was made from: applying one again adds only what is missing.
  template_key text,
  template_item text,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, id),
  constraint tasks_template_once unique (org_id, engagement_id, template_key, template_item),
  constraint tasks_template_whole check ((template_key is null) = (template_item is null)),
  constraint tasks_one_assignee check (assignee_user_id is null or assignee_id is null),
  constraint tasks_relative_whole check ((due_anchor is null) = (due_days is null)),
  constraint tasks_relative_to_something check (due_anchor is null or engagement_id is not null),
  constraint tasks_minute_of_a_day check (due_minute is null or due_on is not null),
  constraint tasks_remind_of_a_day check (remind_days is null or due_on is not null),
  constraint tasks_done_whole check ((done_at is null) = (done_by is null)),
  constraint tasks_engagement_exists foreign key (org_id, engagement_id) references engagements (org_id, id) on delete cascade,
  constraint tasks_assignee_exists foreign key (org_id, assignee_id) references resources (org_id, id) on delete set null (assignee_id)
);
create index tasks_engagement on tasks (org_id, engagement_id, sort) where engagement_id is not null;
create index tasks_open on tasks (org_id, coalesce(due_at, 'infinity'), id) where done_at is null;
create index tasks_of_user on tasks (org_id, assignee_user_id) where assignee_user_id is not null;
create index tasks_of_person on tasks (org_id, assignee_id) where assignee_id is not null;
create index tasks_to_remind on tasks (org_id, remind_at) where remind_at is not null and reminded_at is null and done_at is null;
select protect_tenant_table('tasks');

-- Steps of a task, ticked one by one.
create table task_steps (
  org_id uuid not null,
  id uuid not null,
  task_id uuid not null,
  title text not null check (title <> ''),
  done_at timestamptz,
  done_by text,
  sort text collate "C" not null check (sort <> ''),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, id),
  constraint task_steps_done_whole check ((done_at is null) = (done_by is null)),
  constraint task_steps_task_exists foreign key (org_id, task_id) references tasks (org_id, id) on delete cascade
);
create index task_steps_task on task_steps (org_id, task_id, sort);
select protect_tenant_table('task_steps');

-- Whatever writes a task or moves its engagement, these follow. features/engagements/tasks/rules.ts says the same.
create function set_task_times() returns trigger language plpgsql as $$
declare
  at_engagement record;
  morning timestamptz;
begin
  if new.engagement_id is not null then
    select zone, starts_at, ends_at into at_engagement from engagements where org_id = new.org_id and id = new.engagement_id;
    if found then
      new.zone := at_engagement.zone;
      if new.due_anchor is not null then
        -- An end at midnight belongs to the day that ends. Years stay such as dates are written with.
        new.due_on := greatest(date '0001-01-02', least(date '9999-12-30', new.due_days + (
          (case new.due_anchor when 'start' then at_engagement.starts_at else at_engagement.ends_at - interval '1 millisecond' end)
            at time zone new.zone)::date));
      end if;
    end if;
  end if;
  new.due_at := wall_instant(new.due_on + make_interval(mins => coalesce(new.due_minute, 1440)), new.zone);
  -- At nine in the morning, or when it is due, if that is earlier.
  morning := wall_instant(new.due_on - new.remind_days + interval '9 hours', new.zone);
  new.remind_at := case when morning is not null then least(morning, new.due_at) end;
  if tg_op = 'UPDATE' and new.remind_at is distinct from old.remind_at then
    new.reminded_at := null;
  end if;
  return new;
end
$$;
create trigger set_task_times before insert or update on tasks for each row execute function set_task_times();

create function move_tasks() returns trigger language plpgsql as $$
begin
  update tasks set updated_at = now() where org_id = new.org_id and engagement_id = new.id and due_on is not null;
  return null;
end
$$;
create trigger move_tasks after update of starts_at, ends_at, zone on engagements
  for each row when (old.starts_at <> new.starts_at or old.ends_at <> new.ends_at or old.zone <> new.zone)
  execute function move_tasks();

-- What holds for an engagement's guest list as a whole, under the engagement's id; without a row nothing is set.
create table guest_lists (
  org_id uuid not null,
  id uuid not null,
  -- From then on only those who approve may add.
  closes_at timestamptz,
  -- Where guests get their passes, unless their own entry says otherwise.
  pickup text not null default '',
  -- Whether guests with an address are told when they are approved.
  tell_guests boolean not null default false,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, id),
  constraint guest_lists_engagement_exists foreign key (org_id, id) references engagements (org_id, id) on delete cascade
);
select protect_tenant_table('guest_lists');

-- Who may give away how many places: Artist 10, Promoter 20.
create table guest_allotments (
  org_id uuid not null,
  id uuid not null,
  engagement_id uuid not null,
  name text not null check (name <> ''),
  places integer not null check (places between 0 and 100000),
  -- Who may ask for guests out of it, with an account of theirs: a contact or a person.
  party_id uuid,
  person_id uuid,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, id),
  unique (org_id, id, engagement_id),
  constraint guest_allotments_name_once unique (org_id, engagement_id, name),
  constraint guest_allotments_engagement_exists foreign key (org_id, engagement_id) references engagements (org_id, id) on delete cascade,
  constraint guest_allotments_party_exists foreign key (org_id, party_id) references parties (org_id, id) on delete set null (party_id),
  constraint guest_allotments_person_exists foreign key (org_id, person_id) references resources (org_id, id) on delete set null (person_id)
);
create index guest_allotments_party on guest_allotments (org_id, party_id) where party_id is not null;
create index guest_allotments_person on guest_allotments (org_id, person_id) where person_id is not null;
select protect_tenant_table('guest_allotments');

-- Somebody on the list, with so many others.
create table guests (
  org_id uuid not null,
  id uuid not null,
  engagement_id uuid not null,
  allotment_id uuid not null,
  first_name text not null default '',
  last_name text not null check (last_name <> ''),
  -- How many come with them.
  plus integer not null default 0 check (plus between 0 and 50),
  pass_type text not null default 'guest' check (pass_type in ('guest', 'vip', 'all_access', 'photo', 'press', 'working')),
  email text,
  phone text,
  note text not null default '',
  -- Where their pass waits; '' means: where the list says.
  pickup text not null default '',
  state text not null check (state in ('requested', 'approved', 'declined')),
  requested_by text not null,
  decided_by text,
  decided_at timestamptz,
  -- How many of them are in, and since when.
  arrived integer not null default 0,
  arrived_at timestamptz,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, id),
  constraint guests_allotment_exists foreign key (org_id, allotment_id, engagement_id)
    references guest_allotments (org_id, id, engagement_id),
  constraint guests_decision_whole check ((decided_by is null) = (decided_at is null)),
  -- Never more than are on the list, and nobody who isn't.
  constraint guests_arrived_of_all check (arrived between 0 and plus + 1 and (arrived = 0 or state = 'approved'))
);
create index guests_of_engagement on guests (org_id, engagement_id, last_name, first_name);
create index guests_of_allotment on guests (org_id, allotment_id, state) include (plus);
select protect_tenant_table('guests');

-- Never more are approved than the allotment has places, whoever approves at the same time: the allotment's lock
-- puts them in a row.
create function keep_allotment() returns trigger language plpgsql as $$
declare
  available integer;
begin
  select places into available from guest_allotments where org_id = new.org_id and id = new.allotment_id for no key update;
  if available < (select coalesce(sum(1 + plus), 0) from guests
                   where org_id = new.org_id and allotment_id = new.allotment_id and state = 'approved') then
    raise exception 'the places of an allotment, %, are exceeded', available
      using errcode = '23514', constraint = 'guests_within_allotment', table = 'guests';
  end if;
  return null;
end
$$;
create trigger keep_allotment after insert or update of state, plus, allotment_id on guests
  for each row when (new.state = 'approved') execute function keep_allotment();

-- The same when the allotment itself gets fewer places.
create function keep_lowered_allotment() returns trigger language plpgsql as $$
begin
  if new.places < (select coalesce(sum(1 + plus), 0) from guests
                    where org_id = new.org_id and allotment_id = new.id and state = 'approved') then
    raise exception 'more than % places are given', new.places
      using errcode = '23514', constraint = 'guest_allotments_given', table = 'guest_allotments';
  end if;
  return null;
end
$$;
create trigger keep_lowered_allotment after update of places on guest_allotments
  for each row when (new.places < old.places) execute function keep_lowered_allotment();

-- The songs that an act plays, as rights societies want them.
create table songs (
  org_id uuid not null,
  id uuid not null,
  title text not null check (title <> ''),
  song_key text not null default '',
  bpm integer check (bpm between 1 and 999),
  seconds integer check (seconds between 1 and 36000),
  writers text[] not null default '{}',
  publisher text not null default '',
  -- ISWC, or the society's own number of the work.
  work_number text not null default '',
  notes text not null default '',
  -- Out of the repertoire; stays known where it was played.
  archived_at timestamptz,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, id)
);
create index songs_by_title on songs (org_id, title, id);
select protect_tenant_table('songs');

-- Other ways to play a song: acoustic, radio edit. What is null is as in the song.
create table song_versions (
  org_id uuid not null,
  id uuid not null,
  song_id uuid not null,
  name text not null check (name <> ''),
  song_key text,
  bpm integer check (bpm between 1 and 999),
  seconds integer check (seconds between 1 and 36000),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, id),
  unique (org_id, id, song_id),
  constraint song_versions_name_once unique (org_id, song_id, name),
  constraint song_versions_song_exists foreign key (org_id, song_id) references songs (org_id, id) on delete cascade
);
select protect_tenant_table('song_versions');

-- Sets and encores of an engagement, in order.
create table setlist_sets (
  org_id uuid not null,
  id uuid not null,
  engagement_id uuid not null,
  name text not null check (name <> ''),
  kind text not null check (kind in ('set', 'encore')),
  -- How long it may take; null: nobody said.
  slot_minutes integer check (slot_minutes between 1 and 1440),
  sort text collate "C" not null check (sort <> ''),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, id),
  unique (org_id, id, engagement_id),
  constraint setlist_sets_engagement_exists foreign key (org_id, engagement_id) references engagements (org_id, id) on delete cascade
);
create index setlist_sets_engagement on setlist_sets (org_id, engagement_id, sort);
select protect_tenant_table('setlist_sets');

-- A song, a break or talk within a set: as planned, and as it went.
create table setlist_entries (
  org_id uuid not null,
  id uuid not null,
  engagement_id uuid not null,
  set_id uuid not null,
  kind text not null check (kind in ('song', 'break', 'talk')),
  song_id uuid,
  song_version_id uuid,
  -- Of a break or of talk.
  title text not null default '',
  -- Only here; null: as in the version or the song.
  song_key text,
  seconds integer check (seconds between 1 and 36000),
  notes text not null default '',
  sort text collate "C" not null check (sort <> ''),
  -- False: it came on stage.
  planned boolean not null default true,
  -- How it went; null: nobody said.
  played text check (played in ('played', 'skipped')),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, id),
  constraint setlist_entries_song_whole check ((kind = 'song') = (song_id is not null)),
  constraint setlist_entries_version_of_song check (song_version_id is null or song_id is not null),
  constraint setlist_entries_set_exists foreign key (org_id, set_id, engagement_id)
    references setlist_sets (org_id, id, engagement_id) on delete cascade,
  constraint setlist_entries_song_exists foreign key (org_id, song_id) references songs (org_id, id),
  constraint setlist_entries_version_exists foreign key (org_id, song_version_id, song_id)
    references song_versions (org_id, id, song_id) on delete set null (song_version_id)
);
create index setlist_entries_set on setlist_entries (org_id, set_id, sort);
create index setlist_entries_engagement on setlist_entries (org_id, engagement_id);
create index setlist_entries_song on setlist_entries (org_id, song_id) where song_id is not null;
create index setlist_entries_version on setlist_entries (org_id, song_version_id) where song_version_id is not null;
select protect_tenant_table('setlist_entries');
