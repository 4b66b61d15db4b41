-- Purpose: what this load changed. Grain: one row. Variable: learned_at, the time of this load, which no other load shares.
with opened as (select event_id from base.event_assertion where known_from = getvariable('learned_at')),
closed as (select event_id from base.event_assertion where known_to = getvariable('learned_at'))
select
    (select count(*) from base.article where first_seen_at = getvariable('learned_at')) as articles_new,
    (select count(*) from base.article_version where known_to = getvariable('learned_at')) as articles_revised,
    (select count(*) from base.mention where known_from = getvariable('learned_at')) as mentions_new,
    (select count(*) from base.mention where known_to = getvariable('learned_at')) as mentions_closed,
    (select count(*) from opened anti join closed using (event_id)) as events_new,
    (select count(*) from opened semi join closed using (event_id)) as events_changed,
    (select count(*) from closed anti join opened using (event_id)) as events_closed,
    (select count(*) from base.entity_mention where getvariable('learned_at') in (known_from, known_to)) as entity_mentions,
    (select count(*) from base.event_link_assertion where getvariable('learned_at') in (known_from, known_to)) as event_links,
    (select count(*) from base.rejection where last_seen_at = getvariable('learned_at')) as rejections;
