-- How the job queue fares, in numbers only: the app may not read the queue, whose payloads are the organisations'.
-- Over all organisations of this database. Workers live when they said so within the last forty seconds.
create function queue_counts()
  returns table (waiting bigint, running bigint, later bigint, failed bigint, oldest_at timestamptz, workers bigint)
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query
    select count(*) filter (where j.locked_at is null and j.attempts < j.max_attempts and j.run_at <= now()),
           count(*) filter (where j.locked_at is not null),
           count(*) filter (where j.locked_at is null and j.attempts < j.max_attempts and j.run_at > now()),
           count(*) filter (where j.attempts >= j.max_attempts and j.locked_at is null),
           min(j.run_at) filter (where j.locked_at is null and j.attempts < j.max_attempts and j.run_at <= now()),
           (select count(*) from public.worker_heartbeats h where h.at > now() - interval '40 seconds')
      from graphile_worker._private_jobs j;
end
$$;
alter function queue_counts owner to {{jobs}};
revoke execute on function queue_counts from public;
grant execute on function queue_counts to {{app}};
