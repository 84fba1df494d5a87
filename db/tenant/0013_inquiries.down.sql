-- Only while nobody has used what it brought.
do $$
begin
  if pg_relation_size('inquiries'::regclass) > 0 then
    raise exception 'inquiries has rows, which the older version has no place for';
  end if;
end
$$;

alter table notices drop column inquiry_id;
drop table inquiry_watchers, inquiry_claims, inquiry_messages, inquiry_decisions, inquiries;
