-- Only while nobody has used what it brought.
do $$
declare
  used text;
begin
  foreach used in array array['service_reports', 'attendances', 'pay_scales', 'pay_choices', 'pay_adjustments', 'pay_sheets'] loop
    if pg_relation_size(used::regclass) > 0 then
      raise exception '% has rows, which the older version has no place for', used;
    end if;
  end loop;
end
$$;

drop table pay_sheets, pay_adjustments, pay_choices, pay_scales, attendances, service_reports;
