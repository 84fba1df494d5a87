-- Only while nobody has used what it brought.
do $$
declare
  used text;
begin
  foreach used in array array['notes', 'comments'] loop
    if pg_relation_size(used::regclass) > 0 then
      raise exception '% has rows, which the older version has no place for', used;
    end if;
  end loop;
end
$$;

drop trigger drop_comments on notes;
drop trigger drop_comments on tasks;
drop function drop_comments();
drop table comments, note_updates, note_documents, notes;
