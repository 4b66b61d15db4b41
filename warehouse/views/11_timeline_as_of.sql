-- Purpose: the timeline exactly as it stood at a time. Grain: one row per event that stood then.
-- Parameter: ts, a UTC timestamp; an assertion holds from known_from up to, but not at, known_to.
create or replace macro timeline_as_of(ts) as table
select
    event_id,
    measure_id,
    event_date,
    event_date_precision,
    effective_date,
    effective_date_precision,
    instrument,
    status,
    issuers,
    targets,
    issuer_bodies,
    firms,
    items,
    hs_codes,
    rate_pct,
    legal_documents,
    title,
    article_count,
    owner_count,
    languages,
    official_source,
    confidence,
    first_seen_at,
    last_seen_at
from base.event_assertion
where known_from <= ts::timestamp and (known_to is null or known_to > ts::timestamp)
order by event_date desc nulls last, first_seen_at desc, event_id;

comment on macro table timeline_as_of is 'timeline_as_of(ts): the timeline exactly as it stood at ts (UTC), with the columns of timeline';
