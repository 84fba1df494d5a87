-- Looks only: an older version prints the name alone.
alter table organisations drop column logo_set_at;
drop table organisation_logos;
