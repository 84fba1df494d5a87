-- Restricted data of people: whom to call in an emergency, who they are to the tax office, where their money goes.

alter table resources add constraint resources_id_kind unique (org_id, id, kind);

-- One row for a person, under the person's id. Every value is sealed (AES-256-GCM, bound to organisation and column),
-- so a dump or a look at the database shows which are known, never what they are.
create table personal_details (
  org_id uuid not null,
  id uuid not null,
  -- The foreign key holds it true: only people have personal details.
  kind text not null default 'person' check (kind = 'person'),
  sealed_emergency_name text,
  sealed_emergency_phone text,
  sealed_emergency_relation text,
  sealed_health_note text,
  sealed_legal_name text,
  sealed_birth_date text,
  sealed_tax_number text,
  sealed_account_holder text,
  sealed_account text,
  sealed_bank_code text,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, id),
  constraint personal_details_of_person foreign key (org_id, id, kind) references resources (org_id, id, kind) on delete cascade
);
select protect_tenant_table('personal_details');
drop trigger record_change on personal_details;
create trigger record_change after insert or update or delete on personal_details
  for each row execute function record_change('sealed');
