-- Only while nobody has used what it brought.
do $$
declare
  used text;
begin
  foreach used in array array['schedule_items', 'needs', 'ranked_lists'] loop
    if pg_relation_size(used::regclass) > 0 then
      raise exception '% has rows, which the older version has no place for', used;
    end if;
  end loop;
end
$$;

drop table call_questions, call_services, calls, cascades, ranked_entries, ranked_lists;
drop trigger open_seat_of_released on claims;
drop trigger open_seat_of_changed on claims;
drop trigger open_seat_of_moved on claims;
drop table seats, needs, schedule_items;
drop function open_seat;
drop function open_seat_of_moved;
drop function change_open_calls;
drop function wake_cascade;
drop trigger wake_cascades on engagements;
drop function wake_cascades;
drop function keep_open_calls;
