-- Who is part of an engagement, for whom something stands on its schedule and who may see it.

-- What an organisation says about rosters, under its own id; without a row the usual holds.
create table roster_settings (
  org_id uuid not null,
  id uuid not null,
  -- Its own names of the groups: {"touring": {"a": "Artists"}}. What isn't named is called as the pack calls it.
  group_names jsonb not null default '{}',
  -- Whether everybody on an engagement sees how to reach the others.
  contacts_shared boolean not null default false,
  -- Between the end of one day's work and the beginning of the next; less is pointed out.
  rest_minutes integer not null default 660 check (rest_minutes between 0 and 1440),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, id),
  constraint roster_settings_one check (id = org_id)
);
select protect_tenant_table('roster_settings');

-- Somebody on an engagement: a person among the resources or a contact, in one of its groups.
create table engagement_people (
  org_id uuid not null,
  id uuid not null,
  engagement_id uuid not null,
  resource_id uuid,
  party_id uuid,
  group_key text not null check (group_key in ('a', 'b', 'c')),
  -- What they do on it: FOH engineer.
  role text not null default '',
  -- What they must know of being called.
  call_note text not null default '',
  -- Said by hand; a commitment of theirs says so without it.
  confirmed_at timestamptz,
  -- Whose place they take.
  stands_in_for uuid,
  -- Place in their group: see platform/text/order-key.ts.
  sort text collate "C" not null check (sort <> ''),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, id),
  unique (org_id, id, engagement_id),
  constraint engagement_people_person_once unique (org_id, engagement_id, resource_id),
  constraint engagement_people_contact_once unique (org_id, engagement_id, party_id),
  constraint engagement_people_one_of_both check (num_nonnulls(resource_id, party_id) = 1),
  constraint engagement_people_not_for_themselves check (stands_in_for <> id),
  constraint engagement_people_engagement_exists foreign key (org_id, engagement_id) references engagements (org_id, id) on delete cascade,
  constraint engagement_people_person_exists foreign key (org_id, resource_id) references resources (org_id, id) on delete cascade,
  constraint engagement_people_contact_exists foreign key (org_id, party_id) references parties (org_id, id) on delete cascade,
  constraint engagement_people_replaced_exists foreign key (org_id, stands_in_for, engagement_id)
    references engagement_people (org_id, id, engagement_id) on delete set null (stands_in_for)
);
create index engagement_people_order on engagement_people (org_id, engagement_id, group_key, sort);
create index engagement_people_person on engagement_people (org_id, resource_id) where resource_id is not null;
create index engagement_people_contact on engagement_people (org_id, party_id) where party_id is not null;
create unique index engagement_people_one_stand_in on engagement_people (org_id, stands_in_for) where stands_in_for is not null;
select protect_tenant_table('engagement_people');

-- For whom something is: for everybody, else for the groups and people named. And who may read that it is at all.
alter table schedule_items
  add column for_all boolean not null default true,
  add column for_groups text[] not null default '{}',
  -- Of engagement_people; the triggers below keep them true.
  add column person_ids uuid[] not null default '{}',
  add column seen_by text not null default 'everyone' check (seen_by in ('everyone', 'groups', 'team')),
  add column seen_by_groups text[] not null default '{}',
  -- Template, item and day that it was made from: applying one again adds only what is missing.
  add column template_key text,
  add column template_item text,
  add column template_day date,
  add constraint schedule_items_groups_known check (for_groups <@ array['a', 'b', 'c'] and seen_by_groups <@ array['a', 'b', 'c']),
  add constraint schedule_items_template_whole check (num_nonnulls(template_key, template_item, template_day) in (0, 3)),
  add constraint schedule_items_template_once unique (org_id, engagement_id, template_key, template_item, template_day);

-- The organisation's own schedules for a kind of day; the built-in ones are data of the program
-- (features/engagements/timeline/templates), and a row with the key of one takes its place.
create table timeline_templates (
  org_id uuid not null,
  id uuid not null,
  key text not null check (key <> ''),
  pack text not null check (pack in ('touring', 'venue', 'orchestra', 'studio', 'contractor')),
  name text not null check (name <> ''),
  -- What happens when, in order: see the contract's templateItem.
  items jsonb not null,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, id),
  constraint timeline_templates_once unique (org_id, key)
);
select protect_tenant_table('timeline_templates');

-- How sure it is that somebody is there: replaced, booked (a commitment of theirs), confirmed (by hand), held or open.
create function standing_of(entry engagement_people) returns text language sql stable as $$
  select case
    when exists (select from engagement_people other where other.org_id = entry.org_id and other.stands_in_for = entry.id)
      then 'replaced'
    when exists (select from claims c where c.org_id = entry.org_id and c.engagement_id = entry.engagement_id
                    and c.resource_id = entry.resource_id and c.status = 'commit')
      then 'booked'
    when entry.confirmed_at is not null then 'confirmed'
    when exists (select from claims c where c.org_id = entry.org_id and c.engagement_id = entry.engagement_id
                    and c.resource_id = entry.resource_id)
      then 'held'
    else 'open'
  end
$$;

-- Whether somebody who isn't of the team may know of an item: an account, or one person. Whoever has a seat there was
-- asked for it and knows. features/engagements/timeline/audience-rules.ts says the same; a test compares them.
-- It runs once for each item: every way to an entry of the roster is by an index.
create function sees_item(item schedule_items, account uuid, person uuid) returns boolean language sql stable as $$
  select item.seen_by = 'everyone'
    or item.seen_by = 'groups' and (
      exists (
        select from resources r join engagement_people p
            on p.org_id = r.org_id and p.engagement_id = item.engagement_id and p.resource_id = r.id
         where r.org_id = item.org_id and r.user_id = account
           and (p.group_key = any (item.seen_by_groups) or p.id = any (item.person_ids))
           and standing_of(p) in ('booked', 'confirmed'))
      or exists (
        select from parties c join engagement_people p
            on p.org_id = c.org_id and p.engagement_id = item.engagement_id and p.party_id = c.id
         where c.org_id = item.org_id and c.user_id = account
           and (p.group_key = any (item.seen_by_groups) or p.id = any (item.person_ids))
           and standing_of(p) in ('booked', 'confirmed'))
      or exists (
        select from engagement_people p
         where p.org_id = item.org_id and p.engagement_id = item.engagement_id and p.resource_id = person
           and (p.group_key = any (item.seen_by_groups) or p.id = any (item.person_ids))
           and standing_of(p) in ('booked', 'confirmed')))
    or exists (
      select from seats s join resources r on r.org_id = s.org_id and r.id = s.resource_id
       where s.org_id = item.org_id and s.schedule_item_id = item.id and (r.user_id = account or r.id = person))
$$;

-- Nobody is named on an item who isn't on the roster of its engagement.
create function keep_named_people() returns trigger language plpgsql as $$
declare
  wanted uuid;
begin
  foreach wanted in array new.person_ids loop
    if tg_op = 'UPDATE' and wanted = any (old.person_ids) then
      continue;
    end if;
    perform from engagement_people
      where org_id = new.org_id and id = wanted and engagement_id = new.engagement_id for key share;
    if not found then
      raise exception 'nobody on the roster is %', wanted
        using errcode = '23514', constraint = 'schedule_items_people_exist', table = 'schedule_items';
    end if;
  end loop;
  return new;
end
$$;
create trigger keep_named_people before insert or update of person_ids on schedule_items
  for each row execute function keep_named_people();

-- Who stands in for somebody is wanted wherever that one was named; who leaves the roster is named nowhere.
create function rename_people() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    update schedule_items set person_ids = array_replace(person_ids, new.stands_in_for, new.id),
           version = version + 1, updated_at = now()
     where org_id = new.org_id and engagement_id = new.engagement_id and new.stands_in_for = any (person_ids);
  elsif exists (select from engagement_people where org_id = old.org_id and id = old.stands_in_for) then
    update schedule_items set person_ids = array_replace(person_ids, old.id, old.stands_in_for),
           version = version + 1, updated_at = now()
     where org_id = old.org_id and engagement_id = old.engagement_id and old.id = any (person_ids);
  else
    update schedule_items set person_ids = array_remove(person_ids, old.id), version = version + 1, updated_at = now()
     where org_id = old.org_id and engagement_id = old.engagement_id and old.id = any (person_ids);
  end if;
  return null;
end
$$;
create trigger name_stand_in after insert on engagement_people
  for each row when (new.stands_in_for is not null) execute function rename_people();
create trigger forget_named after delete on engagement_people for each row execute function rename_people();
