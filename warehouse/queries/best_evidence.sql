-- Purpose: the words that tell an event best, as they were known at a time. Grain: one row per given event that was told then.
-- Parameters: event_ids, a list; at, a UTC timestamp, null for now. Words for the whole event come before words for one field, a
-- government's own page before the press, the first to publish before the later.
with moment as (
    select coalesce($at::timestamp, 'infinity'::timestamp) as instant
),
told as (
    select event_id, unnest(mention_ids) as mention_id
    from base.event_assertion, moment
    where event_id in (select unnest($event_ids::varchar[])) and known_from <= instant and (known_to is null or known_to > instant)
)
select
    told.event_id, quoted.quote, version.language, version.publisher, version.published_at, version.official, article.url
from told
cross join moment
join base.mention on mention.mention_id = told.mention_id
join base.mention_evidence as quoted on quoted.mention_id = told.mention_id
join base.article on article.article_id = mention.article_id
join base.article_version as version on version.article_id = mention.article_id and version.content_hash = mention.content_hash
where version.known_from <= instant and (version.known_to is null or version.known_to > instant)
qualify row_number() over (
    partition by told.event_id
    order by quoted.field = 'event' desc, version.official desc, version.published_at nulls last, article.url, quoted.quote_start
) = 1
order by told.event_id;
