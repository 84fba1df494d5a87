-- Only while nobody has used what it brought.
do $$
declare
  used text;
begin
  foreach used in array array['folders', 'files', 'file_uploads'] loop
    if pg_relation_size(used::regclass) > 0 then
      raise exception '% has rows, which the older version has no place for', used;
    end if;
  end loop;
end
$$;

drop table file_upload_parts, file_uploads, file_versions, files, folders;
