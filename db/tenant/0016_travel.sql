-- How people of an engagement get there and back, where they sleep, and what they get for a day.

-- One way of travelling: a flight, a drive, a train, a ferry.
create table travel_legs (
  org_id uuid not null,
  id uuid not null,
  engagement_id uuid not null,
  mode text not null check (mode in ('air', 'ground', 'rail', 'sea')),
  carrier text not null default '',
  number text not null default '',
  from_name text not null check (from_name <> ''),
  -- By whose clock it departs, and arrives: they are often two.
  from_zone text not null,
  to_name text not null check (to_name <> ''),
  to_zone text not null,
  departs_at timestamptz not null,
  arrives_at timestamptz not null,
  -- Booking reference: whoever knows it and a surname may cancel the flight.
  confirmation text not null default '',
  confirmed boolean not null default false,
  notes text not null default '',
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, id),
  -- So that travellers belong to one engagement with their leg.
  unique (org_id, id, engagement_id),
  constraint travel_legs_engagement_exists foreign key (org_id, engagement_id) references engagements (org_id, id) on delete cascade,
  -- Ships take weeks.
  constraint travel_legs_time_order check (departs_at < arrives_at and isfinite(departs_at) and isfinite(arrives_at)
    and arrives_at - departs_at <= interval '60 days')
);
create index travel_legs_engagement on travel_legs (org_id, engagement_id, departs_at);
select protect_tenant_table('travel_legs');

-- Who is on which leg.
create table travellers (
  org_id uuid not null,
  id uuid not null,
  engagement_id uuid not null,
  leg_id uuid not null,
  person_id uuid not null,
  seat text not null default '',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, id),
  constraint travellers_once unique (org_id, leg_id, person_id),
  constraint travellers_leg_exists foreign key (org_id, leg_id, engagement_id)
    references travel_legs (org_id, id, engagement_id) on delete cascade,
  constraint travellers_person_exists foreign key (org_id, person_id) references resources (org_id, id) on delete cascade
);
create index travellers_person on travellers (org_id, person_id);
create index travellers_engagement on travellers (org_id, engagement_id);
select protect_tenant_table('travellers');

-- A hotel for some nights.
create table hotel_stays (
  org_id uuid not null,
  id uuid not null,
  engagement_id uuid not null,
  name text not null check (name <> ''),
  address text not null default '',
  phone text not null default '',
  -- Days by the calendar there; the last night is the one before check-out.
  check_in_on date not null,
  check_out_on date not null,
  confirmation text not null default '',
  confirmed boolean not null default false,
  notes text not null default '',
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, id),
  unique (org_id, id, engagement_id),
  constraint hotel_stays_engagement_exists foreign key (org_id, engagement_id) references engagements (org_id, id) on delete cascade,
  constraint hotel_stays_day_order check (check_in_on < check_out_on and check_out_on - check_in_on <= 366
    and check_in_on between date '1900-01-01' and date '2199-12-31')
);
create index hotel_stays_engagement on hotel_stays (org_id, engagement_id, check_in_on);
select protect_tenant_table('hotel_stays');

create table hotel_rooms (
  org_id uuid not null,
  id uuid not null,
  engagement_id uuid not null,
  hotel_id uuid not null,
  kind text not null check (kind in ('single', 'double', 'twin', 'triple', 'quad', 'suite')),
  -- Number or name, once it is known.
  label text not null default '',
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, id),
  unique (org_id, id, hotel_id, engagement_id),
  constraint hotel_rooms_hotel_exists foreign key (org_id, hotel_id, engagement_id)
    references hotel_stays (org_id, id, engagement_id) on delete cascade
);
create index hotel_rooms_hotel on hotel_rooms (org_id, hotel_id);
select protect_tenant_table('hotel_rooms');

-- Who sleeps in which room; in one of each hotel.
create table room_sleepers (
  org_id uuid not null,
  id uuid not null,
  engagement_id uuid not null,
  hotel_id uuid not null,
  room_id uuid not null,
  person_id uuid not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, id),
  constraint room_sleepers_once unique (org_id, hotel_id, person_id),
  constraint room_sleepers_room_exists foreign key (org_id, room_id, hotel_id, engagement_id)
    references hotel_rooms (org_id, id, hotel_id, engagement_id) on delete cascade,
  constraint room_sleepers_person_exists foreign key (org_id, person_id) references resources (org_id, id) on delete cascade
);
create index room_sleepers_room on room_sleepers (org_id, room_id);
create index room_sleepers_person on room_sleepers (org_id, person_id);
select protect_tenant_table('room_sleepers');

-- What somebody gets for a day away.
create table per_diems (
  org_id uuid not null,
  id uuid not null,
  engagement_id uuid not null,
  person_id uuid not null,
  day date not null check (day between date '1900-01-01' and date '2199-12-31'),
  amount_minor bigint not null check (amount_minor between 1 and 1000000000000),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  paid_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, id),
  constraint per_diems_once unique (org_id, engagement_id, person_id, day),
  constraint per_diems_engagement_exists foreign key (org_id, engagement_id) references engagements (org_id, id) on delete cascade,
  constraint per_diems_person_exists foreign key (org_id, person_id) references resources (org_id, id) on delete cascade
);
create index per_diems_person on per_diems (org_id, person_id, day);
select protect_tenant_table('per_diems');
