-- Only while nobody has used what it brought.
do $$
declare
  used text;
begin
  foreach used in array array['advance_templates', 'advances', 'advance_links', 'advance_items', 'contract_templates'] loop
    if pg_relation_size(used::regclass) > 0 then
      raise exception '% has rows, which the older version has no place for', used;
    end if;
  end loop;
end
$$;

drop table advance_comments, advance_items, advance_links, advances, advance_templates, contract_templates;
