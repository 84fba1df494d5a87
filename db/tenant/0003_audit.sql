-- Who was behind a change, refused and supporting access, seals, moving, and the people behind accounts.

alter table changes
  -- Who acted in another's name: the operator behind a support grant.
  add column real_actor text,
  add column session text,
  add column address text;
alter table changes drop constraint changes_operation_check;
-- `denied` and `looked` are about access: entity `access`, what was asked for in `after`.
alter table changes add constraint changes_operation_check
  check (operation in ('insert', 'update', 'delete', 'denied', 'looked'));
-- By record; the id alone says which, so the entity needn't be in the key.
drop index changes_entity;
create index changes_record on changes (org_id, entity_id, id);
-- Each filter of the audit trail finds the newest of its rows without reading the others. What nearly all rows
-- are (claims, inserts and updates) needs no index of its own: their newest are near the end anyway.
create index changes_at on changes (org_id, at, id);
create index changes_actor on changes (org_id, actor, at, id);
create index changes_entity on changes (org_id, entity, at, id) where entity <> 'claims';
create index changes_operation on changes (org_id, operation, at, id) where operation in ('delete', 'denied', 'looked');
create index changes_session on changes (org_id, session, at, id) where session is not null;
-- Hash: a quarter of the size of a btree over so long a text.
create index changes_request on changes using hash (request_id);

-- Of a table with sealed columns history keeps that they held something, never what: history can't be erased, and
-- ciphertext there would outlive every rotation of keys.
create function without_sealed(columns jsonb) returns jsonb language sql immutable strict as $$
  select jsonb_object_agg(key, case when key like 'sealed\_%' and value <> 'null' then '"sealed"' else value end)
    from jsonb_each(columns)
$$;

create or replace function record_change() returns trigger language plpgsql as $$
declare
  old_row jsonb;
  new_row jsonb;
  changed_before jsonb;
  changed_after jsonb;
begin
  -- Rows that come from another database bring their history along. Only the tables' owner can say so.
  if current_setting('app.restoring', true) = 'on'
     and pg_has_role(current_user, (select relowner from pg_class where oid = tg_relid), 'member') then
    return null;
  end if;
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
  -- An argument of the trigger, because looking for such columns in each row would cost every write.
  if tg_nargs > 0 then
    changed_before := without_sealed(changed_before);
    changed_after := without_sealed(changed_after);
  end if;
  insert into changes (org_id, entity, entity_id, version, operation, before, after, actor, real_actor, session, address,
                       request_id, reason)
  values (
    (new_row ->> 'org_id')::uuid, tg_table_name, (new_row ->> 'id')::uuid, (new_row ->> 'version')::integer,
    lower(tg_op), changed_before, changed_after,
    coalesce(nullif(current_setting('app.actor', true), ''), 'database:' || current_user),
    nullif(current_setting('app.real_actor', true), ''),
    nullif(current_setting('app.session', true), ''),
    nullif(current_setting('app.address', true), ''),
    nullif(current_setting('app.request_id', true), ''),
    nullif(current_setting('app.reason', true), '')
  );
  return null;
end
$$;

-- Organisations that are being moved away (frozen: no writes) or have left (departed: not here at all). Written by
-- the owner of the database alone; the app only reads. Usually empty.
create table organisation_gates (
  org_id uuid primary key,
  state text not null check (state in ('frozen', 'departed')),
  -- Of the control database's tenant_operations: who set the gate; nobody else opens it.
  operation_id uuid not null,
  since timestamptz not null default now()
);
grant select on organisation_gates to {{app}};

-- Organisations that came from elsewhere, moved or restored. Their whole history carries the transaction that brought
-- it, so positions in it that were taken before mean nothing any more: each arrival begins an era.
create table organisation_arrivals (
  org_id uuid primary key,
  era uuid not null default gen_random_uuid(),
  at timestamptz not null default now()
);
grant select on organisation_arrivals to {{app}};

-- Begins a transaction in an organisation's scope. Writers share a lock that a move takes for itself, so none is
-- under way when it begins to copy; each statement here sees what was committed before it, the lock first.
create function enter_organisation(
  p_org uuid, p_actor text, p_request text, p_session text, p_address text, p_real_actor text, p_writes boolean)
  returns void language plpgsql as $$
declare
  gate text;
begin
  perform set_config('app.org_id', p_org::text, true), set_config('app.actor', p_actor, true),
          set_config('app.request_id', p_request, true), set_config('app.session', p_session, true),
          set_config('app.address', p_address, true), set_config('app.real_actor', p_real_actor, true);
  -- Not waited for: whoever holds it, or waits for it, is about to move the organisation.
  if p_writes and not pg_try_advisory_xact_lock_shared(7263, hashtext(p_org::text)) then
    raise exception 'the organisation is being moved' using errcode = 'HF004';
  end if;
  select state into gate from organisation_gates where org_id = p_org;
  if gate = 'departed' then
    raise exception 'the organisation has moved to another database' using errcode = 'HF003';
  elsif gate = 'frozen' and p_writes then
    raise exception 'the organisation is being moved' using errcode = 'HF004';
  end if;
end
$$;

-- The record of changes in sealed pieces: each seal hashes its changes together with the seal before it.
create table change_seals (
  org_id uuid not null,
  number bigint not null check (number > 0),
  -- Ids of the changes under this seal; they become visible out of order, so not simply from and to.
  ids int8multirange not null,
  -- None where the record came from another database and brought nothing unsealed along.
  changes bigint not null check (changes >= 0),
  -- SHA-256 of each change's text, in the order of ids: they tell which change was altered.
  row_hashes bytea not null check (octet_length(row_hashes) = 32 * changes),
  previous_hash bytea not null,
  -- SHA-256 of the previous hash and everything above and below.
  hash bytea not null,
  -- Transactions below this one were all finished. Only means something in the database that `place` names; not
  -- of the type of transaction ids, so that it travels as it is: it is sealed too.
  horizon bigint not null,
  place text not null,
  sealed_at timestamptz not null default now(),
  primary key (org_id, number)
);
select protect_tenant_table('change_seals', recorded => false);
revoke update, delete on change_seals from {{app}};

-- The account of the person, or of the contact, where they have one: what is theirs to see follows from it.
alter table resources add column user_id uuid;
alter table resources add constraint resources_user_of_person check (user_id is null or kind = 'person');
create unique index resources_user on resources (org_id, user_id) where user_id is not null;
alter table parties add column user_id uuid;
create unique index parties_user on parties (org_id, user_id) where user_id is not null;
