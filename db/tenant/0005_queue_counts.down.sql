drop function queue_counts;
