-- Purpose: the timeline, filtered. Grain: one row per event, newest first.
-- Parameters, each null to leave it out: since, until (dates; an event counts if the period it is dated to overlaps, undated events only
-- without both), issuer, target, item, instrument, status (one value each), as_of (UTC timestamp: the timeline as it stood then).
select *
from timeline_as_of(coalesce($as_of::timestamp, 'infinity'::timestamp))
where ($since::date is null or base.period_end(event_date, event_date_precision) >= $since::date)
  and ($until::date is null or event_date <= $until::date)
  and ($issuer::varchar is null or list_contains(issuers, $issuer::varchar))
  and ($target::varchar is null or list_contains(targets, $target::varchar))
  and ($item::varchar is null or list_contains(items, $item::varchar))
  and ($instrument::varchar is null or instrument = $instrument::varchar)
  and ($status::varchar is null or status = $status::varchar)
order by event_date desc nulls last, first_seen_at desc, event_id;
