-- Anything that ceased to hold before, or when, it was learned.
with held as (
    select 'event' as kind, event_id as id, known_from, known_to from base.event_assertion
    union all select 'link', from_event, known_from, known_to from base.event_link_assertion
    union all select 'mention', mention_id, known_from, known_to from base.mention
    union all select 'entity mention', entity_id, known_from, known_to from base.entity_mention
    union all select 'article version', article_id, known_from, known_to from base.article_version
)
select * from held where known_to <= known_from;
