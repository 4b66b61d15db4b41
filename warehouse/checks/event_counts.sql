-- An event whose counts or confidence cannot be: articles other than its mentions have, more voices than articles, confidence outside 0 to 1.
with told as (
    select event_id, unnest(mention_ids) as mention_id from base.event_assertion where known_to is null
),
counted as (
    select told.event_id, count(distinct mention.article_id) as articles
    from told join base.mention on mention.mention_id = told.mention_id and mention.known_to is null
    group by told.event_id
)
select event_id, article_count, owner_count, confidence
from timeline
join counted using (event_id)
where article_count <> articles or owner_count not between 1 and article_count or coalesce(confidence not between 0 and 1 or isnan(confidence), true);
