-- How an organisation signs the mail that it sends to people.
alter table organisations
  -- Shown as who writes; null: the organisation's name.
  add column sender_name text,
  -- Where answers go; null: to the installation's address.
  add column reply_to text;
