alter table notices drop column follow_up_id;
alter table forms drop column archived_at;
