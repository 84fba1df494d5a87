drop table operator_events;
drop table organisation_usage;
drop index routing_events_organisation;
