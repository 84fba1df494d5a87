-- Ways in and their second factor, roles, invitations, plans, where organisations live, and who looked after what.

-- A sign-in provider says who somebody is, once. What else its tokens would open is not ours to keep.
alter table accounts add constraint accounts_keep_no_tokens
  check (access_token is null and refresh_token is null and id_token is null);

-- Whoever runs the installation. It gives no right in any organisation.
alter table users add column operator boolean not null default false;

alter table sessions
  add column way text not null default 'password' check (way in ('password', 'link', 'oidc', 'passkey', 'invitation')),
  -- Second factor that this session has passed; null: none yet.
  add column factor text check (factor in ('totp', 'recovery', 'passkey')),
  -- True until a user who has a second factor has passed it: such a session can only pass it or end.
  add column pending boolean not null default false,
  add column factor_failures integer not null default 0,
  -- When the person last proved who they are, by signing in or stepping up.
  add column proved_at timestamptz not null default now(),
  add column last_seen_at timestamptz not null default now();

create table totp_secrets (
  user_id uuid primary key references users on delete cascade,
  -- Sealed (AES-256-GCM).
  secret text not null,
  -- Null until the first code proved that the authenticator has it.
  confirmed_at timestamptz,
  -- Time step of the newest code that was accepted: a code works once.
  last_step bigint not null default 0,
  created_at timestamptz not null default now()
);

create table recovery_codes (
  id uuid primary key,
  user_id uuid not null references users on delete cascade,
  code_hash bytea not null,
  used_at timestamptz,
  unique (user_id, code_hash)
);

create table passkeys (
  id uuid primary key,
  user_id uuid not null references users on delete cascade,
  name text not null check (name <> ''),
  -- Base64url, as the browser names it.
  credential_id text not null unique,
  public_key bytea not null,
  counter bigint not null default 0,
  transports text[] not null default '{}',
  backed_up boolean not null default false,
  created_at timestamptz not null default now(),
  last_used_at timestamptz
);
create index passkeys_user on passkeys (user_id);

-- The database sees to it, so that no way in can forget: a session of a user with a confirmed authenticator
-- begins pending. A passkey verifies its holder by itself and is a second factor already.
create function session_begins_pending() returns trigger language plpgsql as $$
begin
  if new.way = 'passkey' then
    new.factor := 'passkey';
  end if;
  new.pending := new.factor is null
    and exists (select from totp_secrets t where t.user_id = new.user_id and t.confirmed_at is not null);
  return new;
end
$$;
create trigger session_begins_pending before insert on sessions for each row execute function session_begins_pending();

-- What a sign-in in several steps must remember: a passkey's challenge, an OIDC state. Used once.
create table sign_in_flows (
  id uuid primary key,
  kind text not null,
  -- SHA-256 of the secret that the browser holds in a cookie.
  secret_hash bytea not null,
  user_id uuid references users on delete cascade,
  data jsonb not null,
  expires_at timestamptz not null
);
create index sign_in_flows_age on sign_in_flows (expires_at);

-- Failures by account (a hash of its address, known or not) or by second factor; beyond the limit it waits.
create table sign_in_locks (
  key text primary key,
  failures integer not null default 0,
  first_failure_at timestamptz not null default now(),
  locked_until timestamptz
);

create table sign_in_events (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  user_id uuid references users on delete set null,
  session_id uuid,
  way text not null,
  -- ok, pending, refused, locked, factor_ok, factor_refused, stepped_up, signed_out, revoked, ...
  outcome text not null,
  detail text,
  ip_address text,
  user_agent text
);
create index sign_in_events_user on sign_in_events (user_id, id desc);

-- With the account goes whatever tells who it was. The log stays as written otherwise; the app can't change it.
create function forget_who_signed_in() returns trigger language plpgsql as $$
begin
  new.detail := null;
  new.ip_address := null;
  new.user_agent := null;
  return new;
end
$$;
create trigger forget_who_signed_in before update of user_id on sign_in_events
  for each row when (old.user_id is not null and new.user_id is null) execute function forget_who_signed_in();

-- Links in mails that do one thing for one address: SHA-256 of the token, single use.
create table mailed_tokens (
  id uuid primary key,
  kind text not null check (kind in ('sign_in', 'sign_up', 'change_email', 'reset_password')),
  email text not null,
  user_id uuid references users on delete cascade,
  token_hash bytea not null unique,
  expires_at timestamptz not null,
  used_at timestamptz,
  created_at timestamptz not null default now()
);
create index mailed_tokens_age on mailed_tokens (expires_at);

create table plans (
  name text primary key,
  title text not null,
  -- Members and open invitations; engagements that are not over. Null: no limit.
  people integer check (people > 0),
  projects integer check (projects > 0)
);
insert into plans (name, title, people, projects) values
  ('unlimited', 'Unlimited', null, null),
  ('team', 'Team', 25, 250),
  ('solo', 'Solo', 3, 25);

alter table organisations
  add column plan text not null default 'unlimited' references plans,
  add column requires_second_factor boolean not null default false,
  add column suspended_reason text,
  add column closed_at timestamptz;

alter table tenant_databases
  -- Connection of the owner on another server, sealed; null: this server.
  drop column url,
  add column sealed_url text,
  add column kind text not null default 'shared' check (kind in ('shared', 'dedicated')),
  add column schema_version integer,
  add column migration_error text,
  add column reachable boolean,
  add column latency_ms double precision,
  add column checked_at timestamptz;

-- A dedicated database holds one organisation: whoever comes waits for whoever came just before.
create function dedicated_holds_one() returns trigger language plpgsql as $$
begin
  perform from tenant_databases where id = new.tenant_database_id and kind = 'dedicated' for update;
  if found and exists (select from organisations
                        where tenant_database_id = new.tenant_database_id and id <> new.id) then
    raise exception 'another organisation has this database to itself'
      using errcode = '23514', constraint = 'organisations_dedicated_holds_one';
  end if;
  return new;
end
$$;
create trigger dedicated_holds_one before insert or update of tenant_database_id on organisations
  for each row execute function dedicated_holds_one();

-- Making, moving, exporting, restoring and erasing organisations: each step is seen from outside and may be resumed.
create table tenant_operations (
  id uuid primary key,
  kind text not null check (kind in ('create', 'move', 'export', 'restore', 'erase')),
  organisation_id uuid,
  from_database_id uuid,
  to_database_id uuid,
  state text not null default 'running' check (state in ('running', 'done', 'failed')),
  step text not null default '',
  -- Rows done, of how many.
  done bigint not null default 0,
  total bigint,
  error text,
  requested_by text not null,
  started_at timestamptz not null default now(),
  heartbeat_at timestamptz not null default now(),
  finished_at timestamptz
);
create index tenant_operations_organisation on tenant_operations (organisation_id, started_at desc);
-- One at a time for each organisation.
create unique index tenant_operations_running on tenant_operations (organisation_id) where state = 'running';

-- Where requests went and what stood in their way: unreachable, recovered, placed, moved.
create table routing_events (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  database_name text not null,
  organisation_id uuid,
  event text not null,
  detail text
);

create table operator_keys (
  id uuid primary key,
  name text not null,
  key_hash bytea not null unique,
  prefix text not null,
  created_at timestamptz not null default now(),
  revoked_at timestamptz
);

create table custom_roles (
  id uuid primary key,
  organisation_id uuid not null references organisations on delete cascade,
  name text not null check (name <> ''),
  -- Names of permissions; with the ending :own for one's own things only.
  permissions text[] not null,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (organisation_id, id)
);
create unique index custom_roles_name_unique on custom_roles (organisation_id, lower(name));

alter table memberships
  drop constraint memberships_role_check,
  add column custom_role_id uuid,
  add constraint memberships_role_check
    check (role in ('owner', 'manager', 'staff', 'crew', 'promoter', 'property_manager', 'client', 'custom')),
  add constraint memberships_custom_role check ((role = 'custom') = (custom_role_id is not null)),
  add constraint memberships_custom_role_exists
    foreign key (organisation_id, custom_role_id) references custom_roles (organisation_id, id);

alter table api_keys
  drop constraint api_keys_role_check,
  add column custom_role_id uuid,
  add constraint api_keys_role_check
    check (role in ('owner', 'manager', 'staff', 'crew', 'promoter', 'property_manager', 'client', 'custom')),
  -- A revoked key survives its role.
  add constraint api_keys_custom_role check (
    case when role = 'custom' then custom_role_id is not null or revoked_at is not null else custom_role_id is null end),
  add constraint api_keys_custom_role_exists
    foreign key (organisation_id, custom_role_id) references custom_roles (organisation_id, id);

create table invitations (
  id uuid primary key,
  organisation_id uuid not null references organisations on delete cascade,
  email text not null check (email = lower(email)),
  role text not null
    check (role in ('owner', 'manager', 'staff', 'crew', 'promoter', 'property_manager', 'client', 'custom')),
  custom_role_id uuid,
  -- The person (resource) or contact (party) of the organisation that this account will be.
  resource_id uuid,
  party_id uuid,
  invited_by uuid references users on delete set null,
  token_hash bytea not null unique,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  accepted_at timestamptz,
  accepted_by uuid references users on delete set null,
  revoked_at timestamptz,
  -- One that is over survives its role.
  check (case when role = 'custom' then custom_role_id is not null or accepted_at is not null or revoked_at is not null
    else custom_role_id is null end),
  foreign key (organisation_id, custom_role_id) references custom_roles (organisation_id, id)
);
create index invitations_organisation on invitations (organisation_id, created_at desc);
create index invitations_email on invitations (email) where accepted_at is null and revoked_at is null;
create unique index invitations_open on invitations (organisation_id, email)
  where accepted_at is null and revoked_at is null;

-- An owner lets the operators look, for a purpose and a time.
create table support_grants (
  id uuid primary key,
  organisation_id uuid not null references organisations on delete cascade,
  purpose text not null check (purpose <> ''),
  level text not null check (level in ('read', 'change')),
  granted_by uuid references users on delete set null,
  created_at timestamptz not null default now(),
  ends_at timestamptz not null,
  revoked_at timestamptz,
  check (ends_at > created_at and ends_at <= created_at + interval '7 days')
);
create index support_grants_organisation on support_grants (organisation_id, ends_at);

-- Newest seal of each organisation's history, kept apart from it: who cuts off its end is found out.
create table audit_heads (
  organisation_id uuid primary key references organisations on delete cascade,
  seal bigint not null,
  hash bytea not null,
  changes bigint not null,
  sealed_at timestamptz not null
);

-- Changes that concern an organisation but live here; relayed into its own record of changes, once each.
create table organisation_changes (
  id uuid primary key default gen_random_uuid(),
  number bigint generated always as identity,
  organisation_id uuid not null references organisations on delete cascade,
  entity text not null,
  entity_id uuid not null,
  operation text not null,
  before jsonb,
  after jsonb,
  actor text not null,
  real_actor text,
  session text,
  address text,
  request_id text,
  at timestamptz not null default now()
);
create index organisation_changes_order on organisation_changes (organisation_id, number);

create function record_organisation_change() returns trigger language plpgsql as $$
declare
  -- Addresses too: what is in history can't be erased with the account.
  secrets constant text[] := array['token_hash', 'key_hash', 'email', 'updated_at'];
  old_row jsonb;
  new_row jsonb;
  org uuid;
  entity_id uuid;
begin
  if tg_op <> 'INSERT' then old_row := to_jsonb(old) - secrets; end if;
  if tg_op <> 'DELETE' then new_row := to_jsonb(new) - secrets; end if;
  org := coalesce(new_row, old_row) ->> case tg_table_name when 'organisations' then 'id' else 'organisation_id' end;
  entity_id := coalesce(new_row, old_row) ->> case tg_table_name when 'memberships' then 'user_id' else 'id' end;
  -- With its organisation everything goes; there is nobody left to tell.
  if tg_op = 'DELETE' and (tg_table_name = 'organisations' or not exists (select from organisations o where o.id = org)) then
    return null;
  end if;
  if tg_op = 'UPDATE' then
    select coalesce(jsonb_object_agg(k, old_row -> k), '{}'), coalesce(jsonb_object_agg(k, v), '{}')
      into old_row, new_row
      from jsonb_each(new_row) as n (k, v) where v is distinct from old_row -> k;
    if new_row = '{}' then return null; end if;
  end if;
  insert into organisation_changes
    (organisation_id, entity, entity_id, operation, before, after, actor, real_actor, session, address, request_id)
  values (org, tg_table_name, entity_id, lower(tg_op), old_row, new_row,
    coalesce(nullif(current_setting('app.actor', true), ''), 'command'),
    nullif(current_setting('app.real_actor', true), ''), nullif(current_setting('app.session', true), ''),
    nullif(current_setting('app.address', true), ''), nullif(current_setting('app.request_id', true), ''));
  return null;
end
$$;

create trigger record_organisation_change after insert or update or delete on organisations
  for each row execute function record_organisation_change();
create trigger record_organisation_change after insert or update or delete on memberships
  for each row execute function record_organisation_change();
create trigger record_organisation_change after insert or update or delete on api_keys
  for each row execute function record_organisation_change();
create trigger record_organisation_change after insert or update or delete on custom_roles
  for each row execute function record_organisation_change();
create trigger record_organisation_change after insert or update or delete on invitations
  for each row execute function record_organisation_change();
create trigger record_organisation_change after insert or update or delete on support_grants
  for each row execute function record_organisation_change();

-- Accounts that have left an organisation, by an ended membership or by being erased, whose ties there are still to be
-- cut: its database may not be reachable at that moment.
create table ended_accounts (
  organisation_id uuid not null references organisations on delete cascade,
  -- No foreign key: an erased user is gone, and this is what remains to be done about them.
  user_id uuid not null,
  at timestamptz not null default now(),
  last_error text,
  primary key (organisation_id, user_id)
);

create function membership_ended() returns trigger language plpgsql as $$
begin
  insert into ended_accounts (organisation_id, user_id)
  select old.organisation_id, old.user_id where exists (select from organisations o where o.id = old.organisation_id)
  on conflict do nothing;
  return null;
end
$$;
create trigger membership_ended after delete on memberships for each row execute function membership_ended();

-- Who joins again has new ties; waits while the old ones are being cut.
create function membership_begun() returns trigger language plpgsql as $$
begin
  delete from ended_accounts where organisation_id = new.organisation_id and user_id = new.user_id;
  return null;
end
$$;
create trigger membership_begun after insert on memberships for each row execute function membership_begun();

-- True: the row goes as soon as the mail is sent or given up, because nothing of its reader may stay.
alter table outgoing_mails add column forget boolean not null default false;

grant select, insert, update, delete on all tables in schema public to {{app}};
revoke insert, update, delete on schema_migrations, plans from {{app}};
-- Logs are written once.
revoke update, delete on sign_in_events, routing_events from {{app}};
