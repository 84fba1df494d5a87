-- Only while nobody has used what it brought.
do $$
declare
  used text;
begin
  foreach used in array array['travel_legs', 'hotel_stays', 'per_diems'] loop
    if pg_relation_size(used::regclass) > 0 then
      raise exception '% has rows, which the older version has no place for', used;
    end if;
  end loop;
end
$$;

drop table per_diems, room_sleepers, hotel_rooms, hotel_stays, travellers, travel_legs;
