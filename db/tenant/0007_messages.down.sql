-- Only while nobody has used what it brought.
do $$
declare
  used text;
begin
  foreach used in array array['messages', 'message_templates', 'suppressed_addresses', 'notice_preferences', 'bounce_hooks'] loop
    if pg_relation_size(used::regclass) > 0 then
      raise exception '% has rows, which the older version has no place for', used;
    end if;
  end loop;
end
$$;

alter table notices drop column mailed_at;
drop table bounce_hooks, notice_preferences, suppressed_addresses, messages, message_templates;
