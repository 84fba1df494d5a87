-- Only while nobody has used what it brought.
do $$
begin
  if pg_relation_size('forms') > 0 then
    raise exception 'forms has rows, which the older version has no place for';
  end if;
end
$$;

drop table form_files, form_submissions, form_revisions, forms;
