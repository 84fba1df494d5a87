delete from needs where dropped_at is not null;
drop index needs_title_unique;
alter table needs drop column dropped_at,
  add constraint needs_title_unique unique (org_id, engagement_id, title);
