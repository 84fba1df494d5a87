-- Control database: who signs in, which organisations there are and where each one lives.
-- users, sessions, accounts and verifications are Better Auth's tables under our names.

create table users (
  id uuid primary key,
  name text not null,
  email text not null unique check (email = lower(email)),
  email_verified boolean not null default false,
  image text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table sessions (
  id uuid primary key,
  user_id uuid not null references users on delete cascade,
  token text not null unique,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index sessions_user on sessions (user_id);

create table accounts (
  id uuid primary key,
  user_id uuid not null references users on delete cascade,
  account_id text not null,
  provider_id text not null,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (provider_id, account_id)
);
create index accounts_user on accounts (user_id);

create table verifications (
  -- Better Auth makes some of these ids from what they reserve.
  id text primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index verifications_identifier on verifications (identifier);

create table auth_rate_limits (
  id uuid primary key,
  key text not null unique,
  count integer not null,
  last_request bigint not null
);

-- Databases that hold organisations. No url: a database of this same server.
create table tenant_databases (
  id uuid primary key,
  name text not null unique,
  url text,
  created_at timestamptz not null default now()
);

create table organisations (
  id uuid primary key,
  slug text not null unique check (slug ~ '^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$'),
  name text not null check (name <> ''),
  packs text[] not null check (packs <@ array['touring', 'venue', 'orchestra', 'studio', 'contractor'] and packs <> '{}'),
  zone text not null default 'UTC',
  currency text not null default 'EUR' check (currency ~ '^[A-Z]{3}$'),
  status text not null default 'active' check (status in ('active', 'suspended', 'closed')),
  tenant_database_id uuid not null references tenant_databases,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table memberships (
  organisation_id uuid not null references organisations on delete cascade,
  user_id uuid not null references users on delete cascade,
  role text not null check (role in ('owner', 'manager', 'staff')),
  created_at timestamptz not null default now(),
  primary key (organisation_id, user_id)
);
create index memberships_user on memberships (user_id);

create table api_keys (
  id uuid primary key,
  organisation_id uuid not null references organisations on delete cascade,
  name text not null,
  role text not null check (role in ('owner', 'manager', 'staff')),
  -- SHA-256 of a key of 256 random bits: it needs no salt and no slow hash.
  key_hash bytea not null unique,
  -- The first characters, so that a person can tell keys apart.
  prefix text not null,
  created_by uuid references users on delete set null,
  created_at timestamptz not null default now(),
  revoked_at timestamptz
);
create index api_keys_organisation on api_keys (organisation_id);

-- Outgoing mail of the installation (sign-in links). Sent by a job when SMTP is set; readable by the operator until then.
create table outgoing_mails (
  id uuid primary key,
  recipient text not null,
  subject text not null,
  body text not null,
  attempts integer not null default 0,
  last_error text,
  created_at timestamptz not null default now(),
  next_attempt_at timestamptz not null default now(),
  sent_at timestamptz
);
create index outgoing_mails_waiting on outgoing_mails (next_attempt_at) where sent_at is null;

grant select, insert, update, delete on all tables in schema public to {{app}};
revoke insert, update, delete on schema_migrations from {{app}};
