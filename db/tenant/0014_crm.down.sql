-- Only while nobody has used what it brought.
do $$
declare
  used text;
begin
  foreach used in array array['party_people', 'party_distinctions', 'party_merges', 'follow_ups'] loop
    if pg_relation_size(used::regclass) > 0 then
      raise exception '% has rows, which the older version has no place for', used;
    end if;
  end loop;
end
$$;

-- Columns in tables that have rows: the owner must look into them, which forced row security hides even from it.
alter table engagements no force row level security;
alter table parties no force row level security;
do $$
begin
  if exists (select from engagements
              where value_minor is not null or probability is not null or next_step <> '' or lead_user_id is not null) then
    raise exception 'engagements have values, which the older version has no place for';
  end if;
  if exists (select from parties where roles <> '{}' or address <> '' or website is not null) then
    raise exception 'contacts have roles and addresses, which the older version has no place for';
  end if;
end
$$;
alter table engagements force row level security;
alter table parties force row level security;

drop table follow_ups, party_merges, party_distinctions, party_people;
alter table parties drop column roles, drop column address, drop column website;
drop index stage_decisions_by_time, engagements_by_stage, engagements_confirmed;
alter table engagements
  drop column value_minor, drop column value_currency, drop column probability, drop column next_step, drop column lead_user_id;
