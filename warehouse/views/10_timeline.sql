-- Purpose: what happened, as we know it now. Grain: one row per event. Newest first, unknown dates last.
create or replace view timeline as
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
where known_to is null
order by event_date desc nulls last, first_seen_at desc, event_id;

comment on view timeline is 'One row per event: a policy action at one stage, as we know it now; newest first';
comment on column timeline.event_id is 'Stable id of the event';
comment on column timeline.measure_id is 'The measure that this event belongs to; see measure';
comment on column timeline.event_date is 'Day the action was taken or told; the first day of the period when only a month or year is known; null when unknown';
comment on column timeline.event_date_precision is 'day, month or year: how much of event_date is known; null exactly when it is';
comment on column timeline.effective_date is 'Stated start of effect, or day of scheduled talks; first day of the period as for event_date; null when not said';
comment on column timeline.effective_date_precision is 'day, month or year: how much of effective_date is known; null exactly when it is';
comment on column timeline.instrument is 'Kind of policy instrument, such as import_tariff';
comment on column timeline.status is 'Stage that this event is: considered, threatened, proposed, announced, in_force, suspended, lifted or rejected';
comment on column timeline.issuers is 'Who acts: ISO 3166-1 alpha-2 codes, EU, G7, WTO, NATO';
comment on column timeline.targets is 'Against whom; [*] is every country, [] is not said';
comment on column timeline.issuer_bodies is 'Agencies that act, by their usual English name';
comment on column timeline.firms is 'Companies named or directly hit';
comment on column timeline.items is 'Goods and services concerned, from the list of items';
comment on column timeline.hs_codes is 'Codes of the Harmonized System 2022 that the items fall under, where they fit';
comment on column timeline.rate_pct is 'Duty rate in per cent; the highest when several are told; null when not said';
comment on column timeline.legal_documents is 'Normalised keys of the legal documents named, such as US EO 13873';
comment on column timeline.title is 'One English line made from the fields';
comment on column timeline.article_count is 'Articles that tell the event';
comment on column timeline.owner_count is 'Independent voices that tell it: distinct owners of publishers';
comment on column timeline.languages is 'Languages of those articles, ISO 639-1';
comment on column timeline.official_source is 'Whether a government''s own page tells it';
comment on column timeline.confidence is 'Calibrated probability, 0 to 1, that the event is told rightly';
comment on column timeline.first_seen_at is 'When we first learned of the event, UTC';
comment on column timeline.last_seen_at is 'When its newest mention was learned, UTC';
