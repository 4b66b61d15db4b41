-- Purpose: the instruments that live on through their events. Grain: one row per measure, with the fields of its latest event.
create or replace view measure as
select
    measure_id,
    arg_max(title, latest) as title,
    arg_max(instrument, latest) as instrument,
    arg_max(status, latest) as status,
    max(event_date) as status_date,
    min(event_date) as first_event_date,
    arg_max(effective_date, latest) filter (where effective_date is not null) as effective_date,
    arg_max(rate_pct, latest) filter (where rate_pct is not null) as rate_pct,
    list_sort(list_distinct(flatten(list(issuers)))) as issuers,
    list_sort(list_distinct(flatten(list(targets)))) as targets,
    list_sort(list_distinct(flatten(list(items)))) as items,
    list_sort(list_distinct(flatten(list(legal_documents)))) as legal_documents,
    list(event_id order by latest) as event_ids,
    count(*) as event_count
from (select *, row(coalesce(event_date, date '0001-01-01'), first_seen_at, event_id) as latest from timeline)
group by measure_id
order by status_date desc nulls last, measure_id;

comment on view measure is 'One row per policy measure: what its events, one per stage, come to';
comment on column measure.measure_id is 'Stable id';
comment on column measure.title is 'Title of its latest event';
comment on column measure.instrument is 'Kind of policy instrument';
comment on column measure.status is 'Status of its latest event';
comment on column measure.status_date is 'Date of its latest dated event';
comment on column measure.first_event_date is 'Date of its earliest dated event';
comment on column measure.effective_date is 'Latest stated start of effect';
comment on column measure.rate_pct is 'Latest stated duty rate in per cent';
comment on column measure.issuers is 'All who act in its events';
comment on column measure.targets is 'All it is aimed at';
comment on column measure.items is 'All goods and services concerned';
comment on column measure.legal_documents is 'All legal documents named';
comment on column measure.event_ids is 'Its events, oldest first; events without a date come first';
comment on column measure.event_count is 'Number of its events';
