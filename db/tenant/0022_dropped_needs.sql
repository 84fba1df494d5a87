-- A need that isn't wanted any more though people were asked for it: out of sight, but their calls stay in the log.
alter table needs add column dropped_at timestamptz,
  add constraint needs_dropped_nowhere check (dropped_at is null or not every_service),
  drop constraint needs_title_unique;
create unique index needs_title_unique on needs (org_id, engagement_id, title) where dropped_at is null;
