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

drop table follow_ups, party_merges, party_distinctions, party_people;
alter table parties drop column roles, drop column address, drop column website;
drop index stage_decisions_by_time, engagements_by_stage, engagements_confirmed;
alter table engagements
  drop column value_minor, drop column value_currency, drop column probability, drop column next_step, drop column lead_user_id;
