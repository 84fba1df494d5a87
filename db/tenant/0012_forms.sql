-- Forms that anybody may fill in without an account: what is asked, what was published of it, and what came in.

create table forms (
  org_id uuid not null,
  id uuid not null,
  -- In its address: /forms/<organisation>/<slug>.
  slug text not null check (slug ~ '^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$'),
  -- What is being written; people see what was published of it.
  title text not null check (title <> ''),
  intro text not null default '',
  thanks text not null default '',
  -- In order: see the contract's formField.
  fields jsonb not null default '[]' check (jsonb_typeof(fields) = 'array'),
  -- Whether it takes anything at present.
  open boolean not null default true,
  -- Pages of other sites that may show it in a frame, by their origin.
  embed_origins text[] not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, id),
  constraint forms_slug_once unique (org_id, slug)
);
select protect_tenant_table('forms');

-- What was published, in the words of that moment: whatever was answered to it is shown by it.
create table form_revisions (
  org_id uuid not null,
  id uuid not null,
  form_id uuid not null,
  -- From 1; the highest is what people see.
  number integer not null check (number > 0),
  title text not null check (title <> ''),
  intro text not null,
  thanks text not null,
  fields jsonb not null check (jsonb_typeof(fields) = 'array'),
  published_by text not null,
  published_at timestamptz not null,
  primary key (org_id, id),
  constraint form_revisions_number_once unique (org_id, form_id, number),
  constraint form_revisions_form_exists foreign key (org_id, form_id) references forms (org_id, id) on delete cascade
);
select protect_tenant_table('form_revisions');
-- What was published stays as it was.
revoke update on form_revisions from {{app}};

-- That something was sent: so a page sends once, the same twice is one, and limits are counted. What it said is in the
-- inquiry; this goes after a month.
create table form_submissions (
  org_id uuid not null,
  -- Of the token that the page was given.
  id uuid not null,
  form_id uuid not null,
  -- SHA-256 of the answers.
  digest text not null,
  -- Keyed hash of the applicant's address, for counting mails to it; null without an address.
  mailbox_hash text,
  -- Why it looks like spam; empty: it doesn't.
  suspicions text[] not null default '{}',
  -- What became of it.
  inquiry_id uuid not null,
  -- The same answers had come before, and no second inquiry was made.
  folded boolean not null default false,
  sent_at timestamptz not null,
  primary key (org_id, id),
  constraint form_submissions_form_exists foreign key (org_id, form_id) references forms (org_id, id) on delete cascade
);
create index form_submissions_sent on form_submissions (org_id, sent_at);
create index form_submissions_same on form_submissions (org_id, form_id, digest);
create index form_submissions_mailbox on form_submissions (org_id, mailbox_hash, sent_at) where mailbox_hash is not null;
select protect_tenant_table('form_submissions', recorded => false);

-- Files that applicants added to a form. They are the organisation's files from the first, looked into like all others;
-- those that were never sent go with the night's tidying.
create table form_files (
  org_id uuid not null,
  -- Of the file.
  id uuid not null,
  form_id uuid not null,
  added_at timestamptz not null,
  sent_at timestamptz,
  primary key (org_id, id),
  constraint form_files_file_exists foreign key (org_id, id) references files (org_id, id) on delete cascade,
  constraint form_files_form_exists foreign key (org_id, form_id) references forms (org_id, id) on delete cascade
);
create index form_files_form on form_files (org_id, form_id);
create index form_files_added on form_files (org_id, added_at);
select protect_tenant_table('form_files', recorded => false);
