-- Purpose: what a reader who knew the timeline at one time must be told at a later one. Grain: one row per event that is new, changed or gone.
-- Parameters: since, until (UTC timestamps; until may be null for now). Column changes lists what changed: new (its measure was not known),
-- stage changed (a new stage of a known measure, or another status), date changed, rate changed, corroborated (more independent voices),
-- withdrawn (no article tells it any more). The columns before_* hold the former values; before_status is the measure's for a new stage.
with past as (
    select * from timeline_as_of($since::timestamp)
),
present as (
    select * from timeline_as_of(coalesce($until::timestamp, 'infinity'::timestamp))
),
measure_before as (
    select measure_id, arg_max(status, row(coalesce(event_date, date '0001-01-01'), first_seen_at, event_id)) as status
    from past group by measure_id
),
compared as (
    select
        present.*,
        coalesce(past.status, measure_before.status) as before_status,
        past.event_date as before_event_date,
        past.event_date_precision as before_event_date_precision,
        past.effective_date as before_effective_date,
        past.effective_date_precision as before_effective_date_precision,
        past.rate_pct as before_rate_pct,
        past.owner_count as before_owner_count,
        list_filter([
            if(past.event_id is null and measure_before.measure_id is null, 'new', null),
            if(past.event_id is null and measure_before.measure_id is not null or past.status <> present.status, 'stage changed', null),
            if(past.event_id is not null and row(past.event_date, past.event_date_precision, past.effective_date, past.effective_date_precision)
                is distinct from row(present.event_date, present.event_date_precision, present.effective_date, present.effective_date_precision),
                'date changed', null),
            if(past.event_id is not null and past.rate_pct is distinct from present.rate_pct, 'rate changed', null),
            if(present.owner_count > past.owner_count, 'corroborated', null)
        ], lambda change: change is not null) as changes
    from present
    left join past on past.event_id = present.event_id
    left join measure_before on measure_before.measure_id = present.measure_id
),
still_told as (
    select distinct unnest(mention_ids) as mention_id
    from base.event_assertion
    where known_from <= coalesce($until::timestamp, 'infinity'::timestamp)
      and (known_to is null or known_to > coalesce($until::timestamp, 'infinity'::timestamp))
),
told_before as (
    select event_id, unnest(mention_ids) as mention_id
    from base.event_assertion
    where known_from <= $since::timestamp and (known_to is null or known_to > $since::timestamp)
),
withdrawn as (
    select past.*, status as before_status, event_date as before_event_date, event_date_precision as before_event_date_precision,
        effective_date as before_effective_date, effective_date_precision as before_effective_date_precision,
        rate_pct as before_rate_pct, owner_count as before_owner_count, ['withdrawn'] as changes
    from past
    where event_id not in (select event_id from present)
      and event_id not in (select event_id from told_before semi join still_told using (mention_id))
)
select * from compared where len(changes) > 0
union all by name
select * from withdrawn
order by confidence desc, event_date desc nulls last, event_id;
