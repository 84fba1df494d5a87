-- Only while nobody has used what it brought.
do $$
declare
  used text;
begin
  foreach used in array array['roster_settings', 'engagement_people', 'timeline_templates'] loop
    if pg_relation_size(used::regclass) > 0 then
      raise exception '% has rows, which the older version has no place for', used;
    end if;
  end loop;
  if exists (select from schedule_items where not for_all or seen_by <> 'everyone') then
    raise exception 'schedule items are for some people only, which the older version would show to all';
  end if;
end
$$;

drop trigger keep_named_people on schedule_items;
drop function sees_item;
drop function standing_of;
drop table timeline_templates, engagement_people, roster_settings;
drop function rename_people;
drop function keep_named_people;
alter table schedule_items
  drop constraint schedule_items_template_once,
  drop column for_all,
  drop column for_groups,
  drop column person_ids,
  drop column seen_by,
  drop column seen_by_groups,
  drop column template_key,
  drop column template_item,
  drop column template_day;
