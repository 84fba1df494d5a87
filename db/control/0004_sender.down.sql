-- Wording only: an older version signs with the organisation's name.
alter table organisations drop column sender_name, drop column reply_to;
