-- Only while nobody has used what it brought.
do $$
declare
  used text;
begin
  foreach used in array array['tasks', 'task_templates', 'guest_lists', 'guest_allotments', 'songs', 'setlist_sets'] loop
    if pg_relation_size(used::regclass) > 0 then
      raise exception '% has rows, which the older version has no place for', used;
    end if;
  end loop;
end
$$;

drop trigger move_tasks on engagements;
drop table setlist_entries, setlist_sets, song_versions, songs, guests, guest_allotments, guest_lists, task_steps, tasks, task_templates;
drop function keep_allotment;
drop function keep_lowered_allotment;
drop function move_tasks;
drop function set_task_times;
drop function wall_instant;
