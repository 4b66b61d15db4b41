-- Purpose: what this load changed. Grain: one row. Variable: learned_at, the time of this load, which no other load shares.
with opened_or_closed as (
    select
        event_id,
        bool_or(known_from = getvariable('learned_at')) as is_opened,
        coalesce(bool_or(known_to = getvariable('learned_at')), false) as is_closed
    from base.event_assertion
    where getvariable('learned_at') in (known_from, known_to)
    group by event_id
),
counted as (
    select 'article' as what, count(*) as rows from base.article where first_seen_at = getvariable('learned_at')
    union all select 'article version', count(*) from base.article_version where known_to = getvariable('learned_at')
    union all select 'mention', count(*) from base.mention where known_from = getvariable('learned_at')
    union all select 'closed mention', count(*) from base.mention where known_to = getvariable('learned_at')
    union all select 'new event', count(*) from opened_or_closed where is_opened and not is_closed
    union all select 'changed event', count(*) from opened_or_closed where is_opened and is_closed
    union all select 'closed event', count(*) from opened_or_closed where is_closed and not is_opened
    union all select 'entity mention', count(*) from base.entity_mention where getvariable('learned_at') in (known_from, known_to)
    union all select 'event link', count(*) from base.event_link_assertion where getvariable('learned_at') in (known_from, known_to)
    union all select 'rejection', count(*) from base.rejection where last_seen_at = getvariable('learned_at')
)
select
    any_value(rows) filter (where what = 'article') as articles_new,
    any_value(rows) filter (where what = 'article version') as articles_revised,
    any_value(rows) filter (where what = 'mention') as mentions_new,
    any_value(rows) filter (where what = 'closed mention') as mentions_closed,
    any_value(rows) filter (where what = 'new event') as events_new,
    any_value(rows) filter (where what = 'changed event') as events_changed,
    any_value(rows) filter (where what = 'closed event') as events_closed,
    any_value(rows) filter (where what = 'entity mention') as entity_mentions,
    any_value(rows) filter (where what = 'event link') as event_links,
    any_value(rows) filter (where what = 'rejection') as rejections
from counted;
