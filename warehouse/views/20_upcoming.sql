-- Purpose: what is about to take effect. Grain: one row per event whose effective date lies ahead. Soonest first.
create or replace view upcoming as
select *
from timeline
where effective_date > current_date
order by effective_date, event_id;

comment on view upcoming is 'Events whose effective date lies ahead of today (UTC), soonest first; columns as in timeline';
comment on column upcoming.event_id is 'Stable id of the event';
comment on column upcoming.measure_id is 'The measure that this event belongs to; see measure';
comment on column upcoming.event_date is 'Day the action was taken or told; the first day of the period when only a month or year is known; null when unknown';
comment on column upcoming.event_date_precision is 'day, month or year: how much of event_date is known; null exactly when it is';
comment on column upcoming.effective_date is 'Stated start of effect, or day of scheduled talks; first day of the period as for event_date; null when not said';
comment on column upcoming.effective_date_precision is 'day, month or year: how much of effective_date is known; null exactly when it is';
comment on column upcoming.instrument is 'Kind of policy instrument, such as import_tariff';
comment on column upcoming.status is 'Stage that this event is: considered, threatened, proposed, announced, in_force, suspended, lifted or rejected';
comment on column upcoming.issuers is 'Who acts: ISO 3166-1 alpha-2 codes, EU, G7, WTO, NATO';
comment on column upcoming.targets is 'Against whom; [*] is every country, [] is not said';
comment on column upcoming.issuer_bodies is 'Agencies that act, by their usual English name';
comment on column upcoming.firms is 'Companies named or directly hit';
comment on column upcoming.items is 'Goods and services concerned, from the list of items';
comment on column upcoming.hs_codes is 'Codes of the Harmonized System 2022 that the items fall under, where they fit';
comment on column upcoming.rate_pct is 'Duty rate in per cent; the highest when several are told; null when not said';
comment on column upcoming.legal_documents is 'Normalised keys of the legal documents named, such as US EO 13873';
comment on column upcoming.title is 'One English line made from the fields';
comment on column upcoming.article_count is 'Articles that tell the event';
comment on column upcoming.owner_count is 'Independent voices that tell it: distinct owners of publishers';
comment on column upcoming.languages is 'Languages of those articles, ISO 639-1';
comment on column upcoming.official_source is 'Whether a government''s own page tells it';
comment on column upcoming.confidence is 'Calibrated probability, 0 to 1, that the event is told rightly';
comment on column upcoming.first_seen_at is 'When we first learned of the event, UTC';
comment on column upcoming.last_seen_at is 'When its newest mention was learned, UTC';
