-- An event that stands on a mention that is not held, or on none.
with told as (
    select event_id, unnest(mention_ids) as mention_id from base.event_assertion where known_to is null
)
select told.event_id, told.mention_id
from told
left join base.mention on mention.mention_id = told.mention_id and mention.known_to is null
where mention.mention_id is null
union all
select event_id, null from base.event_assertion where known_to is null and len(mention_ids) = 0;
