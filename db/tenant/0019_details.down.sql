-- Only while nobody has used what it brought.
do $$
declare
  used text;
begin
  foreach used in array array['detail_sets', 'engagement_details'] loop
    if pg_relation_size(used::regclass) > 0 then
      raise exception '% has rows, which the older version has no place for', used;
    end if;
  end loop;
end
$$;

drop table engagement_details, detail_sets;
