-- Purpose: what was not loaded, counted. Grain: one row per stage and reason, most frequent first.
-- Parameter: since, a UTC timestamp; only what was met at or after it; null for all.
select stage, reason, count(*) as items, max(last_seen_at) as last_seen_at, arg_max(url, last_seen_at) as latest_url
from rejection
where $since::timestamp is null or last_seen_at >= $since::timestamp
group by stage, reason
order by items desc, stage, reason;
