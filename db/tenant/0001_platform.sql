-- What every tenant table stands on: the organisation's scope, its policy, the change record, jobs, idempotency.

create extension if not exists btree_gist;

-- Instants leave the database as the API speaks them: UTC with milliseconds.
create function iso(at timestamptz) returns text language sql immutable parallel safe
  return to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');

create table changes (
  org_id uuid not null,
  id bigint generated always as identity,
  entity text not null,
  entity_id uuid not null,
  version integer,
  operation text not null check (operation in ('insert', 'update', 'delete')),
  -- Insert: all of `after`. Delete: all of `before`. Update: the changed columns in both.
  before jsonb,
  after jsonb,
  actor text not null,
  request_id text,
  -- Why, where the command had a reason to give.
  reason text,
  at timestamptz not null default now(),
  -- Readers follow transactions, not ids: ids become visible out of order and a reader by id would lose rows.
  xid xid8 not null default pg_current_xact_id(),
  primary key (org_id, id)
);
create index changes_entity on changes (org_id, entity, entity_id, id);
create index changes_xid on changes (org_id, xid);

create function record_change() returns trigger language plpgsql as $$
declare
  old_row jsonb;
  new_row jsonb;
  changed_before jsonb;
  changed_after jsonb;
begin
  if tg_op = 'UPDATE' then
    old_row := to_jsonb(old);
    new_row := to_jsonb(new);
    select jsonb_object_agg(n.key, old_row -> n.key), jsonb_object_agg(n.key, n.value)
      into changed_before, changed_after
      from jsonb_each(new_row) n
     where n.value is distinct from old_row -> n.key and n.key <> 'updated_at';
    if changed_after is null then
      return null;
    end if;
  elsif tg_op = 'INSERT' then
    new_row := to_jsonb(new);
    changed_after := new_row;
  else
    old_row := to_jsonb(old);
    new_row := old_row;
    changed_before := old_row;
  end if;
  insert into changes (org_id, entity, entity_id, version, operation, before, after, actor, request_id, reason)
  values (
    (new_row ->> 'org_id')::uuid, tg_table_name, (new_row ->> 'id')::uuid, (new_row ->> 'version')::integer,
    lower(tg_op), changed_before, changed_after,
    coalesce(nullif(current_setting('app.actor', true), ''), 'database:' || current_user),
    nullif(current_setting('app.request_id', true), ''),
    nullif(current_setting('app.reason', true), '')
  );
  return null;
end
$$;

-- Makes a table a tenant table: one policy, forced, for one organisation at a time; its changes recorded.
create function protect_tenant_table(name regclass, recorded boolean default true) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', name);
  execute format('alter table %s force row level security', name);
  execute format(
    'create policy organisation on %s
       using (org_id = (select nullif(current_setting(''app.org_id'', true), '''')::uuid))
       with check (org_id = (select nullif(current_setting(''app.org_id'', true), '''')::uuid))', name);
  if recorded then
    execute format(
      'create trigger record_change after insert or update or delete on %s for each row execute function record_change()', name);
  end if;
  execute format('grant select, insert, update, delete on %s to {{app}}', name);
end
$$;

select protect_tenant_table('changes', recorded => false);
-- History is written once: the app may add and read, nothing else.
revoke update, delete on changes from {{app}};

-- One row per write that came with a key; the answer is stored in the same transaction as its effect.
create table idempotency_keys (
  org_id uuid not null,
  -- Who sent it: two clients may choose the same key.
  actor text not null,
  key text not null,
  request_hash text not null,
  status integer not null,
  answer text not null,
  created_at timestamptz not null default now(),
  primary key (org_id, actor, key)
);
create index idempotency_keys_age on idempotency_keys (org_id, created_at);
select protect_tenant_table('idempotency_keys', recorded => false);

-- Raises when the key has its answer already. Two senders at once both pass here; the second one's insert of
-- the answer then waits for the first one's transaction and is refused by the primary key, effect and all.
create function refuse_used_key(p_key text) returns void language plpgsql stable as $$
begin
  if exists (select from idempotency_keys
              where org_id = current_setting('app.org_id')::uuid and actor = current_setting('app.actor') and key = p_key) then
    raise exception 'idempotency key is used' using errcode = 'HF001';
  end if;
end
$$;

-- A job exists if and only if the change that causes it does. The queue's tables belong to the jobs role,
-- so the app goes through this door, which stamps the organisation on every payload.
create function enqueue_job(task text, payload jsonb, run_at timestamptz default null, job_key text default null)
  returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  org text := current_setting('app.org_id');
begin
  perform graphile_worker.add_job(
    task, (payload || jsonb_build_object('orgId', org))::json, run_at => run_at,
    job_key => case when job_key is null then null else org || ':' || job_key end);
end
$$;
alter function enqueue_job owner to {{jobs}};
revoke execute on function enqueue_job from public;
grant execute on function enqueue_job to {{app}};

-- Workers say here that they live; the jobs of one that stops saying so are unlocked within a minute.
create table worker_heartbeats (
  worker_id text primary key,
  at timestamptz not null default now()
);
alter table worker_heartbeats owner to {{jobs}};
