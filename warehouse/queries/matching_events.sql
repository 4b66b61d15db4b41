-- Purpose: which events an abbreviated id may mean, also those that no article tells any more. Grain: one row per event, held ones first.
-- Parameter: prefix, the first characters of an id.
select
    event_id,
    arg_max(title, known_from) as title,
    bool_or(known_to is null) as is_held,
    if(is_held, null, max(known_to)) as withdrawn_at
from base.event_assertion
where starts_with(event_id, $prefix::varchar)
group by event_id
order by is_held desc, event_id;
