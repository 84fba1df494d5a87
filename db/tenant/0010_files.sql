-- Files: folders, files with their versions, and uploads under way. The bytes lie in the installation's store.

-- Of an engagement, or of the organisation where that is null; in one another.
create table folders (
  org_id uuid not null,
  id uuid not null,
  engagement_id uuid,
  parent_id uuid,
  name text not null check (name <> ''),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, id),
  constraint folders_engagement_exists foreign key (org_id, engagement_id) references engagements (org_id, id) on delete cascade,
  constraint folders_parent_exists foreign key (org_id, parent_id) references folders (org_id, id) on delete cascade,
  constraint folders_not_in_itself check (parent_id <> id)
);
create unique index folders_name_unique on folders (org_id, engagement_id, parent_id, lower(name)) nulls not distinct;
create index folders_parent on folders (org_id, parent_id) where parent_id is not null;
select protect_tenant_table('folders');

-- What people call a file; its content is that of the current version.
create table files (
  org_id uuid not null,
  id uuid not null,
  engagement_id uuid,
  folder_id uuid,
  name text not null check (name <> ''),
  -- Also for those who take part in the engagement without being staff.
  shared boolean not null default false,
  -- In the trash since; removed for good some weeks later.
  trashed_at timestamptz,
  trashed_by text,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, id),
  constraint files_engagement_exists foreign key (org_id, engagement_id) references engagements (org_id, id) on delete cascade,
  constraint files_folder_exists foreign key (org_id, folder_id) references folders (org_id, id) on delete set null (folder_id),
  constraint files_trash_whole check ((trashed_at is null) = (trashed_by is null))
);
create unique index files_name_unique on files (org_id, engagement_id, folder_id, lower(name)) nulls not distinct where trashed_at is null;
create index files_folder on files (org_id, folder_id) where folder_id is not null;
create index files_engagement on files (org_id, engagement_id, name, id);
create index files_trashed on files (org_id, trashed_at) where trashed_at is not null;
select protect_tenant_table('files');

-- One content of a file. It never changes; what is said about it does.
create table file_versions (
  org_id uuid not null,
  id uuid not null,
  file_id uuid not null,
  -- 1 is the first.
  number integer not null check (number >= 1),
  size bigint not null check (size > 0),
  -- As it is served.
  type text not null,
  -- Of the content, in hexadecimal; null until it was checked.
  sha256 text,
  -- Where the bytes lie in the store.
  object_key text not null,
  -- checking (never served), clean, unscanned (no scanner is set), infected or refused (never served)
  state text not null check (state in ('checking', 'clean', 'unscanned', 'infected', 'refused')),
  -- Why it was refused, or what was found in it.
  problem text,
  -- What people get; at most one of a file, and none while there is no content that may be served.
  current boolean not null default false,
  uploaded_by text not null,
  checked_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, id),
  constraint file_versions_number unique (org_id, file_id, number),
  foreign key (org_id, file_id) references files (org_id, id) on delete cascade,
  constraint file_versions_current_served check (not current or state in ('clean', 'unscanned'))
);
create unique index file_versions_one_current on file_versions (org_id, file_id) where current;
create index file_versions_object on file_versions (org_id, object_key);
create index file_versions_open on file_versions (org_id, state, created_at) where state in ('checking', 'unscanned');
select protect_tenant_table('file_versions');

-- Content on its way, part by part.
create table file_uploads (
  org_id uuid not null,
  id uuid not null,
  name text not null,
  size bigint not null check (size > 0),
  -- That the sender says it has.
  sha256 text,
  engagement_id uuid,
  folder_id uuid,
  shared boolean not null default false,
  -- Set: it becomes a new version of this file.
  file_id uuid,
  -- Set: all has arrived, and this became of it; the parts are still to be put together.
  version_id uuid,
  object_key text not null,
  -- How the store calls what it is collecting; null: nothing has arrived yet.
  store_upload text,
  started_by text not null,
  -- Of the sender's file, to know it again when it is chosen anew.
  modified_at timestamptz,
  created_at timestamptz not null default now(),
  -- When a part last arrived.
  updated_at timestamptz not null default now(),
  primary key (org_id, id),
  foreign key (org_id, engagement_id) references engagements (org_id, id) on delete cascade,
  foreign key (org_id, folder_id) references folders (org_id, id) on delete set null (folder_id),
  foreign key (org_id, file_id) references files (org_id, id) on delete cascade,
  foreign key (org_id, version_id) references file_versions (org_id, id) on delete cascade
);
create index file_uploads_starter on file_uploads (org_id, started_by, created_at);
create index file_uploads_version on file_uploads (org_id, version_id) where version_id is not null;
create index file_uploads_file on file_uploads (org_id, file_id) where file_id is not null;
create index file_uploads_engagement on file_uploads (org_id, engagement_id) where engagement_id is not null;
select protect_tenant_table('file_uploads', recorded => false);

create table file_upload_parts (
  org_id uuid not null,
  upload_id uuid not null,
  -- 1 is the first.
  number integer not null check (number between 1 and 10000),
  size integer not null check (size > 0),
  -- By which the store knows the part.
  tag text not null,
  primary key (org_id, upload_id, number),
  foreign key (org_id, upload_id) references file_uploads (org_id, id) on delete cascade
);
select protect_tenant_table('file_upload_parts', recorded => false);
