-- Who was there, and what they are paid: attendance, scales, pay sheets.

-- How a service really went: overtime is counted from it.
create table service_reports (
  org_id uuid not null,
  -- The service's.
  id uuid not null,
  engagement_id uuid not null,
  started_at timestamptz,
  ended_at timestamptz,
  -- Called off at that instant; who had a seat is paid by how short the notice was.
  cancelled_at timestamptz,
  notes text not null default '',
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, id),
  constraint service_reports_time_order check (started_at is null or ended_at is null or
    (started_at < ended_at and ended_at - started_at <= interval '48 hours')),
  foreign key (org_id, id, engagement_id) references schedule_items (org_id, id, engagement_id) on delete cascade
);
select protect_tenant_table('service_reports');

-- Of who had a seat; without a row: present.
create table attendances (
  org_id uuid not null,
  id uuid not null,
  engagement_id uuid not null,
  schedule_item_id uuid not null,
  resource_id uuid not null,
  status text not null check (status in ('present', 'late', 'left_early', 'excused', 'absent')),
  -- Missed of the service, where late or left early.
  minutes integer not null default 0 check (minutes between 0 and 2880),
  note text not null default '',
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, id),
  constraint attendances_once unique (org_id, schedule_item_id, resource_id),
  foreign key (org_id, schedule_item_id, engagement_id) references schedule_items (org_id, id, engagement_id) on delete cascade,
  constraint attendances_resource_exists foreign key (org_id, resource_id) references resources (org_id, id) on delete cascade
);
create index attendances_resource on attendances (org_id, resource_id);
select protect_tenant_table('attendances');

-- What is paid for what, from a day on: a later row of the same name takes its place.
create table pay_scales (
  org_id uuid not null,
  id uuid not null,
  name text not null check (name <> ''),
  valid_from date not null check (isfinite(valid_from)),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  -- As features/calls/pay/terms.ts reads them: base per kind of service, overtime, premiums, doubling, cancellation.
  terms jsonb not null check (jsonb_typeof(terms) = 'object'),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, id),
  constraint pay_scales_from_once unique (org_id, name, valid_from)
);
select protect_tenant_table('pay_scales');

-- By which of several scales an engagement is paid; without a row the first by name.
create table pay_choices (
  org_id uuid not null,
  -- The engagement's.
  id uuid not null,
  scale_name text not null check (scale_name <> ''),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, id),
  foreign key (org_id, id) references engagements (org_id, id) on delete cascade
);
select protect_tenant_table('pay_choices');

-- What no scale knows, by hand: a parking fee, an overpayment taken back.
create table pay_adjustments (
  org_id uuid not null,
  id uuid not null,
  engagement_id uuid not null,
  resource_id uuid not null,
  reason text not null check (reason <> ''),
  -- Below zero: taken off. In the currency that the scale had then; under one of another it isn't paid.
  amount_minor bigint not null check (amount_minor <> 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, id),
  constraint pay_adjustments_engagement_exists foreign key (org_id, engagement_id) references engagements (org_id, id) on delete cascade,
  constraint pay_adjustments_resource_exists foreign key (org_id, resource_id) references resources (org_id, id) on delete cascade
);
create index pay_adjustments_engagement on pay_adjustments (org_id, engagement_id);
create index pay_adjustments_resource on pay_adjustments (org_id, resource_id);
select protect_tenant_table('pay_adjustments');

-- The reckoning of one engagement. Approved, it stays as it was; a correction is a new revision.
create table pay_sheets (
  org_id uuid not null,
  id uuid not null,
  engagement_id uuid not null,
  revision integer not null check (revision >= 1),
  -- The scale by which it was reckoned: its name, and the day from which these terms are valid.
  scale_name text not null,
  scale_from date not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  total_minor bigint not null,
  -- People with their lines, as features/calls/pay/contract.ts reads them.
  reckoning jsonb not null check (jsonb_typeof(reckoning) = 'object'),
  approved_by text not null,
  approved_at timestamptz not null,
  created_at timestamptz not null default now(),
  primary key (org_id, id),
  constraint pay_sheets_revision_once unique (org_id, engagement_id, revision),
  constraint pay_sheets_engagement_exists foreign key (org_id, engagement_id) references engagements (org_id, id)
);
select protect_tenant_table('pay_sheets');
revoke update, delete on pay_sheets from {{app}};
