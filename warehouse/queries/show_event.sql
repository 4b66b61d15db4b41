-- Purpose: one event with all that is known of it. Grain: one row, or none if the id is unknown. Parameter: event_id, or its first characters.
select
    timeline.*,
    (
        select list(struct_pack(url, publisher, owner, language, published_at, field, quote) order by published_at, url, quote_start)
        from evidence where evidence.event_id = timeline.event_id
    ) as evidence,
    (
        select list(struct_pack(from_event, to_event, kind, quote := evidence, url) order by kind, from_event, to_event)
        from event_link where timeline.event_id in (from_event, to_event)
    ) as links,
    (
        select list(struct_pack(
            known_from, known_to, status, event_date, event_date_precision, effective_date, effective_date_precision, rate_pct, title, owner_count
        ) order by known_from)
        from base.event_assertion as past where past.event_id = timeline.event_id
    ) as history
from timeline
where starts_with(event_id, $event_id)
order by event_id
limit 1;
