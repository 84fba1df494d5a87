-- What people write together about an engagement, and what they say to each other about it.

-- A note of an engagement, as history and lists know it: its words follow its document within seconds.
create table notes (
  org_id uuid not null,
  id uuid not null,
  engagement_id uuid not null,
  title text not null check (title <> ''),
  -- Everyone on the engagement, the team, or only those who read all notes.
  visibility text not null check (visibility in ('everyone', 'team', 'managers')),
  -- Place among the engagement's notes: see platform/text/order-key.ts.
  sort text collate "C" not null check (sort <> ''),
  -- The document's text, without its look.
  body text not null default '',
  -- Who wrote last, and when.
  edited_by text,
  edited_at timestamptz,
  -- Taken away, until it is restored or gone for good some weeks later.
  removed_at timestamptz,
  removed_by text,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, id),
  constraint notes_engagement_exists foreign key (org_id, engagement_id) references engagements (org_id, id) on delete cascade,
  constraint notes_removal_whole check ((removed_at is null) = (removed_by is null)),
  constraint notes_edit_whole check ((edited_at is null) = (edited_by is null))
);
create index notes_engagement on notes (org_id, engagement_id, sort);
create index notes_removed on notes (org_id, removed_at) where removed_at is not null;
select protect_tenant_table('notes');

-- What a note is made of: a document of Yjs, which merges what several people write at once. Under the note's id.
create table note_documents (
  org_id uuid not null,
  id uuid not null,
  -- The document up to and with update `state_number`; later updates stand in note_updates.
  state bytea not null,
  state_number integer not null default 0,
  -- Of the newest update. Its row's lock puts updates in a row.
  number integer not null default 0,
  -- A job is on its way that brings the note's words up to date.
  settling boolean not null default false,
  written_by text,
  written_at timestamptz,
  primary key (org_id, id),
  constraint note_documents_note_exists foreign key (org_id, id) references notes (org_id, id) on delete cascade
);
select protect_tenant_table('note_documents', recorded => false);

-- What was written, in order; put into the document's state after a while.
create table note_updates (
  org_id uuid not null,
  note_id uuid not null,
  number integer not null,
  content bytea not null,
  primary key (org_id, note_id, number),
  constraint note_updates_document_exists foreign key (org_id, note_id) references note_documents (org_id, id) on delete cascade
);
select protect_tenant_table('note_updates', recorded => false);

-- What somebody says about an engagement, a note of it, a task. A thread is a comment and the answers to it.
create table comments (
  org_id uuid not null,
  id uuid not null,
  -- The table and the row that it is about: see features/comments/subjects.ts.
  subject text not null check (subject ~ '^[a-z][a-z_]*$'),
  subject_id uuid not null,
  -- Of the subject; null where it belongs to none.
  engagement_id uuid,
  -- The comment that this answers; null: it begins a thread.
  parent_id uuid,
  body text not null check (body <> ''),
  -- Members by their accounts.
  mentioned uuid[] not null default '{}',
  written_by text not null,
  edited_at timestamptz,
  resolved_at timestamptz,
  resolved_by text,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, id),
  constraint comments_engagement_exists foreign key (org_id, engagement_id) references engagements (org_id, id) on delete cascade,
  constraint comments_parent_exists foreign key (org_id, parent_id) references comments (org_id, id) on delete cascade,
  constraint comments_resolved_whole check ((resolved_at is null) = (resolved_by is null)),
  constraint comments_resolved_thread check (resolved_at is null or parent_id is null)
);
create index comments_subject on comments (org_id, subject, subject_id, created_at);
create index comments_engagement on comments (org_id, engagement_id, subject) where engagement_id is not null;
create index comments_parent on comments (org_id, parent_id) where parent_id is not null;
select protect_tenant_table('comments');

-- Comments go with what they are about.
create function drop_comments() returns trigger language plpgsql as $$
begin
  delete from comments where org_id = old.org_id and subject = tg_table_name and subject_id = old.id;
  return null;
end
$$;
create trigger drop_comments after delete on notes for each row execute function drop_comments();
create trigger drop_comments after delete on tasks for each row execute function drop_comments();
