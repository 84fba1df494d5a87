-- A form that nobody needs any more, though what came in by it refers to it: put away, and taken back into use.
alter table forms add column archived_at timestamptz,
  add constraint forms_archived_closed check (archived_at is null or not open);

-- A notice of a follow-up leads to whom it is about, also after contacts were merged.
alter table notices add column follow_up_id uuid,
  add constraint notices_follow_up_exists foreign key (org_id, follow_up_id) references follow_ups (org_id, id)
    on delete set null (follow_up_id);
create index notices_follow_up on notices (org_id, follow_up_id) where follow_up_id is not null;
