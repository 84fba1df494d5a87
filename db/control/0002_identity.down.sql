-- Only while nobody uses what it brought: the older version would let people in past their second factor, and has
-- no place for databases elsewhere and for the newer roles.

do $$
begin
  if exists (select from totp_secrets where confirmed_at is not null) or exists (select from passkeys) then
    raise exception 'there are second factors or passkeys, which the older version does not ask for';
  end if;
  if exists (select from memberships where role not in ('owner', 'manager', 'staff'))
     or exists (select from api_keys where role not in ('owner', 'manager', 'staff')) then
    raise exception 'there are members or keys with roles that the older version does not know: give them another role';
  end if;
  if exists (select from tenant_databases where sealed_url is not null or kind = 'dedicated') then
    raise exception 'there are dedicated databases or other servers: move their organisations and remove them';
  end if;
end
$$;

alter table outgoing_mails drop column forget;

drop trigger membership_begun on memberships;
drop function membership_begun;
drop trigger membership_ended on memberships;
drop function membership_ended;
drop table ended_accounts;

drop trigger record_organisation_change on organisations;
drop trigger record_organisation_change on memberships;
drop trigger record_organisation_change on api_keys;
drop table support_grants, invitations, audit_heads, organisation_changes;

alter table api_keys
  drop constraint api_keys_custom_role_exists,
  drop constraint api_keys_custom_role,
  drop constraint api_keys_role_check,
  drop column custom_role_id,
  add constraint api_keys_role_check check (role in ('owner', 'manager', 'staff'));
alter table memberships
  drop constraint memberships_custom_role_exists,
  drop constraint memberships_custom_role,
  drop constraint memberships_role_check,
  drop column custom_role_id,
  add constraint memberships_role_check check (role in ('owner', 'manager', 'staff'));
drop table custom_roles;
drop function record_organisation_change;

drop table operator_keys, routing_events, tenant_operations;

drop trigger dedicated_holds_one on organisations;
drop function dedicated_holds_one;
alter table tenant_databases
  drop column sealed_url,
  drop column kind,
  drop column schema_version,
  drop column migration_error,
  drop column reachable,
  drop column latency_ms,
  drop column checked_at,
  add column url text;
alter table organisations
  drop column plan,
  drop column requires_second_factor,
  drop column suspended_reason,
  drop column closed_at;
drop table plans, mailed_tokens, sign_in_events, sign_in_locks, sign_in_flows;
drop function forget_who_signed_in;

drop trigger session_begins_pending on sessions;
drop function session_begins_pending;
drop table passkeys, recovery_codes, totp_secrets;
alter table sessions
  drop column way,
  drop column factor,
  drop column pending,
  drop column factor_failures,
  drop column proved_at,
  drop column last_seen_at;
alter table users drop column operator;
alter table accounts drop constraint accounts_keep_no_tokens;
