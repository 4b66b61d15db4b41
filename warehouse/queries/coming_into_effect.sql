-- Purpose: what takes effect within some days, as it was known at a time. Grain: one row per measure and effective date, soonest first.
-- Parameters: at, a UTC timestamp, null for now; days, how far to look. A measure that was suspended, lifted or rejected after the event is
-- left out; of several events of a measure with one effective date the latest is told.
with told as (
    select * from timeline_as_of(coalesce($at::timestamp, 'infinity'::timestamp))
),
today as (
    select coalesce($at::timestamp::date, current_date) as today
)
select told.*
from told, today
where effective_date > today
  and effective_date <= today + $days::integer
  and not exists (
      from told as later
      where later.measure_id = told.measure_id
        and later.status in ('suspended', 'lifted', 'rejected')
        and told.status not in ('suspended', 'lifted', 'rejected')
        and (later.event_date >= told.event_date or later.first_seen_at > told.first_seen_at)
  )
qualify row_number() over (partition by measure_id, effective_date order by event_date desc nulls last, first_seen_at desc, event_id) = 1
order by effective_date, confidence desc, event_id;
