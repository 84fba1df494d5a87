-- An organisation's picture on its documents and public pages.
create table organisation_logos (
  organisation_id uuid primary key references organisations (id) on delete cascade,
  type text not null check (type in ('image/png', 'image/jpeg')),
  -- Without what cameras and programs write beside the picture.
  bytes bytea not null check (octet_length(bytes) between 1 and 524288),
  width integer not null check (width between 16 and 2000),
  height integer not null check (height between 16 and 2000)
);

grant select, insert, update, delete on organisation_logos to {{app}};

alter table organisations
  -- When the logo was last set; null: there is none. The record of changes keeps this instead of the picture.
  add column logo_set_at timestamptz;
